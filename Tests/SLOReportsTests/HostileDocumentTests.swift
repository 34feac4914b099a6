import Foundation
import SLOBudgets
import SLOGate
import SLOModel
import Testing

@testable import SLOReports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Names that strangers chose, in every document")
struct HostileDocumentTests {
  /// What would be markup, a link, a call or a command in one of the formats, beside what is hostile anywhere.
  static let hostile =
    HostileTextTests.hostile + [
      "@everyone", "#123", "o/r#1", "GH-12", "!12", "http://evil.example/x", "www.evil.example",
      "a@b.example",
      ":smile:", ":100:", "$x$", "[a](http://b)", "![i](http://x)", "<!-- x", "-->", "]]>", "&amp;", "&#64;a",
      "</code><b>", "</details>", "{0}", "~~s~~", "**b**", "__b__", "\\|", "\\", "||", "# h", "- l", "1. x",
      "> q",
      "```\n```", "</sub>", "\u{1}", "\u{FFFE}", "    code", "=1+1", "x\" onload=\"y", "' or", "a,b;c:d%25",
      "\"\u{301}", "\\\u{301}", "](\u{301}", "{1\u{301}}", "<\u{301}b>", "|\u{301}", "&\u{301}amp;", "{12}",
      ":+1:",
    ]

  typealias Spot = HostileTextTests.Spot

  private func report(_ format: ReportFormat, _ text: String) throws -> String {
    let verdict = try HostileTextTests.verdict(text)
    let review = Review(of: verdict, answering: try Scenes.blocked.question())
    return format.report(of: verdict, review: review, style: TextStyle(isColoured: false, width: 120))
  }

  /// The name as it can be seen, where it is short enough to be shown whole.
  private func name(_ text: String, _ spot: Spot) -> String? {
    text.utf8.count < 30 ? VisibleText.escaped(text + spot.rawValue) : nil
  }

  private func holds(_ text: String, _ part: String) -> Bool {
    part.isEmpty || Array(text.utf8).firstRange(of: Array(part.utf8)) != nil
  }

  // MARK: Markdown

  @Test(
    "In Markdown nothing becomes a link, a mention, HTML or a row, and nothing is lost", arguments: hostile)
  func markdown(hostile: String) throws {
    let text = try report(.markdown, hostile)
    #expect(text.utf8.count <= 60_000)
    var prose = text.split(separator: "```sh\n", omittingEmptySubsequences: false)[0]
    prose += text.split(separator: "```\n\n<details>").last ?? ""
    let ours = /<\/?(code|br|sub|details|summary)>|<!-- (slogate:sticky )?-->/.matchingSemantics(
      .unicodeScalar)
    let bare = prose.replacing(ours, with: "\u{0}")
    #expect(!bare.contains("<") && !bare.dropFirst().contains(">"))
    let unescaped = bare.replacing(/\\[!-~]/.matchingSemantics(.unicodeScalar), with: "\u{0}")
    for live in [
      "@[A-Za-z]", "[^&]#[0-9]", "![0-9]", "://", "www\\.", "GH-[0-9]", ":(100|\\+1|[a-z]+):", "[~`_]",
    ] {
      let found = unescaped.firstMatch(of: try Regex(live).matchingSemantics(.unicodeScalar))
      #expect(found == nil, "\(live)")
    }
    for line in text.split(separator: "\n") where line.hasPrefix("|") {
      let bars = line.replacing(/\\./.matchingSemantics(.unicodeScalar), with: "").unicodeScalars
      #expect(bars.count { $0 == "|" } == 7, "\(line)")
    }
    let shown = decodedMarkdown(text)
    for spot in Spot.allCases where ![.sha, .path, .runFailure].contains(spot) {
      if let name = name(hostile, spot) { #expect(holds(shown, name), "\(spot)") }
    }
  }

  @Test("No name adds a line to Markdown", arguments: hostile)
  func markdownLines(hostile: String) throws {
    // The commands are not there where a name cannot be pasted.
    func lines(_ text: String) throws -> Int {
      try report(.markdown, text).replacing(
        /\nWhat each was held[^`]*```sh\n(slogate [^\n]*\n)+```\n/, with: ""
      )
      .split(separator: "\n", omittingEmptySubsequences: false).count
    }
    #expect(try lines(hostile) == lines("plain"))
  }

  /// What a reader of rendered Markdown sees of prose.
  private func decodedMarkdown(_ text: String) -> String {
    var shown = text.replacing(/<!-- -->/.matchingSemantics(.unicodeScalar), with: "")
    shown.replace(/\\([!-\/:-@\[-`{-~])/.matchingSemantics(.unicodeScalar)) { String($0.1) }
    shown.replace(/&#([0-9]+);/) { UInt32($0.1).flatMap(Unicode.Scalar.init).map(String.init) ?? "" }
    for (entity, mark) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
      shown = shown.replacing(try! Regex(entity).matchingSemantics(.unicodeScalar), with: mark)
    }
    return shown
  }

  // MARK: GitHub

  @Test("On GitHub each line is one command of ours, and what it says comes back", arguments: hostile)
  func gitHub(hostile: String) throws {
    let lines = try report(.github, hostile).split(separator: "\n")
    #expect(try lines.count == report(.github, "plain").split(separator: "\n").count)
    var said = ""
    for line in lines {
      let command = try #require(
        line.firstMatch(of: /^::(notice|error|warning) ([^:]*)::(.*)$/.matchingSemantics(.unicodeScalar)))
      let keys = command.2.unicodeScalars.split(separator: ",").map { String($0.prefix { $0 != "=" }) }
      #expect(keys == ["title"] || keys == ["file", "line", "title"])
      said += decodedCommand(String(command.2) + " " + String(command.3)) + "\n"
    }
    for spot in [
      Spot.endpoint, .metric, .profile, .branch, .service, .environment, .sizing, .limitFile, .limitOwner,
    ] {
      if let name = name(hostile, spot) { #expect(holds(said, name), "\(spot)") }
    }
  }

  private func decodedCommand(_ text: String) -> String {
    [("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")].reduce(text) {
      $0.replacing($1.0, with: $1.1)
    }
  }

  @Test("Of GitHub's outputs none is forged", arguments: hostile)
  func outputs(hostile: String) throws {
    let output = try #require(
      gitHubOutput(of: HostileTextTests.verdict(hostile), delimiter: "slogate_0123456789abcdef"))
    let keys = output.split(separator: "\n").prefix { !$0.hasPrefix("comment<<") }.map {
      $0.prefix { $0 != "=" }
    }
    #expect(
      keys == [
        "verdict", "exit-code", "blocked", "evaluated", "over", "regressed", "missing", "warned", "waived",
        "improved", "title",
      ])
    #expect(
      output.hasSuffix("\nslogate_0123456789abcdef\n") && output.split(separator: "slogate_0").count == 3)
  }

  @Test("A delimiter that occurs in the comment is refused")
  func delimiter() throws {
    #expect(gitHubOutput(of: try HostileTextTests.verdict("guessed"), delimiter: "guessed") == nil)
  }

  // MARK: JSON documents

  @Test(
    "In SARIF names come back as they were, and no message holds a link or a placeholder", arguments: hostile)
  func sarif(hostile: String) throws {
    let log = try SARIFLog(report(.sarif, hostile))
    #expect(log.flaws == [])
    let over = try #require(log.results.first { $0.properties["outcome"] as? String == "over" })
    let endpoints = log.results.compactMap { $0.properties["endpoint"] as? String }.map { Array($0.utf8) }
    #expect(endpoints.contains(Array((hostile + "endpoint").utf8)))
    #expect(
      log.results.allSatisfy {
        !$0.message.contains(/[^\\]\]\(/) && !$0.message.contains(/(^|[^{])\{[0-9]+\}/)
      })
    #expect(!over.uri.contains(/[^A-Za-z0-9._~\/%-]/))
    let messages = log.results.map(\.message).joined(separator: "\n").replacing("\\](", with: "](")
      .replacing(/\{\{([0-9]+)\}\}/) { "{\($0.1)}" }
    if let name = name(hostile, .endpoint) { #expect(holds(messages, name)) }
  }

  @Test("In Code Quality names come back, and the path is the file's", arguments: hostile)
  func codeQuality(hostile: String) throws {
    let issues = try codeQualityIssues(report(.gitlab, hostile))
    if let name = name(hostile, .endpoint) { #expect(issues.contains { holds($0.description, name) }) }
    #expect(issues.contains { Array($0.path.utf8) == Array((hostile + "limitFile").utf8) })
    #expect(issues.allSatisfy { $0.line >= 1 } && Set(issues.map(\.fingerprint)).count == issues.count)
  }

  // MARK: OpenMetrics

  @Test("In OpenMetrics every line is a sample, and labels come back", arguments: hostile)
  func metrics(hostile: String) throws {
    let samples = try openMetricsSamples(report(.gitlabMetrics, hostile))
    for (spot, label) in [
      (Spot.endpoint, "endpoint"), (.metric, "metric"), (.profile, "profile"), (.service, "service"),
    ] {
      let name = VisibleText.escaped(hostile + spot.rawValue)
      #expect(samples.contains { Array(($0[label] ?? "").utf8) == Array(name.utf8) }, "\(spot)")
    }
  }

  // MARK: XML

  @Test("JUnit is well-formed, and names come back", arguments: hostile)
  func junit(hostile: String) throws {
    let document = try ReadXML(report(.junit, hostile))
    #expect(document.junitFlaws == [])
    let name = VisibleText.escaped(hostile + "endpoint")
    #expect(document.elements.contains { Array(($0.attributes["classname"] ?? "").utf8) == Array(name.utf8) })
    let reason = VisibleText.escaped(hostile + "waiverReason")
    #expect(
      document.elements.contains { $0.name == "skipped" && holds($0.attributes["message"] ?? "", reason) })
  }

  @Test("A badge is well-formed, and its title names the service", arguments: hostile)
  func badge(hostile: String) throws {
    let document = try ReadXML(report(.badge, hostile))
    #expect(Set(document.elements.map(\.name)) == ["svg", "title", "clipPath", "rect", "g", "text"])
    let title = document.elements.first { $0.name == "title" }?.text ?? ""
    #expect(holds(title, VisibleText.escaped(hostile + "service")))
  }
}
