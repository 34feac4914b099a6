import Foundation
import SLOBudgets
import SLOGate
import SLOModel
import Testing

@testable import SLOReports

@Suite("Names that strangers chose")
struct HostileTextTests {
  /// Where a report shows words of others.
  enum Spot: String, CaseIterable {
    case endpoint, metric, profile, branch, sha, reference, service, environment, sizing, path, limitFile
    case limitOwner, waiverOwner, waiverReason, notice, gap, remedy, runFailure

    func put(_ text: String, into verdict: inout Verdict) {
      func first(_ outcome: Finding.Outcome) -> Int {
        verdict.findings.firstIndex { $0.outcome == outcome } ?? 0
      }
      let (over, missing, waived) = (first(.over), first(.missing), first(.waived))
      switch self {
      case .endpoint: verdict.findings[over].series.endpoint = text
      case .metric: verdict.findings[over].series.metric = text
      case .profile: verdict.findings[over].series.profile = text
      case .branch: verdict.commit.branch = text
      case .sha: verdict.commit.sha = text
      case .reference: verdict.reference = text
      case .service: verdict.service = text
      case .environment: verdict.environment.name = text
      case .sizing: verdict.environment.sizing["stage"] = text
      case .path: verdict.runs[0].run.reading.source.path = text
      case .limitFile: verdict.findings[over].budget?.limit.place.file = text
      case .limitOwner: verdict.findings[over].budget?.limit.owner = text
      case .waiverOwner: verdict.findings[waived].budget?.waiver?.owner = text
      case .waiverReason: verdict.findings[waived].budget?.waiver?.reason = text
      case .notice: verdict.notices = ["results/run-1.json: \(text)", text]
      case .gap: verdict.gaps = [text]
      case .remedy: verdict.findings[missing].budget?.remedy = text
      case .runFailure: verdict.runs[0].run.reading.failure = text
      }
    }

    /// Whether it is the caller's own word, never a stranger's.
    var isOfCaller: Bool { [.profile, .limitFile].contains(self) }

    /// Whether the text report shows it whole.
    var isShownWhole: Bool { ![.sha, .path, .runFailure].contains(self) }
  }

  private static let blocked = Result { try Scenes.blocked.verdict() }

  static let hostile = [
    "<script>alert(1)</script>", "a|b", "`rm`", "::error::x", "::stop-commands::t", "%0A::error::",
    "##[error]x",
    "\u{1b}[2J\u{1b}[31mred", "\u{9b}31m", "\u{202e}gpj.exe", "\u{2066}x\u{2069}", "\u{200f}",
    "line\nPASS", "line\r\nPASS", "\rPASS", "nul\0l", String(repeating: "x", count: 10_000),
    "a\u{2028}b\u{2029}c",
    "z\u{300}\u{301}\u{302}\u{334}", "\u{301}", "👩‍💻🚀🇩🇪", "日本語", "sea\u{200d}rch", "\u{feff}bom", "\"quoted\\\"",
    "{}[],:", "tag\u{E0041}",
    "*", "",
  ]

  private func verdict(_ text: String, at spot: Spot) throws -> Verdict {
    var verdict = try HostileTextTests.blocked.get()
    spot.put(text, into: &verdict)
    return verdict
  }

  @Test("In text no character with an effect survives", arguments: Spot.allCases)
  func text(spot: Spot) throws {
    for hostile in HostileTextTests.hostile {
      for width in [60, 120] {
        let text = textReport(
          of: try verdict(hostile, at: spot), style: TextStyle(isColoured: false, width: width))
        #expect(!text.unicodeScalars.contains(where: hasEffect), "\(hostile.debugDescription)")
        #expect(spot.isOfCaller || !lines(of: text).contains(where: isCommand), "\(hostile)")
        #expect(!text.contains("##["))
        if width == 120, spot.isShownWhole, hostile.utf8.count < 30, hostile != "*" {
          #expect(holds(text, escapedForTerminal(hostile)), "\(hostile.debugDescription)")
        }
      }
    }
  }

  @Test(
    "No name breaks a line: there are as many as with a plain name of the same width",
    arguments: Spot.allCases)
  func lineBreaks(spot: Spot) throws {
    for hostile in HostileTextTests.hostile
    where !hostile.hasPrefix("::") && !hostile.isEmpty && hostile != "*" {
      let plain = String(repeating: "x", count: columns(of: escapedForTerminal(hostile)))
      for width in [60, 120] {
        let style = TextStyle(isColoured: false, width: width)
        let text = textReport(of: try verdict(hostile, at: spot), style: style)
        let expected = textReport(of: try verdict(plain, at: spot), style: style)
        #expect(lines(of: text).count == lines(of: expected).count, "\(hostile.debugDescription) at \(width)")
      }
    }
  }

  @Test("In colour the only escape sequences are ours", arguments: Spot.allCases)
  func colour(spot: Spot) throws {
    for hostile in HostileTextTests.hostile {
      let style = TextStyle(isColoured: true, width: 120)
      let plain = TextStyle(isColoured: false, width: 120)
      let text = textReport(of: try verdict(hostile, at: spot), style: style)
      let sequences = Set(text.split(separator: "\u{1b}").dropFirst().map { $0.prefix { $0 != "m" } + "m" })
      #expect(sequences.isSubset(of: ["[0m", "[2m", "[31m", "[32m", "[33m", "[1;31m"]))
      let bare = try text.replacing(Regex("\u{1b}\\[[0-9;]*m"), with: "")
      #expect(bare == textReport(of: try verdict(hostile, at: spot), style: plain))
    }
  }

  @Test("In JSON it comes back as it was, to the byte", arguments: Spot.allCases)
  func json(spot: Spot) throws {
    for hostile in HostileTextTests.hostile {
      let text = jsonReport(of: try verdict(hostile, at: spot))
      #expect(!text.unicodeScalars.contains(where: hasEffect) && !text.contains("\u{200D}"))
      let document = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(
        strings(in: document).contains { Array($0.utf8) == Array(hostile.utf8) },
        "\(hostile.debugDescription)")
    }
  }

  private func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Compared by bytes: a mark alone is no character of its own beside another.
  private func holds(_ text: String, _ part: String) -> Bool {
    part.isEmpty || Array(text.utf8).firstRange(of: Array(part.utf8)) != nil
  }

  private func isCommand(_ line: Substring) -> Bool { line.drop { $0 == " " }.hasPrefix("::") }

  private func hasEffect(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\n"
    case .format: scalar.value != 0x200D
    case .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private func strings(in value: Any) -> [String] {
    switch value {
    case let text as String: [text]
    case let list as [Any]: list.flatMap(strings)
    case let object as [String: Any]: Array(object.keys) + object.values.flatMap(strings)
    default: []
    }
  }
}
