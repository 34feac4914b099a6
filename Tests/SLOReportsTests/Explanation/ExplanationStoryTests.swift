import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOReports
import SLOSupport

@Suite("A stopped release explained, as its developer reads it in half a minute")
struct ExplanationStoryTests {
  private static let changes = [
    Suspects.Change(sha: "9f3c1ab04d2e77a1c0b5", author: "Ann", subject: "search: rank by distance"),
    Suspects.Change(sha: "81aa0c11b2d3e4f5a6b7", author: "Bo", subject: "search: fuzzy matching"),
  ]

  /// Git knows the commits of a slow endpoint, and nothing else.
  private static func context(_ name: String) -> ExplanationContext {
    ExplanationContext(changes: { _ in name == "slow-endpoint" ? changes : [] })
  }

  private func report(_ name: String, width: Int = 80) throws -> String {
    let scene = ExplainedScenes.scene(name)
    return explanationReport(
      of: try scene.verdict(), context: ExplanationStoryTests.context(name),
      style: TextStyle(isColoured: false, width: width))
  }

  @Test("As it is read at 80 columns", arguments: ExplainedScenes.names)
  func golden(name: String) throws {
    try expectGolden(try report(name), "explain-story-\(name).txt")
  }

  @Test("The first story fits a screen of 80 by 24", arguments: ExplainedScenes.names)
  func oneScreen(name: String) throws {
    let story = try report(name).split(separator: "\n\n")[0...1].joined(separator: "\n\n")
    let rows = story.split(separator: "\n", omittingEmptySubsequences: false)
      .map { max(1, (columns(of: String($0)) + 79) / 80) }
    #expect(rows.reduce(0, +) <= 24, "\(rows.count) lines\n\(story)")
  }

  @Test(
    "Commands stand whole on lines of their own, with all it takes to run them", arguments: [40, 80, 120])
  func commands(width: Int) throws {
    for (name, quoted) in [
      ("search", "search"), ("GET  /a  b", "'GET  /a  b'"),
      ("it's; rm -rf $(x) `y` #", "'it'\\''s; rm -rf $(x) `y` #'"),
      ("*", "'*'"), ("-rf", "--endpoint=-rf"), (String(repeating: "long ", count: 60) + "x", nil),
    ] as [(String, String?)] {
      let scene = ExplainedScenes.slowEndpoint
      let finding = try #require(
        try scene.verdict().findings.first { $0.outcome == .over && $0.series.endpoint == "search" })
      let context = ExplanationContext(history: "a b.sqlite", budgets: ["x.yaml"])
      var explanation = try #require(
        context.explanation(of: finding, in: scene.verdict()))
      explanation.finding.series.endpoint = name
      let story = ExplainedStory(explanation, context)
      let text = textReport(of: story, style: TextStyle(isColoured: false, width: width))
      let lines = text.split(separator: "\n").map { $0.dropFirst(8) }
      let option = name.hasPrefix("-") ? quoted ?? "" : "--endpoint \(quoted ?? "'\(name)'")"
      let place = "--profile baseline \(option) --metric p95"
      let storage = "--history 'a b.sqlite' --budgets x.yaml"
      for command in [
        "git log 41d0e77100..9f3c1ab04d", "slogate trend \(place) \(storage)",
        "slogate explain --commit 9f3c1ab04d \(place) \(storage)",
      ] { #expect(lines.contains { $0 == command }, "\(command)\n\(text)") }
    }
  }

  @Test("A name that cannot be pasted is in no command", arguments: ["a\nb", "\u{1b}[2J", "", "a\u{202e}b"])
  func unpastable(name: String) throws {
    let scene = ExplainedScenes.slowEndpoint
    let verdict = try scene.verdict()
    let finding = try #require(verdict.findings.first { $0.outcome == .over })
    var explanation = try #require(
      ExplanationContext().explanation(of: finding, in: verdict))
    explanation.finding.series.endpoint = name
    let story = ExplainedStory(explanation)
    #expect(story.lookUps.isEmpty)
    #expect(story.next.allSatisfy { $0.command?.contains("--endpoint") != true })
  }

  @Test("No untrusted word acts on the terminal or the log", arguments: HostileTextTests.hostile)
  func hostile(text: String) throws {
    let scene = ExplainedScenes.slowEndpoint
    let verdict = try scene.verdict()
    let finding = try #require(verdict.findings.first { $0.outcome == .over })
    var explanation = try #require(
      ExplanationContext().explanation(of: finding, in: verdict))
    explanation.finding.series.endpoint = text
    explanation.finding.owner = text
    explanation.suspects?.changes = [Suspects.Change(sha: text, author: text, subject: text)]
    explanation.relatedChanges?.endpoints[0].series.endpoint = text
    explanation.relatedChanges?.parts[0].series.metric = text
    explanation.finding.series.metric = text
    let story = ExplainedStory(explanation, others: [explanation.finding])
    let shown = textReport(of: story, style: TextStyle(isColoured: false, width: 100))
    for line in (shown + story.title).split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(VisibleText.escaped(String(line)) == line)
      #expect(!line.hasPrefix("::"))
    }
  }

  @Test("The texts for a log and a comment are those of what stops the release, and none of one that passes")
  func texts() throws {
    let scene = ExplainedScenes.slowEndpoint
    let texts = explanationTexts(of: try scene.verdict())
    #expect(texts.map(\.title) == ["search p95 159 ms, OVER by 22.7 %"])
    #expect(texts[0].text.contains("http_req_waiting carries it"))
    let green = ExplainedScenes.green
    #expect(explanationTexts(of: try green.verdict()).isEmpty)
    let missing = ExplainedScenes.missingProfile
    let open = explanationTexts(of: try missing.verdict())
    #expect(open.count == 1 && open[0].title.hasPrefix("not judged: spike: no result was given"), "\(open)")
  }

  @Test(
    "Nothing is said of endpoints that is not known: those that moved, stayed, went the other way or are too young"
  )
  func endpoints() throws {
    let scene = ExplainedScenes.slowEndpoint
    let verdict = try scene.verdict()
    let finding = try #require(verdict.findings.first { $0.outcome == .over })
    var explanation = try #require(
      ExplanationContext().explanation(of: finding, in: verdict))
    func sentence(_ movements: [Neighbour.Movement]) throws -> String {
      for (index, movement) in movements.enumerated() {
        explanation.relatedChanges?.endpoints[index].movement = movement
      }
      return try #require(
        explanation.whereSentences.first {
          $0.hasPrefix("p95 of 4 other endpoints") || $0.hasPrefix("p95 of the 4")
        })
    }
    let alone = "its own code rather than the machine"
    #expect(
      try sentence([.none, .none, .none, .none]).hasSuffix("did not move (-0.3 % to +1.1 %): \(alone)"))
    let mixed = try sentence([.worse, .none, .better, .unknown])
    for part in [
      "1 moved too (", "1 did not move (", "1 moved the other way (", "1 with too little history (",
    ] {
      #expect(mixed.contains(part), "\(mixed)")
    }
    #expect(!mixed.contains(alone) && !mixed.contains("hits everything"))
    #expect(try sentence([.worse, .worse, .worse, .worse]).contains("hits everything"))
    #expect(try !sentence([.better, .better, .better, .better]).contains("hits everything"))
    #expect(
      try sentence([.unknown, .unknown, .unknown, .unknown]).hasSuffix(
        "too little history to tell what moved"))
    #expect(try !sentence([.none, .none, .none, .unknown]).contains(alone))
  }

  @Test("A rule is reported once, with the places at which it does not hold")
  func rules() throws {
    var scene = ExplainedScenes.green
    scene.budget += "\nrules: [ baseline.p95 <= 1ms ]"
    let texts = explanationTexts(of: try scene.verdict())
    #expect(texts.map(\.title) == ["rule baseline.p95 <= 1ms: does not hold at 6 places"])
    #expect(texts[0].text.contains("… and 1 more place\n"))
    #expect(texts[0].text.contains("change it at budgets/gateway.yaml:"))
  }

  @Test("Of results that no history has no command is offered that would look for them there")
  func unrecorded() throws {
    let scene = ExplainedScenes.slowEndpoint
    let context = ExplanationContext(isRecorded: false)
    let texts = explanationTexts(of: try scene.verdict(), context: context)
    #expect(!texts[0].text.contains("slogate explain") && !texts[0].text.contains("slogate compare"))
    #expect(texts[0].text.contains("slogate trend"))
  }

  @Test("Where every endpoint moved, one story stands for the others, and they are listed")
  func everywhere() throws {
    let scene = ExplainedScenes.slowRun
    let titles = explanationTexts(of: try scene.verdict()).map(\.title)
    #expect(titles.map { $0.prefix { $0 != " " } } == ["search"], "\(titles)")
    let report = try report("slow-run")
    for part in ["5 of 5 endpoints are slower", "checkout", "orders", "health", "report"] {
      #expect(report.contains(part), "\(part)\n\(report)")
    }
  }

  @Test("No rendering leaves the reader with words of our own", arguments: ExplainedScenes.names)
  func words(name: String) throws {
    for word in ["nobody", "mend", "family error", "visible here", "aside"] {
      #expect(!(try report(name)).lowercased().contains(word), "\(word)")
    }
  }
}
