package import SLOModel
import SLOReaders
import SLOStatistics

/// The runs of a base that was measured in turn with the runs judged, in one job, as pairs: the first of either side,
/// the second of either, and so on, of each profile and page.
package struct PairedRuns: Sendable {
  private typealias Values = [Series: MetricValue]
  private var pairs: [String: [(base: Values, candidate: Values)]] = [:]

  /// Pairs runs up. A run without traffic leaves its pair out.
  init(_ candidates: [Run], base: [Run]) {
    guard !base.isEmpty else { return }
    let sides = [base, candidates].map { runs in
      Dictionary(grouping: runs, by: repetitionKey).mapValues { $0.map(PairedRuns.values) }
    }
    for (key, runs) in Dictionary(grouping: base, by: repetitionKey).sorted(by: { $0.key < $1.key }) {
      pairs[runs[0].profile, default: []] += zip(sides[0][key] ?? [], sides[1][key] ?? []).map { ($0, $1) }
    }
  }

  /// How many pairs a profile has; 0 for one that is held against its history.
  func count(of profile: String) -> Int { pairs[profile]?.count ?? 0 }

  /// The values of a series, pair by pair; nil where its profile has no pairs, or the base measured another unit.
  func series(_ series: Series, better: Direction, floor: Double) -> PairedSeries? {
    guard let pairs = pairs[series.profile] else { return nil }
    let values = pairs.compactMap { pair -> (base: MetricValue, candidate: MetricValue)? in
      guard let base = pair.base[series], let candidate = pair.candidate[series], base.unit == candidate.unit
      else { return nil }
      return (base, candidate)
    }
    return PairedSeries(
      base: values.map(\.base.value), candidate: values.map(\.candidate.value),
      kind: PairedRuns.kind(values.map(\.base), values.map(\.candidate)),
      better: better == .lower ? .lower : .higher, absoluteFloor: floor)
  }

  private static func kind(_ base: [MetricValue], _ candidate: [MetricValue]) -> Candidate.Kind {
    switch base.first?.unit {
    case .ratio?:
      let trials = [base, candidate].map { $0.compactMap(\.samples) }
      guard trials[0].count == base.count, trials[1].count == candidate.count else { return .share(nil) }
      return .share(Candidate.Trials(references: trials[0], candidate: trials[1]))
    case .score?: return .bounded
    default: return .positive
    }
  }

  private static func values(of run: Run) -> Values {
    guard run.reading.failure == nil else { return [:] }
    return Dictionary(run.reading.measurements.map { ($0.series, $0) }) { first, _ in first }
  }

  /// Why runs cannot be paired up, in words; nil where they can.
  package static func mismatch(_ candidates: [Run], base: [Run]) -> String? {
    let known = Set(candidates.map(\.reading.source.sha256))
    if let same = base.first(where: { known.contains($0.reading.source.sha256) }) {
      return "\(same.reading.source.path): the result is one of the candidate's own"
    }
    let counts = Dictionary(grouping: candidates, by: repetitionKey).mapValues(\.count)
    for (key, runs) in Dictionary(grouping: base, by: repetitionKey).sorted(by: { $0.key < $1.key })
    where runs.count != counts[key] ?? 0 {
      return
        "\(key): \(runs.count) result\(runs.count == 1 ? "" : "s") of the base and \(counts[key] ?? 0) of the candidate;"
        + " give as many of each, in the order in which they ran"
    }
    return nil
  }
}

/// Series held against a base of the same job in place of the history.
extension RegressionJudgement {
  /// Judges the series of profiles that have pairs, as one family of tests. No host factor is taken out: both runs of a
  /// pair had the same host. One step decides: the pairs are what a second run would be.
  mutating func judgePairs(_ series: [Series]) {
    var family: [PairedSeries] = []
    var places: [PairedSeries: Int] = [:]
    var members: [(series: Series, place: Int)] = []
    for series in series {
      guard let observed = evaluation.candidates[series],
        let better = evaluation.direction(of: observed.measurement),
        let paired = evaluation.plan.paired.series(
          series, better: better, floor: evaluation.policy.floor(of: series, unit: observed.measurement.unit))
      else { continue }
      // The same figures under several names are one test.
      let place = places[paired] ?? family.count
      if place == family.count { family.append(paired) }
      places[paired] = place
      members.append((series, place))
    }
    let judgements = PairedTest(policy: evaluation.policy.test).judge(family)
    for (series, place) in members { findings[series] = pairedFinding(series, judgements[place]) }
  }

  private func pairedFinding(_ series: Series, _ judgement: Judgement) -> RegressionFinding {
    let (outcome, effect) = meaning(of: judgement, isConfirmed: true)
    let waiver = effect == .blocks ? evaluation.waiver(ofRegression: series) : nil
    return RegressionFinding(
      outcome: outcome, effect: waiver == nil ? effect : .waived, judgement: judgement, seenBefore: [],
      references: judgement.references, waiver: waiver, isPaired: true)
  }
}
