import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

extension Explanation {
  /// Whether it may be noise, in words.
  var noise: NoiseWords {
    NoiseWords(finding: finding, past: past, policy: policy, obstacle: comparison?.obstacle)
  }
}

extension Verdict {
  /// Whether a finding may be noise, in words; nil where nothing is said against it.
  func noise(of finding: Finding) -> NoiseWords? {
    finding.past.map { past in
      let comparison = comparisons.first { $0.profile == finding.series.profile }
      return NoiseWords(finding: finding, past: past, policy: policy, obstacle: comparison?.obstacle)
    }
  }
}

/// Whether a finding may be noise, in one plain sentence. None of it is escaped.
struct NoiseWords {
  let finding: Finding
  let past: PastValues
  let policy: GatePolicy
  /// Why its profile was held against no history; nil where it was.
  let obstacle: String?

  /// `not noise: 20 deviations from 12 earlier commits, odds below 1 in 100`, or why it is not known.
  var sentence: String {
    guard finding.value != nil else { return "unknown: nothing was measured" }
    if finding.series.kind.judging.isExact { return "none: measured again, the same commit gives the same" }
    if let rise = riseSentence { return rise }
    if let drift = driftSentence { return drift }
    guard let judgement = finding.tested else { return untestedSentence }
    let distance = distance(judgement)
    switch finding.regression?.effect {
    case .suspect?: return "not known from one run: \(distance)\(oddsWords) for this figure alone"
    case .blocks? where finding.regression?.confirmation != nil:
      return "not noise: \(distance), and worse again in a second run"
    case .blocks?, .waived?: return "not noise: \(distance)\(oddsWords)"
    case .warns? where finding.regression?.outcome == .slower:
      return "probably not noise: \(distance)\(oddsWords) for this figure alone"
    default: return quietSentence(judgement)
    }
  }

  /// How far the value is from the earlier commits, in units of their scatter.
  private func distance(_ judgement: Judgement) -> String {
    let isPaired = finding.regression?.isPaired == true
    let commits = counted(judgement.references, isPaired ? "pair" : "earlier commit")
    guard let deviations = judgement.deviations else {
      return "\(commits) \(judgement.references == 1 ? "does" : "do") not differ among themselves"
    }
    let size = abs(deviations)
    let shown = size >= 1_000 ? "more than 1,000" : size >= 9.95 ? fixed(size, 0) : fixed(size, 1)
    return isPaired ? "\(shown) deviations of a pair, in \(commits)" : "\(shown) deviations from \(commits)"
  }

  /// The odds that such a value comes by chance; empty where they are better than one in two.
  private var oddsWords: String {
    guard let odds = finding.odds(policy),
      let rare = NoiseWords.rarities.first(where: { odds <= 1 / Double($0) })
    else {
      return ""
    }
    return ", odds below 1 in \(grouped(rare))"
  }

  /// No rarer odds are claimed: on real histories unchanged runs reach smaller ones about ten times as often as the test
  /// says.
  private static let rarities = [100, 50, 20, 10, 5, 2]

  /// Of a value that its test did not find to be worse.
  private func quietSentence(_ judgement: Judgement) -> String {
    let seen = finding.regression?.seenBefore ?? []
    if !seen.isEmpty {
      return "may be noise: \(listed(seen.map { String($0.prefix(10)) }, most: 3)) had such a value before"
    }
    let shift = judgement.commonFactor - 1
    if abs(shift) > policy.test.relativeFloor {
      return "may be the machine: all of this run moved by \(signedPercent(shift)), this figure no further"
    }
    let visible = judgement.detectable?.relative.map {
      "; minimum detectable effect \(percent($0)): smaller changes may pass unseen"
    }
    let lead = finding.regression?.outcome == .faster ? "better than before: " : "may be noise: "
    return "\(lead)\(distance(judgement))\(visible ?? "")"
  }

  /// Of a value that keeps rising, which a test of its own found.
  private var riseSentence: String? {
    guard finding.series.statistic == .growth, let rise = finding.value, rise > 0 else { return nil }
    return "probably not noise: chance gives such a rise in 5 of 100 runs, or 1 of 100 commits, at the most"
  }

  /// Of slow drift, which no single commit shows.
  private var driftSentence: String? {
    guard let creep = finding.creep, creep.outcome == .over, finding.regression?.effect != .blocks,
      let p = creep.judgement.p
    else { return nil }
    return "not noise: the level of the last commits has drifted since \(creep.anchor) (p\(probability(p)))"
  }

  // MARK: Where no test was made

  /// Why a value was not tested, and how many earlier commits had such a one.
  var untestedSentence: String {
    [sampleSentence ?? untestedReason.map { "unknown: \($0)" } ?? "unknown", resemblance]
      .compactMap(\.self).joined(separator: ". ")
  }

  /// Of a percentile of too few samples how many of them lie beyond it.
  private var sampleSentence: String? {
    guard case .fewSamples(let needed)? = finding.notCompared, let samples = samplesOfRun,
      let percentile = finding.series.statistic.percentile
    else { return nil }
    let statistic = finding.series.statistic
    let beyond = Double(samples) * (100 - percentile) / 100
    return
      "unknown: \(counted(samples, "sample")), of which \(NoiseWords.about(beyond)) beyond \(statistic);"
      + " \(statistic) is held against history from \(grouped(needed)) samples on"
  }

  /// The samples of one repetition.
  private var samplesOfRun: Int? {
    finding.samples.map { $0 / max(1, finding.repetitions.count) }
  }

  /// A number of samples that need not be whole: `2 or 3 lie`.
  private static func about(_ number: Double) -> String {
    let (low, high) = (Int(saturating: number.rounded(.down)), Int(saturating: number.rounded(.up)))
    if high <= 1 { return "at most 1 lies" }
    return low == high ? "\(low) lie" : "\(low) or \(high) lie"
  }

  /// How many of the earlier commits had such a value or a worse one.
  private var resemblance: String? {
    guard let asBad = past.asBad, past.commits > 0 else { return nil }
    let commits = counted(past.commits, "earlier commit")
    if past.commits == 1 { return "The \(commits.dropFirst(2)) had \(asBad == 0 ? "no" : "") such value" }
    return
      "\(asBad == 0 ? "None" : asBad == past.commits ? "All" : "\(asBad)") of \(commits) had such a value"
      + " or a worse one"
  }

  /// Why the series is not held against its history; nil where it is.
  var untestedReason: String? {
    let name = MetricCatalogue.label(of: finding.series.metric, finding.series.statistic)
    switch finding.notCompared {
    case .fewSamples(let needed)?:
      return "\(name) of \(counted(samplesOfRun ?? 0, "sample")) differs too much from run to run,"
        + " it is held against history from \(grouped(needed)) samples a run on"
    case .noDirection?:
      return "it is not known whether more or less of \(name) is better; a limit would say so"
    case .untracked?:
      return "\(name) is not among the figures that are held against history; a limit on it would change that"
    case .unmeasured?: return "it was not measured"
    case nil: return finding.tested == nil ? lackOfHistory : nil
    }
  }

  /// What there is too little of to test by.
  private var lackOfHistory: String {
    if let accepted = finding.regression?.unmeasuredLevel {
      return
        "a new level was accepted by \(accepted.by) on \(accepted.at.date), and no commit of it is measured yet"
    }
    if let obstacle { return obstacle }
    let needed = policy.test.minimumReferences
    let found = past.usual
    return found == 0
      ? "no earlier commit measured it; \(needed) are needed"
      : "\(counted(found, "comparable commit")), \(needed) are needed"
  }
}

/// A whole number with a comma between thousands: `10,000`.
func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  let parts = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
  return (number < 0 ? "-" : "") + parts.reversed().joined(separator: ",")
}

extension Finding {
  /// The statistics, where the value was tested against its history.
  var tested: Judgement? {
    regression?.judgement.flatMap { $0.p != nil && $0.typical != nil ? $0 : nil }
  }
}
