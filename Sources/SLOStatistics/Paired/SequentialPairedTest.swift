internal import Glibc

/// Decides after every further pair of runs whether more of them are needed: most changes show after a few, and most
/// unchanged builds are clear after a few.
///
/// A series is *worse* once its one-sided p-value is within its share of the family's error rate at this look
/// (`GroupSequentialBounds`, Bonferroni over the series) and its change beyond the floor; it is *clear* once the upper
/// end of its one-sided 95 % interval is below the margin.
///
/// ```swift
/// let test = SequentialPairedTest(series: 25)
/// while test.decision(after: pairs) == .undecided { pairs = measureOnePairMore() }
/// ```
public struct SequentialPairedTest: Sendable {
  /// What the pairs so far come to.
  public enum Decision: Sendable, Hashable {
    /// One more pair is needed.
    case undecided
    /// The series at these places are worse; nothing more can change that.
    case worse([Int])
    /// No series can be worse by the margin or more.
    case clear
    /// The most pairs were measured, and some series is neither worse nor clear.
    case exhausted
  }

  /// Floors, and the error rate of the family.
  public let policy: RegressionPolicy
  /// The most pairs: 10 unless said otherwise.
  public let mostPairs: Int
  /// The change that every series must be shown to be below, as a share: 5 % unless said otherwise.
  public let margin: Double

  private static let confidence = 0.95
  /// The p-value at which a series is worse, by the number of pairs from 1 on.
  private let bounds: [Double]

  /// Creates a test.
  /// - Parameters:
  ///   - series: how many series are judged, at most: they share the error rate.
  ///   - mostPairs: 2 or more; fewer are taken as 2.
  ///   - margin: above 0.
  public init(
    series: Int, policy: RegressionPolicy = RegressionPolicy(), mostPairs: Int = 10, margin: Double = 0.05
  ) {
    (self.policy, self.mostPairs, self.margin) = (policy, max(PairedTest.fewestPairs, mostPairs), margin)
    bounds =
      GroupSequentialBounds(
        errorRate: policy.familyErrorRate / Double(max(1, series)), most: self.mostPairs
      ).nominal
  }

  /// What the pairs so far come to. It must be asked after every pair from the second on: the error rate is that of a
  /// test which ends at the first decision.
  /// - Parameter family: all series, of the same pairs each. Those of shares, scores and of fewer pairs than others are
  ///   left to the test of the whole, once the last pair is measured.
  public func decision(after family: [PairedSeries]) -> Decision {
    let pairs = family.map(\.pairs.count).max() ?? 0
    guard pairs >= PairedTest.fewestPairs else { return .undecided }
    let differences = family.map { series in
      series.pairs.count == pairs ? PairedDifference(of: series, policy: policy) : nil
    }
    let judged = differences.indices.filter { differences[$0]?.isRelative == true }
    guard !judged.isEmpty else { return pairs < mostPairs ? .undecided : .exhausted }
    let prior = PairedTest.prior(of: judged.compactMap { differences[$0] })
    let bound = bounds[min(pairs, mostPairs) - 1]
    let worse = judged.filter { index in
      differences[index].map { $0.mean > 0 && !$0.isTooSmall && $0.tail(prior: prior) <= bound } ?? false
    }
    if !worse.isEmpty { return .worse(worse) }
    let areClear = judged.allSatisfy { index in
      differences[index].map { isClear($0, prior) } ?? false
    }
    if areClear { return .clear }
    return pairs < mostPairs ? .undecided : .exhausted
  }

  private func isClear(_ difference: PairedDifference, _ prior: ScalePrior) -> Bool {
    let error = difference.error(prior)
    let reach = error.student.quantile(upperTail: 1 - SequentialPairedTest.confidence) * error.standard
    return difference.mean + reach < log1p(margin)
  }
}
