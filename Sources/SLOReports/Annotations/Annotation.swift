import SLOBudgets
import SLOGate
import SLOModel
import SLOStatistics
import SLOSupport

/// One remark of a verdict, as build servers and code scanners show it next to a line. Its texts are escaped.
struct Annotation {
  /// Its severity: an error blocks or leaves the verdict open, a note asks for nothing now.
  enum Level: Int { case error, warning, note }

  let rule: AnnotationRule
  let level: Level
  /// What it is about in a few words, the verdict on it included.
  var title: String
  /// The same with its figures: the first line of the message, for a log shows no title.
  var headline: String
  /// What the history says, since when it is so, whether it is noise, and who answers for it; a sentence a line.
  let lines: [String]
  /// The line of the budget file it belongs to; nil where none does.
  let place: Place?
  /// The same for the same problem of the same series at every commit.
  let fingerprint: String
  /// The finding it reports; nil where it is about the run.
  var finding: Finding?

  /// The same where the reports of several services stand together.
  func of(service: String) -> Annotation {
    var named = self
    (named.title, named.headline) = ("\(service): \(title)", "\(service): \(headline)")
    return named
  }

  /// Everything in one paragraph.
  var message: String { ([headline] + lines).joined(separator: ". ") }
}

extension Annotation {
  /// What a finding gives a person to act on; nil where that is nothing.
  /// - Parameter cause: the endpoint it follows from; nil where it is for itself.
  init?(_ finding: Finding, in verdict: Verdict, after cause: String?) {
    self.init(finding, lines: verdict.sentences(on: finding, after: cause), service: verdict.service)
  }

  /// What a story gives a person to act on, on the line of the limit that it names.
  init?(_ story: Story, in verdict: Verdict) {
    guard let lead = story.lead, let words = StoryWords(story, in: verdict) else { return nil }
    self.init(lead, lines: words.sentences, service: verdict.service)
  }

  private init?(_ finding: Finding, lines: [String], service: String) {
    guard let rule = AnnotationRule(finding) else { return nil }
    let row = FindingRow(finding)
    let name = { (text: String) in shortened(text, to: 80) }
    self.rule = rule
    level =
      switch finding.outcome {
      case .waived: .note
      case .warn, .suspect: .warning
      default: .error
      }
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
  ///   - words: what identifies the problem at every commit, where that is not the text.
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

/// The kinds of problem a verdict reports; their names are part of the reports' contract.
enum AnnotationRule: String, CaseIterable {
  case budget, missing, regression, creep, inconclusive, suspect
  case doubt
  case budgetWarning = "budget-warning"
  case commonShift = "common-shift"
  case waiverEnd = "waiver-end"
  case waiverUnused = "waiver-unused"
  case budgetLoosened = "budget-loosened"
  case unbudgeted

  /// What a finding is: its budget decides before its history, as it does for the release.
  init?(_ finding: Finding) {
    switch finding.outcome {
    case .over, .waived: self = .budget
    case .missing: self = .missing
    case .regressed: self = finding.regression?.effect == .blocks ? .regression : .creep
    case .suspect: self = .suspect
    case .warn where finding.isBeyondLimit: self = .budgetWarning
    case .warn: self = finding.regression?.effect == .warns ? .regression : .creep
    case .near, .improved, .ok, .recorded: return nil
    }
  }

  /// What it says, as a name.
  var title: String {
    switch self {
    case .budget: "Budget exceeded"
    case .budgetWarning: "Budget that warns exceeded"
    case .missing: "Budgeted value missing"
    case .regression: "Worse than its history"
    case .creep: "Drifted from its anchor"
    case .suspect: "Worse in one run"
    case .commonShift: "The whole run moved"
    case .inconclusive: "Not judged"
    case .doubt: "Look at the measurement"
    case .waiverEnd: "Waiver ends"
    case .waiverUnused: "Waiver not needed"
    case .budgetLoosened: "Budget loosened"
    case .unbudgeted: "Measured without a budget"
    }
  }

  /// What it means, in a sentence.
  var meaning: String {
    switch self {
    case .budget: "The value does not keep a limit that blocks the release."
    case .budgetWarning: "The value does not keep a limit that only warns."
    case .missing: "A budget asks for a value that the results do not have, so that it cannot be judged."
    case .regression:
      "The value is worse than those of earlier commits at the same sizing by more than noise explains."
    case .creep: "The level has become worse since the pinned anchor by more than the budget allows."
    case .suspect: "The value is worse than its history in one run, which cannot be told from a spike."
    case .commonShift: "All series of a run moved together: the machine, or a change that hits everything."
    case .inconclusive: "Something that had to be judged could not be."
    case .doubt: "Something about the results makes the verdict less certain than it looks."
    case .waiverEnd: "A waiver has ended or ends within two weeks; its limit then holds again."
    case .waiverUnused: "What is waived keeps its limit, so that the waiver hides only what comes next."
    case .budgetLoosened: "The branch under judgement loosens what releases are held against."
    case .unbudgeted: "Endpoints are measured that no budget speaks of."
    }
  }

  /// What to do about it.
  var help: String {
    switch self {
    case .budget, .budgetWarning:
      "Fix what is slow, or change the limit on this line in a pull request, or waive it for a while."
    case .missing: "Let the load test write the value, or mark the limit optional."
    case .regression:
      "Run the test again and check both results together. Where the change is wanted, accept it with slogate history accept."
    case .creep: "Make it as fast as it was at the anchor, or pin a newer one."
    case .suspect:
      "Measure once more in a new job, and judge the suspects by it with slogate check --confirm."
    case .commonShift: "Repeat the run on an idle machine to tell the machine from the change."
    case .inconclusive: "Give what is missing and check again."
    case .doubt: "Find out whether the results are those of this commit, under the load that was planned."
    case .waiverEnd: "Fix what is waived, or renew the waiver with a new reason."
    case .waiverUnused: "Remove the waiver."
    case .budgetLoosened: "Agree on it in the review, or take it back."
    case .unbudgeted: "Write a limit for them, or one for all under defaults."
    }
  }

  /// Its severity, unless a finding says otherwise.
  var level: Annotation.Level {
    switch self {
    case .budget, .missing, .regression, .creep, .inconclusive: .error
    case .budgetWarning, .suspect, .commonShift, .doubt, .waiverEnd: .warning
    case .waiverUnused, .budgetLoosened, .unbudgeted: .note
    }
  }
}

extension Verdict {
  /// Everything a person should act on, the most severe first. What is about the whole run stands before what is about
  /// its series: it is little, and without it they are misread.
  var annotations: [Annotation] { annotations(of: ofSeries) }

  /// The same with one for each story in place of one for each of its findings: for people.
  var storyAnnotations: [Annotation] {
    annotations { outcomes in stories(outcomes).compactMap { Annotation($0, in: self) } }
  }

  private func annotations(of series: ([Finding.Outcome]) -> [Annotation]) -> [Annotation] {
    let waivers =
      waivers.expired.map { annotation(.waiverEnd, .warning, $0, "ended on \($0.until) and is ignored") }
      + waivers.ending.map { annotation(.waiverEnd, .note, $0, "ends on \($0.until)") }
      + waivers.unused.map { annotation(.waiverUnused, .note, $0, "is not needed by this run") }
    let outcomes: [Finding.Outcome] = Finding.Outcome.decisive + [.warn, .waived]
    let findings = series(outcomes)
    let told = outcomes.flatMap { outcome in
      findings.filter { $0.finding?.outcome == outcome }
        + rules.filter { $0.outcome == outcome }.map(annotation)
    }
    let all = ofRun + told + waivers + ofBudgets
    return [.error, .warning, .note].flatMap { level in all.filter { $0.level == level } }
  }

  private var ofRun: [Annotation] {
    let moved = commonFactors.filter { $0.effect != .nothing }.map { common in
      Annotation(
        .commonShift, common.blocks ? .error : .warning, sentence(common), service: service,
        of: [common.profile])
    }
    return moved + openGaps.map { Annotation(.inconclusive, .error, $0, service: service) }
      + unique(warnings).map { Annotation(.doubt, .warning, $0, service: service) }
  }

  private func ofSeries(_ outcomes: [Finding.Outcome]) -> [Annotation] {
    let causes = causes
    return mostSevere(outcomes).compactMap { Annotation($0, in: self, after: causes[$0.series]) }
  }

  private func annotation(_ finding: RuleFinding) -> Annotation {
    let rule: AnnotationRule =
      switch finding.outcome {
      case .over: .budget
      case .missing: .missing
      default: .budgetWarning
      }
    return Annotation(
      rule, rule.level, finding.sentence, lines: [finding.remedy].compactMap { $0 }, service: service,
      place: finding.rule.place, of: [finding.profile, finding.endpoint, finding.rule.text])
  }

  /// What a reviewer of the budgets should see: what the branch loosens, and what no limit speaks of.
  private var ofBudgets: [Annotation] {
    let loosened = (budgetReview?.rows ?? []).filter { $0.effect == .loosened }.map { row in
      Annotation(
        .budgetLoosened, .note, row.sentence, service: service, place: row.placeAfter,
        of: [row.what, row.reach ?? "", row.placeAfter?.file ?? row.placeBefore?.file ?? ""])
    }
    guard !unbudgeted.isEmpty else { return loosened }
    let names = unbudgeted.prefix(10).joined(separator: ", ") + (unbudgeted.count > 10 ? ", …" : "")
    let text = "\(counted(unbudgeted.count, unbudgetedNoun)) measured without a budget: \(names)"
    return loosened + [Annotation(.unbudgeted, .note, text, service: service, of: [])]
  }

  private func annotation(
    _ rule: AnnotationRule, _ level: Annotation.Level, _ waiver: Waiver, _ what: String
  ) -> Annotation {
    Annotation(
      rule, level, "waiver \(what): \(title(of: waiver))", service: service,
      place: waiver.place.line == 0 ? nil : waiver.place,
      of: [
        waiver.profile ?? "", waiver.endpoint, waiver.metric, waiver.statistic.rawValue, waiver.until,
        waiver.owner, waiver.reason,
      ])
  }

  /// The line a remark without a line of its own is put on, where a reader insists on one: the head of the first
  /// budget file, or of the one that would be.
  var fallbackPlace: Place {
    let file = findings.lazy.compactMap { $0.budget?.limit.writtenPlace?.file }.first
    return Place(file: file ?? "budgets/slo.yaml", line: 1, column: 1).ofRepository
  }
}
