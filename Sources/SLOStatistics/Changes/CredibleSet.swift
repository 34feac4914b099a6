internal import Glibc

/// The fewest places that hold a change with a probability of 95 %, and where it was placed: its highest posterior density set (Box & Tiao,
/// "Bayesian Inference in Statistical Analysis", 1973, section 2.8) where every place is as likely beforehand.
///
/// The likelihood is that of the two levels as they are estimated, tempered by the serial correlation of the values:
/// what takes so many correlated values to estimate says so much less about the place too.
struct CredibleSet {
  /// So many places each way of a change are weighed.
  static let reach = 12
  /// The probability it has at least.
  static let coverage = 0.95

  /// The places, the likeliest first, each with its probability.
  let suspects: [ChangePoint.Suspect]

  /// Collects the likeliest places.
  /// - Parameters:
  ///   - change: where it was placed, one of those that were weighed.
  ///   - inflation: as in ``SerialCorrelation/inflation``.
  init(of change: Int, _ placement: PlacementCosts, inflation: Double) {
    let lowest = placement.costs.min() ?? 0
    let weights = placement.costs.map { exp((lowest - $0) / inflation) }
    let total = weights.reduce(0, +)
    let ranked = zip(placement.first..., weights)
      .map { ChangePoint.Suspect(index: $0, probability: $1 / total) }
      .sorted { ($1.probability, $0.index) < ($0.probability, $1.index) }
    var held = 0.0
    let others = ranked.prefix { suspect in
      held += suspect.probability
      return held < CredibleSet.coverage
    }
    suspects =
      ranked.prefix(others.count + 1) + ranked.dropFirst(others.count + 1).filter { $0.index == change }
  }
}
