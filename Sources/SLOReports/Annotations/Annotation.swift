import SLOBudgets
import SLODigest
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
  /// The figures, what the history says, and who answers for the limit; a sentence a line.
  let lines: [String]
  /// The line of the budget file it belongs to; nil where none does.
  let place: Place?
  /// The same for the same problem of the same series at every commit.
  let fingerprint: String
  /// The finding it tells; nil where it is about the run.
  var finding: Finding?

  /// Everything in one paragraph.
  var message: String { ([title] + lines).joined(separator: ". ") }
}

extension Annotation {
  /// What a finding gives a person to act on; nil where that is nothing.
  init?(_ finding: Finding, service: String) {
    guard let rule = AnnotationRule(finding) else { return nil }
    let row = FindingRow(finding)
    let name = { (text: String) in shortened(text, to: 80) }
    self.rule = rule
    level = finding.outcome == .waived ? .note : finding.outcome == .warn ? .warning : .error
    title = "\(name(row.endpoint)) \(name(row.metric)) (\(name(row.profile))): \(row.words)"
    let remedy = finding.outcome == .missing ? finding.budget?.remedy.map(VisibleText.escaped) : nil
    lines = [row.figures, row.detail, remedy ?? ""].filter { !$0.isEmpty }
    place = finding.budget?.limit.writtenPlace
    let series = finding.series
    fingerprint = Annotation.fingerprint([
      rule.rawValue, service, series.profile, series.endpoint, series.metric, series.statistic.rawValue,
    ])
    self.finding = finding
  }

  /// A remark on the run as a whole, or on a rule.
  /// - Parameter words: what tells the problem from others at every commit, where that is not the text.
  init(
    _ rule: AnnotationRule, _ level: Level, _ text: String, service: String, place: Place? = nil,
    of words: [String]? = nil
  ) {
    self.rule = rule
    self.level = level
    title = VisibleText.escaped(text)
    lines = []
    self.place = place
    fingerprint = Annotation.fingerprint([rule.rawValue, service] + (words ?? [text]))
  }

  private static func fingerprint(_ words: [String]) -> String {
    SHA256Digest(of: canonicalForm(of: words)).description
  }
}

extension Verdict {
  /// Everything a person should act on, the gravest first.
  var annotations: [Annotation] {
    let series = gravest([.over, .missing, .regressed, .warn, .waived]).compactMap {
      Annotation($0, service: service)
    }
    let rules = brokenRules.map { finding in
      Annotation(
        finding.outcome == .over ? .budget : .budgetWarning, finding.outcome == .over ? .error : .warning,
        finding.sentence, service: service, place: finding.rule.place,
        of: [finding.profile, finding.endpoint, finding.rule.text])
    }
    let open = openGaps.map {
      Annotation(.inconclusive, .error, $0, service: service)
    }
    let moved = commonFactors.filter { $0.blocks || $0.warns }.map {
      Annotation(.commonShift, $0.blocks ? .error : .warning, sentence($0), service: service)
    }
    let ended = waivers.expired.map { annotation($0, .warning, "ended on \($0.until) and is ignored") }
    let ending = waivers.ending.map { annotation($0, .note, "ends on \($0.until)") }
    let all = series + rules + open + moved + ended + ending
    return [.error, .warning, .note].flatMap { level in all.filter { $0.level == level } }
  }

  private func annotation(_ waiver: Waiver, _ level: Annotation.Level, _ what: String) -> Annotation {
    Annotation(
      .waiverEnd, level, "waiver \(what): \(title(of: waiver))", service: service,
      place: waiver.place.line == 0 ? nil : waiver.place)
  }

  /// The line a remark without a line of its own is put on, where a reader insists on one: the head of the first
  /// budget file, or of the one that would be.
  var fallbackPlace: Place {
    let file = findings.lazy.compactMap { $0.budget?.limit.writtenPlace?.file }.first
    return Place(file: file ?? "budgets/slo.yaml", line: 1, column: 1)
  }
}
