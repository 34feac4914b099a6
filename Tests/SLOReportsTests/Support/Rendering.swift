import Foundation
import SLOGate
import SLOModel
import Testing

@testable import SLOReports
import SLOSupport

/// A form in which a verdict is reported, and what the matrix of hostile texts has to know of it.
struct Rendering: Sendable, CustomTestStringConvertible {
  let name: String
  /// Writes it.
  let write: @Sendable (Verdict) throws -> String
  /// What in it is not as its format demands, or of effect and not ours.
  let flaws: @Sendable (String) throws -> [String]
  /// What its reader sees, with all that the format escapes taken back.
  let reading: @Sendable (String) throws -> String
  /// The spots whose words it shows whole.
  let shows: Set<Hostile.Spot>
  /// Whether names are read back as they were; else as a terminal may show them.
  var isExact = false
  /// Whether names may be broken at blanks.
  var wraps = false
  /// What does not count when lines are counted.
  var withoutOptional: @Sendable (String) -> String = { $0 }

  var testDescription: String { name }

  /// A name as its reader sees it.
  func shown(_ name: String) -> String { isExact ? name : VisibleText.escaped(name) }

  /// What is looked for, or looked into; without blanks where names may be broken at them.
  func searchable(_ text: String) -> Data {
    Data((wraps ? text.replacing(/[ \n]+/.matchingSemantics(.unicodeScalar), with: "") : text).utf8)
  }

  /// How many lines it has.
  func lines(_ text: String) -> Int { withoutOptional(text).utf8.count { $0 == UInt8(ascii: "\n") } }
}

extension Rendering {
  /// Every form in which a verdict is reported. A new one belongs here, and is held against every hostile text.
  static let all = [
    text, brief, json, markdown, summary, github, githubOutput, codeQuality, metrics, junit, sarif, badge,
    html,
  ]

  /// What people read of findings and of what is around them.
  private static let ofFindings: Set<Hostile.Spot> = [
    .endpoint, .metric, .profile, .limitFile, .limitOwner, .waiverOwner, .waiverReason, .remedy, .acceptedBy,
    .anchor,
  ]
  /// What stories tell of them: the level of a figure next to the lead is in `explain`.
  private static let ofStories = ofFindings.subtracting([.acceptedBy])
  private static let ofRules: Set<Hostile.Spot> = [.rule, .ruleEndpoint, .ruleFile, .ruleOwner, .ruleRemedy]
  private static let ofContext: Set<Hostile.Spot> = [
    .branch, .reference, .service, .environment, .sizing, .sizingKey, .obstacle,
  ]
  private static let around: Set<Hostile.Spot> = [.waivedKey, .gap, .unbudgeted, .changedOwner]

  static let text = Rendering(
    name: "text",
    write: { textReport(of: $0, style: TextStyle(isColoured: false, width: 120), isVerbose: true) },
    flaws: { text in
      let lines = text.split(separator: "\n").filter { $0.drop { $0 == " " }.hasPrefix("::") }
      return effects(in: text) + (text.contains("##[") ? ["##["] : []) + lines.map(String.init)
    },
    reading: { $0.replacing("\\u{3a}:", with: "::") },
    shows: ofStories.union(ofRules).union(ofContext).union(around).union([.notice]),
    wraps: true,
    // At another width of its names a line wraps elsewhere: the tests of the text report count its lines.
    withoutOptional: { _ in "" })

  static let brief = Rendering(
    name: "brief", write: { textReport(of: $0, style: TextStyle(isColoured: false, width: 80)) },
    flaws: text.flaws, reading: text.reading, shows: [], wraps: true, withoutOptional: { _ in "" })

  static let json = Rendering(
    name: "json", write: jsonReport,
    flaws: { try effects(in: $0) + (strings(in: $0).isEmpty ? ["nothing"] : []) },
    reading: { try strings(in: $0).joined(separator: "\n") },
    shows: Set(Hostile.Spot.allCases).subtracting([.waivedKey]),
    isExact: true)

  static let markdown = Rendering(
    name: "markdown", write: { try markdownReport(of: $0, explained: explained($0)) },
    flaws: { text in
      let marker = text.prefix { $0 != "\n" }
      let isOurs = marker.wholeMatch(of: /<!-- slogate:sticky [A-Za-z0-9.-]+_[A-Za-z0-9.-]+ -->/) != nil
      let markers = text.ranges(of: "<!-- slogate").count
      return markdownFlaws(String(text.dropFirst(marker.count)))
        + (markers == 1 && isOurs ? [] : ["\(markers) markers: \(marker)"])
        + (text.utf8.count > 60_000 ? ["too long"] : [])
    },
    reading: readMarkdown,
    shows: ofStories.union(ofRules).union(ofContext).union(around)
      .union([.notice, .path, .setting, .settingKey]),
    withoutOptional: withoutExplanations)

  static let summary = Rendering(
    name: "summary", write: { try markdownSummary(of: $0, explained: explained($0), limit: 1 << 20) },
    flaws: markdownFlaws,
    reading: readMarkdown, shows: markdown.shows, withoutOptional: withoutExplanations)

  static let github = Rendering(
    name: "github", write: { try gitHubReport(of: $0, explained: explained($0)) },
    flaws: { try effects(in: $0) + workflowCommands($0).flatMap(\.flaws) },
    reading: { try workflowCommands($0).map(\.reading).joined(separator: "\n") },
    // Of errors there are more than ten.
    shows: ofFindings.subtracting([.anchor, .acceptedBy]).union(ofContext).union(around),
    withoutOptional: onlyCommands)

  /// The stories that block, explained, with the names that the verdict has.
  private static func explained(_ verdict: Verdict) throws -> [ExplainedText] {
    explanationTexts(of: verdict)
  }

  private static let delimiter = "slogate_0123456789abcdef"

  static let githubOutput = Rendering(
    name: "github-output",
    write: { try gitHubOutput(of: $0, explained: explained($0), delimiter: delimiter) ?? "" },
    flaws: { text in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let keys = lines.prefix { !$0.hasPrefix("comment<<") }.map { $0.prefix { $0 != "=" } }
      let known = [
        "verdict", "exit-code", "blocked", "evaluated", "over", "regressed", "suspect", "missing", "warned",
        "waived", "improved", "title", "key",
      ]
      let ends = lines.indices.filter { lines[$0] == delimiter }
      return (keys.map(String.init) == known ? [] : ["\(keys)"])
        + (ends == [lines.count - 2] ? [] : ["\(ends)"])
    },
    reading: readMarkdown, shows: markdown.shows, withoutOptional: withoutExplanations)

  static let codeQuality = Rendering(
    name: "gitlab", write: codeQualityReport,
    flaws: { text in
      let issues = try codeQualityIssues(text)
      let places = issues.filter { $0.line < 1 || $0.path.isEmpty }.map(\.description)
      let isUnique = Set(issues.map(\.fingerprint)).count == issues.count
      return effects(in: text) + places + (isUnique ? [] : ["fingerprints"])
    },
    reading: { try strings(in: $0).joined(separator: "\n") },
    shows: ofFindings.union(ofRules).union(around))

  static let metrics = Rendering(
    name: "gitlab-metrics", write: openMetricsReport,
    flaws: { text in
      let samples = try openMetricsSamples(text).map { $0.filter { $0.key != "=" } }
      return effects(in: text) + (Set(samples).count == samples.count ? [] : ["a sample twice"])
    },
    reading: { try openMetricsSamples($0).flatMap(\.values).joined(separator: "\n") },
    shows: [.endpoint, .metric, .profile, .service, .rule, .ruleEndpoint])

  static let junit = Rendering(
    name: "junit", write: junitReport,
    flaws: { try effects(in: $0) + ReadXML($0).junitFlaws },
    reading: { try ReadXML($0).words.joined(separator: "\n") },
    shows: ofFindings.union(ofRules).union(around).union([
      .notice, .branch, .sha, .reference, .service, .environment, .sizing, .sizingKey,
    ]))

  static let sarif = Rendering(
    name: "sarif", write: sarifReport,
    flaws: { try effects(in: $0) + SARIFLog($0).flaws },
    reading: { text in
      try strings(in: text).map(VisibleText.escaped).joined(separator: "\n").replacing("\\](", with: "](")
        .replacing(/\{\{([0-9]+)\}\}/.matchingSemantics(.unicodeScalar)) { "{\($0.1)}" }
    },
    shows: ofFindings.subtracting([.limitFile]).union(ofRules).subtracting([.ruleFile]).union(around)
      .union([.notice, .branch, .sha, .reference, .service, .environment]))

  static let badge = Rendering(
    name: "badge", write: badgeReport,
    flaws: { text in
      let names = try Set(ReadXML(text).elements.map(\.name))
      return effects(in: text)
        + (names == ["svg", "title", "clipPath", "rect", "g", "text"] ? [] : ["\(names)"])
    },
    reading: { try ReadXML($0).words.joined(separator: "\n") }, shows: [.service])

  static let html = Rendering(
    name: "html",
    write: { verdict in
      let evaluation = try Scenes.blocked.evaluation()
      return htmlReport(of: Review(of: verdict) { _ in "a line" })
    },
    flaws: { try Markup($0).flaws + effects(in: $0) },
    reading: { try Markup($0).text.replacing("\u{A0}%", with: " %") },
    shows: Set(Hostile.Spot.allCases))
}
