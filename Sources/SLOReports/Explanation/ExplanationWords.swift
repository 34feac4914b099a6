import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics

/// What every rendering says of a finding, each in its own layout. None of it is escaped.
extension Explanation {
  /// Whose check it is: of several services or sizings one was chosen.
  var subjectSentence: String {
    let sizing = words(of: environment)
    return "service \(service), " + (sizing.isEmpty ? "environment unknown" : sizing.joined(separator: " · "))
  }

  /// What was measured: `540 ms, the median of 3 repetitions: …, at 9f3c1ab04d`.
  var valueSentence: String {
    guard let value = finding.value else { return "not measured. " + (finding.budget?.remedy ?? "") }
    var text = quantity(value, finding.unit)
    if finding.repetitions.count > 1 {
      let all = finding.repetitions.map { quantity($0, finding.unit) }
      text += ", the median of \(all.count) repetitions: \(all.joined(separator: ", "))"
    }
    if let samples = finding.samples { text += ", from \(counted(samples, "sample"))" }
    return text + ", at \(commit.shortSHA)"
  }

  /// Each limit on the series, what it does and where it is written; one that says so where there is none.
  var limitSentences: [String] {
    limits.isEmpty ? ["none: the series has no budget"] : limits.map(sentence)
  }

  private func sentence(_ limit: Limit) -> String {
    let bound = "\(limit.comparison.rawValue) \(quantity(ofLimit: limit.bound, finding.unit))"
    let place = limit.writtenPlace.map { "\($0.file):\($0.line)" } ?? "default limit"
    let owner = limit.owner.map { ", owned by \($0)" } ?? ""
    let entry = limit.entry.map { " under '\($0)'" } ?? ""
    let effect = limit.severity == .block ? "blocks" : "warns"
    return "\(bound), \(effect), \(place)\(entry)\(owner)"
  }

  /// How the value stands to what is typical, or why nobody can say.
  var historySentence: String {
    guard let regression = finding.regression else {
      return [untestedFigures, "not tested: \(untestedReason)"].compactMap { $0 }.joined(separator: "; ")
    }
    guard let judgement = tested, let typical = judgement.typical else {
      let obstacle = comparison?.obstacle ?? "\(references.count) comparable commits"
      let accepted = regression.level?.acceptance.map {
        "a new level, accepted by \($0.by) on \($0.at.date): \($0.reason)"
      }
      return accepted
        ?? "nothing to judge by: \(obstacle); regressions are judged from \(policy.test.minimumReferences) commits on"
    }
    let usual =
      judgement.noise.map { quantity(typical, finding.unit, noise: $0) } ?? quantity(typical, finding.unit)
    let change = judgement.change?.relative.map { "; now \(signedPercent($0))" } ?? ""
    let deviations = judgement.deviations.map { ", \(significant(abs($0))) MAD from it" } ?? ""
    return
      "typical \(usual) (median ± 1.4826 MAD of \(counted(judgement.references, "commit")))\(change)\(deviations)"
  }

  /// What the references of a series have that was not tested; nil where there are none.
  private var untestedFigures: String? {
    guard let usual, let low = usual.values.first, let high = usual.values.last else { return nil }
    return
      "typical \(quantity(usual.median, finding.unit)) (median of \(counted(usual.values.count, "commit")),"
      + " \(quantity(low, finding.unit)) to \(quantity(high, finding.unit)))"
  }

  /// Why the series is not held against its history.
  var untestedReason: String {
    let name = MetricLabel.text(finding.series.metric, finding.series.statistic)
    switch finding.notCompared {
    case .fewSamples(let needed)?:
      return "\(name) of \(counted(finding.samples ?? 0, "sample")) differs too much from run to run,"
        + " it is held against the history from \(needed) samples a run on"
    case .noDirection?: return "nobody says whether more or less of it is better; a limit would say so"
    case .untracked?:
      return
        "\(name) is not among the figures that are held against the history; a limit on it would change that"
    case .unmeasured?: return "it was not measured"
    case nil: return "there is too little comparable history"
    }
  }

  /// What the references say of a value that was not tested.
  private var untestedSentence: String {
    guard finding.notCompared != nil else { return "nobody can say: there is too little comparable history" }
    let count = references.count
    guard let asBad, count > 0 else { return "not tested: \(untestedReason)" }
    return
      "not tested; \(asBad == 0 ? "none" : "\(asBad)") of \(counted(count, "commit")) had such a value or a worse one"
  }

  /// The statistics, where the value was tested against its history.
  var tested: Judgement? {
    finding.regression?.judgement.flatMap { $0.p != nil && $0.typical != nil ? $0 : nil }
  }

  /// What the test says; nil where there was none.
  var testSentence: String? {
    guard let judgement = tested else { return nil }
    var text = "p\(probability(judgement.p ?? 1)) alone"
    if let q = judgement.q {
      text += ", q\(probability(q)) among \(counted(compared, "series", plural: "series"))"
    }
    if let limit = judgement.limit { text += "; alarms beyond \(quantity(limit, finding.unit))" }
    let rate = percent(policy.test.familyErrorRate)
    switch finding.regression?.effect {
    case .blocks?: text += "; confirmed by Holm's rule at \(rate), so it blocks"
    case .warns? where finding.regression?.unaccepted?.isInherited == true:
      text += "; \(reference) has it already, so it warns"
    case .waived?: text += "; confirmed by Holm's rule at \(rate), and waived"
    case .warns?: text += "; not confirmed by Holm's rule at \(rate), so it warns"
    default: break
    }
    return text
  }

  /// Since when the references have their level; nil where all of them are of one.
  var levelSentence: String? {
    guard tested != nil, let level = finding.regression?.level else { return nil }
    guard let since = level.since else { return "none of the references is at the accepted level yet" }
    let change = level.change.map { " (\(signedPercent($0)) there)" } ?? ""
    let ground =
      switch level.ground {
      case .accepted(let acceptance):
        "accepted by \(acceptance.by) on \(acceptance.at.date): \(acceptance.reason)"
      case .confirmed: "the change-point search confirms it"
      case .likely: "the next runs may take it back"
      case .blocked: "blocked there, not accepted"
      }
    return "since \(since.sha.prefix(10)) of \(since.time.date)\(change); \(ground)"
  }

  /// What moved all of the run; nil where nothing did.
  var hostSentence: String? {
    guard let judgement = tested, abs(judgement.commonFactor - 1) > 0.01 else { return nil }
    let factor = signedPercent(judgement.commonFactor - 1)
    return "all of this run moved by \(factor); it was taken out before the test"
  }

  /// How the level stands to the pinned anchor; nil where there is none.
  var creepSentence: String? {
    guard let creep = finding.creep, let typical = creep.judgement.typical else { return nil }
    let change = creep.judgement.change?.relative.map { ": \(signedPercent($0))" } ?? ""
    let p = creep.judgement.p.map { ", p\(probability($0))" } ?? ", too few commits up to it to judge"
    return
      "level \(quantity(creep.value, finding.unit)), \(quantity(typical, finding.unit)) at \(creep.anchor)\(change)"
      + " (\(percent(creep.maximum)) allowed\(p))"
  }

  /// What could be seen at all, and what it would take to see more; nil where nothing was tested.
  var noiseSentence: String? {
    guard let detectable = finding.regression?.judgement?.detectable?.relative else { return nil }
    let target = percent(RepetitionAdvice.target)
    let more =
      switch advice {
      case .repetitions? where detectable <= RepetitionAdvice.target: "."
      case .repetitions(let count)?: "; with \(count) repetitions of every run, \(target)."
      case .betweenRuns?:
        "; no number of repetitions shows \(target): runs differ among themselves. Look for a calmer host."
      case .tooMany?: "; \(target) would take more than \(RepetitionAdvice.most) repetitions of every run."
      case .unsure?: "; too little was repeated to say how many repetitions would show \(target)."
      case .nothingRepeated?:
        "; nothing was ever repeated, so nobody can say how many repetitions would show \(target). Try 3."
      case nil: "."
      }
    return "the smallest change visible here is \(percent(detectable))\(more)"
  }

  /// Whether it may be noise.
  var chanceSentence: String {
    guard finding.value != nil else { return "nobody can say: there is no value" }
    guard let judgement = tested, let p = judgement.p else { return untestedSentence }
    let evidence = [
      judgement.deviations.map {
        "\(significant(abs($0))) MAD from \(counted(judgement.references, "commit"))"
      },
      "q\(probability(judgement.q ?? p))",
    ].compactMap { $0 }.joined(separator: ", ")
    switch finding.regression?.effect {
    case .blocks?, .waived?: return "no: \(evidence)"
    case .warns?: return "hardly: \(evidence)"
    default:
      let visible = judgement.detectable?.relative.map { "; a change shows from \(percent($0))" } ?? ""
      return "it may be: \(evidence)\(visible)"
    }
  }

  /// Whether it came with the commit judged.
  var noveltySentence: String {
    switch novelty {
    case .new: return "new with this change: no reference is like it"
    case .known(let since) where finding.regression?.unaccepted != nil:
      return
        "not new: \(reference) has been like this since \(since.sha.prefix(10)) of \(since.time.date), which was"
        + " blocked for it and not accepted"
    case .known(let since):
      return "not new: \(reference) has been like this since \(since.sha.prefix(10)) of \(since.time.date)"
    case .seenBefore(let commits):
      let names = commits.prefix(3).map { String($0.prefix(10)) }.joined(separator: ", ")
      return "not new: \(names) showed such a value before, which blocked nothing"
    case .unchanged: return "no: it is like its references"
    case .unknown where finding.regression?.unmeasuredLevel != nil:
      return "nobody can say: no commit of the accepted level is measured yet"
    case .unknown: return untestedSentence
    }
  }

  /// The waivers on the series.
  var waiverSentences: [String] {
    waivers.map {
      "until \($0.until), up to \(quantity($0.bound, finding.unit)), \($0.owner): \($0.reason) (\($0.place))"
    }
  }
}
