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
    guard let value = finding.value else { return "not measured. " + (finding.remedy ?? "") }
    var text = shown(value)
    if finding.repetitions.count > 1 {
      let all = finding.repetitions.map { quantity($0, finding.unit) }
      text += ", the median of \(all.count) repetitions: \(all.joined(separator: ", "))"
    }
    return text + sampleWords + ", at \(commit.shortSHA)"
  }

  /// The value, with as many digits as it takes to see on which side of its limit it is.
  private func shown(_ value: Double) -> String {
    finding.budget.map { quantity(value, finding.unit, besideLimit: $0.limit.bound) }
      ?? quantity(value, finding.unit)
  }

  /// How many samples the value is of, and of a rate how many of them hit.
  private var sampleWords: String {
    guard let samples = finding.samples else { return "" }
    if let hits = finding.hits { return ", \(grouped(hits)) of \(grouped(samples))" }
    return ", from \(grouped(samples)) \(samples == 1 ? "sample" : "samples")"
  }

  /// Each limit on the series, what it does and where it is written; one that says so where there is none.
  var limitSentences: [String] {
    let all = limits.map(sentence) + [relativeSentence, scriptSentence].compactMap(\.self)
    return all.isEmpty ? ["none on this figure" + (finding.owner.map { "; \($0) owns it" } ?? "")] : all
  }

  private func sentence(_ limit: Limit) -> String {
    let bound = limit.boundWords(finding.unit)
    let place = limit.origin
    let entry = limit.entry.map { " under '\($0)'" } ?? ""
    return "\(bound), \(effect(limit.severity)), \(place)\(entry)\(ownership(limit.owner))"
  }

  /// The limit that decides and where it is written; where that is another kind of limit, these.
  var shortLimitSentences: [String] {
    let others = [relativeSentence, scriptSentence].compactMap(\.self)
    guard let limit = finding.budget?.limit else { return others.isEmpty ? limitSentences : others }
    let bound = limit.boundWords(finding.unit)
    let effect = limit.severity == .block ? "" : ", only warns"
    let owner = (limit.owner ?? finding.owner).map { " (\($0))" } ?? ""
    let place = limit.origin
    return ["\(bound)\(effect): \(place)\(owner)"] + others
  }

  /// A limit on the change.
  private var relativeSentence: String? {
    finding.relative.map { relative in
      let limit = relative.limit
      let change = relative.change.map { "; it is \(signedPercent($0))" } ?? ""
      return "\(limit.change.rawValue) \(percent(limit.bound))\(change), \(effect(limit.severity)),"
        + " \(limit.place.file):\(limit.place.line)\(ownership(limit.owner))"
    }
  }

  /// The thresholds of the tool's own script.
  private var scriptSentence: String? { finding.script.flatMap { $0.isCrossed ? $0.sentence : nil } }

  private func effect(_ severity: Severity) -> String { severity == .block ? "blocks" : "warns" }

  private func ownership(_ owner: String?) -> String { owner.map { ", owned by \($0)" } ?? "" }

  /// How the value compares with what is typical, or why it is not known.
  var historySentence: String {
    guard let judgement = tested, let typical = judgement.typical else {
      return [untestedFigures, noise.untestedReason.map { "not tested: \($0)" }].compactMap(\.self)
        .joined(separator: "; ")
    }
    let usual =
      judgement.noise.map { quantity(typical, finding.unit, noise: $0) } ?? quantity(typical, finding.unit)
    let change = judgement.change?.relative.map { "; now \(signedPercent($0))" } ?? ""
    let deviations = judgement.deviations.map { ", \(significant(abs($0))) MAD from it" } ?? ""
    return
      "typical \(usual) (\(scatterWords) of \(counted(judgement.references, isPaired ? "pair" : "commit")))\(change)\(deviations)"
  }

  /// Whether it was held against a base of the same job.
  private var isPaired: Bool { finding.regression?.isPaired == true }

  private var scatterWords: String { isPaired ? "median of the base ± deviation" : "median ± 1.4826 MAD" }

  /// What earlier commits had, and how far the value is from it, without the statistics.
  var beforeSentence: String {
    guard let judgement = tested, let typical = judgement.typical else {
      return untestedFigures ?? noise.untestedReason ?? "nothing to compare with"
    }
    let usual =
      judgement.noise.map { quantity(typical, finding.unit, noise: $0) } ?? quantity(typical, finding.unit)
    let change = judgement.change?.relative.map { "; now \(signedPercent($0))" } ?? ""
    return
      "typical \(usual) in \(counted(judgement.references, isPaired ? "run of the base" : "earlier commit", plural: isPaired ? "runs of the base" : nil))\(change)"
  }

  /// What the references of a series have that was not tested; nil where there are none.
  private var untestedFigures: String? {
    guard let usual, let low = usual.values.first, let high = usual.values.last else { return nil }
    let change = finding.value.flatMap { value in
      usual.median == 0 ? nil : "; now \(signedPercent((value - usual.median) / abs(usual.median)))"
    }
    return
      "typical \(quantity(usual.median, finding.unit)) (median of \(counted(usual.values.count, "earlier commit")),"
      + " \(quantity(low, finding.unit)) to \(quantity(high, finding.unit)))\(change ?? "")"
  }

  /// The statistics, where the value was tested against its history.
  var tested: Judgement? { finding.tested }

  /// What the test says; nil where there was none.
  var testSentence: String? {
    guard let judgement = tested else { return nil }
    var text = "p\(probability(judgement.p ?? 1)) alone"
    if let q = judgement.q {
      text += ", q\(probability(q)) among \(counted(compared, "series", plural: "series"))"
    }
    if let limit = judgement.limit { text += "; alarms beyond \(quantity(limit, finding.unit))" }
    let rate = "Holm's rule at a nominal \(percent(policy.test.familyErrorRate))"
    switch finding.regression?.effect {
    case .suspect?: text += "; suspect: a second run decides"
    case .blocks? where finding.regression?.confirmation != nil:
      text += "; worse again in the second run, so it blocks"
    case .blocks?: text += "; confirmed by \(rate), so it blocks"
    case .warns? where finding.regression?.unaccepted?.isInherited == true:
      text += "; \(reference) has it already, so it warns"
    case .waived?: text += "; confirmed by \(rate), and waived"
    case .warns? where finding.regression?.confirmation != nil:
      text += "; not confirmed by the second run, so it warns"
    case .warns?: text += "; not confirmed by \(rate), so it warns"
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
      case .confirmed: "the change-point search confirms it" + (level.suspects?.others(than: since.sha) ?? "")
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

  /// How the level compares with the pinned anchor; nil where there is none.
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
        "; no number of repetitions shows \(target): runs differ among themselves. Look for a calmer machine."
      case .tooMany?: "; \(target) would take more than \(RepetitionAdvice.most) repetitions of every run."
      case .unsure?: "; too little was repeated to know how many repetitions would show \(target)."
      case .nothingRepeated?:
        "; how many repetitions would show \(target) is not known, for nothing was ever repeated. Try 3."
      case nil: "."
      }
    return "minimum detectable effect \(percent(detectable)): smaller changes may pass unseen\(more)"
  }

  /// Whether it came with the commit judged.
  var noveltySentence: String {
    switch novelty {
    case .new: return "new with this change: no earlier commit is like it"
    case .known(let since) where finding.regression?.unaccepted != nil:
      return
        "not new: \(reference) has been like this since \(since.sha.prefix(10)) of \(since.time.date), which was"
        + " blocked for it and not accepted"
    case .known(let since):
      return "not new: \(reference) has been like this since \(since.sha.prefix(10)) of \(since.time.date)"
        + (levelSuspects?.others(than: since.sha) ?? "")
    case .seenBefore(let commits):
      let names = commits.prefix(3).map { String($0.prefix(10)) }.joined(separator: ", ")
      return "not new: \(names) showed such a value before, which blocked nothing"
    case .unchanged: return "no: it is like its references"
    case .unknown where finding.value == nil: return measuredSentence
    case .unknown: return likelihood ?? noise.untestedSentence
    }
  }

  /// Whether a value that was not tested is likely to be new; nil where one earlier commit or none is known.
  private var likelihood: String? {
    if tested != nil { return "unknown: it is within the noise of earlier commits" }
    guard let asBad, references.count > 1 else { return nil }
    return (asBad == 0 ? "probably new with this change" : "hardly new") + "; it was not tested"
  }

  /// When a figure that is missing now was measured last.
  private var measuredSentence: String {
    guard let last = references.last else { return "no earlier commit that is known here measured it" }
    return
      "\(counted(references.count, "earlier commit")) measured it, last \(last.commit.sha.prefix(10)) of"
      + " \(last.commit.time.date)"
  }

  /// The waivers on the series.
  var waiverSentences: [String] {
    waivers.map {
      "until \($0.until), up to \(quantity($0.bound, finding.unit)), \($0.owner): \($0.reason) (\($0.place))"
    }
  }
}
