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
      case .gap: verdict.gaps.append(text)
      case .remedy: verdict.findings[missing].budget?.remedy = text
      case .runFailure: verdict.runs[0].run.reading.failure = text
      }
    }

    /// Whether it is the caller's own word, never a stranger's.
    var isOfCaller: Bool { [.profile, .limitFile].contains(self) }

    /// Whether the text report shows it whole.
    var isShownWhole: Bool { ![.sha, .path, .runFailure].contains(self) }
  }

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

  /// A blocked release in which the same words stand everywhere, each with the name of its spot behind it.
  static func verdict(_ text: String) throws -> Verdict {
    var verdict = try Scenes.blocked.verdict()
    for spot in Spot.allCases { spot.put(text + spot.rawValue, into: &verdict) }
    return verdict
  }

  private func report(_ text: String, width: Int, isColoured: Bool = false) throws -> String {
    textReport(of: try HostileTextTests.verdict(text), style: TextStyle(isColoured: isColoured, width: width))
  }

  @Test("In text no character with an effect survives, and nothing is lost", arguments: hostile, [60, 240])
  func text(hostile: String, width: Int) throws {
    let text = try report(hostile, width: width)
    #expect(!text.unicodeScalars.contains(where: hasEffect))
    #expect(!text.contains("##["))
    for spot in Spot.allCases where spot.isShownWhole && hostile.utf8.count < 30 {
      #expect(holds(text, VisibleText.escaped(hostile + spot.rawValue)), "\(spot)")
    }
  }

  @Test("No stranger's name begins a line with a build server's command", arguments: [60, 100, 240])
  func commands(width: Int) throws {
    for spot in Spot.allCases where !spot.isOfCaller {
      var verdict = try Scenes.blocked.verdict()
      spot.put("a ::error::x ::error::x", into: &verdict)
      let text = textReport(of: verdict, style: TextStyle(isColoured: false, width: width))
      #expect(!lines(of: text).contains { $0.drop { $0 == " " }.hasPrefix("::") }, "\(spot)")
    }
  }

  @Test(
    "No name breaks a line: there are as many as with plain names of the same width",
    arguments: hostile.filter { !$0.hasPrefix("::") }, [60, 240])
  func lineBreaks(hostile: String, width: Int) throws {
    let plain = String(repeating: "x", count: columns(of: VisibleText.escaped(hostile)))
    #expect(
      try lines(of: report(hostile, width: width)).count == lines(of: report(plain, width: width)).count)
  }

  @Test("In colour the only escape sequences are ours", arguments: hostile)
  func colour(hostile: String) throws {
    let text = try report(hostile, width: 120, isColoured: true)
    let sequences = Set(text.split(separator: "\u{1b}").dropFirst().map { $0.prefix { $0 != "m" } + "m" })
    #expect(sequences.isSubset(of: ["[0m", "[2m", "[31m", "[32m", "[33m", "[1;31m"]))
    let bare = try text.replacing(Regex("\u{1b}\\[[0-9;]*m"), with: "")
    #expect(try bare == report(hostile, width: 120))
  }

  @Test(
    "In JSON it comes back as it was, to the byte, and no invisible character stands there",
    arguments: hostile)
  func json(hostile: String) throws {
    let text = jsonReport(of: try HostileTextTests.verdict(hostile))
    #expect(!text.unicodeScalars.contains(where: hasEffect) && !text.contains("\u{200D}"))
    let found = Set(
      try strings(in: JSONSerialization.jsonObject(with: Data(text.utf8))).map { Array($0.utf8) })
    for spot in Spot.allCases { #expect(found.contains(Array((hostile + spot.rawValue).utf8)), "\(spot)") }
  }

  private func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Compared by bytes: a mark alone is no character of its own beside another.
  private func holds(_ text: String, _ part: String) -> Bool {
    part.isEmpty || Array(text.utf8).firstRange(of: Array(part.utf8)) != nil
  }

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
