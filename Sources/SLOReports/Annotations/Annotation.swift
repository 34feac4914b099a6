import SLOBudgets
import SLOSupport
import SLOGate
import SLOModel
import SLOStatistics

/// One remark of a verdict, as build servers and code scanners show it beside a line. Its texts are escaped.
struct Annotation {
  /// How grave it is: an error blocks or leaves the verdict open, a note asks for nothing now.
  enum Level: Int { case error, warning, note }

  let rule: AnnotationRule
  let level: Level
  /// What it is about in a few words, the verdict on it included.
  let title: String
  /// The same with its figures: the first line of the message, for a log shows no title.
  let headline: String
  /// What the history says, since when it is so, whether it is noise, and who answers for it; a sentence a line.
  let lines: [String]
  /// The line of the budget file it belongs to; nil where none does.
  let place: Place?
  /// The same for the same problem of the same series at every commit.
  let fingerprint: String
  /// The finding it tells; nil where it is about the run.
  var finding: Finding?

  /// Everything in one paragraph.
  var message: String { ([headline] + lines).joined(separator: ". ") }
}

extension Annotation {
  /// What a finding gives a person to act on; nil where that is nothing.
  /// - Parameter cause: the endpoint it follows from; nil where it stands for itself.
  init?(_ finding: Finding, in verdict: Verdict, after cause: String?) {
    self.init(finding, lines: verdict.sentences(on: finding, after: cause), service: verdict.service)
  }

  /// What a story gives a person to act on, on the line of the limit that it is told by.
  init?(_ story: Story, in verdict: Verdict) {
    guard let lead = story.lead, let words = StoryWords(story, in: verdict) else { return nil }
    self.init(lead, lines: words.sentences, service: verdict.service)
  }

  private init?(_ finding: Finding, lines: [String], service: String) {
    guard let rule = AnnotationRule(finding) else { return nil }
    let row = FindingRow(finding)
    let name = { (text: String) in shortened(text, to: 80) }
    self.rule = rule
    level = finding.outcome == .waived ? .note : finding.outcome == .warn ? .warning : .error
    title = "\(name(row.endpoint)) \(name(row.metric)) (\(name(row.profile))): \(row.words)"
    headline = shortened(StoryWords.headline(of: row), to: 400)
    self.lines = lines
    place = finding.writtenPlace?.ofRepository
    let series = finding.series
    fingerprint = Annotation.fingerprint([
      rule.rawValue, service, series.profile, series.endpoint, series.metric, series.statistic.rawValue,
    ])
    self.finding = finding
  }

  /// A remark on the run as a whole, or on a rule.
  /// - Parameters:
  ///   - lines: what there is to say below the text.
  ///   - words: what tells the problem from others at every commit, where that is not the text.
  init(
    _ rule: AnnotationRule, _ level: Level, _ text: String, lines: [String] = [], service: String,
    place: Place? = nil, of words: [String]? = nil
  ) {
    self.rule = rule
    self.level = level
    title = VisibleText.escaped(text)
    headline = title
    self.lines = lines.map(VisibleText.escaped)
    self.place = place?.ofRepository
    fingerprint = Annotation.fingerprint([rule.rawValue, service] + (words ?? [text]))
  }

  private static func fingerprint(_ words: [String]) -> String {
    SHA256Digest(of: canonicalForm(of: words)).description
  }
}

extension Place {
  /// With its path as a build server writes those of a repository's files: without `./` before it.
  var ofRepository: Place {
    guard file.hasPrefix("./") else { return self }
    var place = self
    place.file = String(file.drop { $0 == "." }.drop { $0 == "/" })
    return place
  }
}
