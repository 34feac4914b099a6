package import SLOModel
import SLOReaders

/// How soon a reader asks for a figure of an endpoint or a page: first what its users wait for, last how many samples
/// there were. The one order in which figures of an endpoint are listed.
package struct ReadingOrder: Comparable, Sendable {
  /// What kind of figure it is, in the order in which they are listed.
  package enum Kind: Int, Comparable, Sendable {
    /// One of the few that stand for an endpoint: p95, p99, med, error rate …, of a page LCP, CLS, TBT ….
    case key
    /// A figure with a limit of its own.
    case limited
    /// Any other, such as a trend of the script.
    case other
    /// A part of a request's time.
    case phase
    /// A minimum, a maximum, or a figure under its second name.
    case extreme
    /// A number of samples or events.
    case count

    /// By place in the list.
    package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// What kind of figure it is.
  package let kind: Kind
  private let place: Int
  private let series: Series

  /// The place of a series.
  /// - Parameter isLimited: whether it has a limit.
  package init(_ series: Series, isLimited: Bool = false) {
    let owner = MetricCatalogue.kind(of: series.metric) ?? series.kind
    let key = owner.display.readingOrder.firstIndex(of: series.figure)
    kind = key == nil ? ReadingOrder.kind(of: series, isLimited) : .key
    let statistic = ReadingOrder.statistics.firstIndex(of: series.statistic) ?? ReadingOrder.statistics.count
    let phase = RequestPhase(series)?.place ?? 0
    place = key ?? (kind == .other ? 0 : 10 * statistic + phase)
    self.series = series
  }

  /// The earlier in the list first; of one place by name.
  package static func < (left: Self, right: Self) -> Bool {
    if left.kind != right.kind { return left.kind < right.kind }
    if left.place != right.place { return left.place < right.place }
    if left.series.metric != right.series.metric { return left.series.metric < right.series.metric }
    if left.rank != right.rank { return left.rank < right.rank }
    return left.series < right.series
  }

  private var rank: Int {
    ReadingOrder.statistics.firstIndex(of: series.statistic) ?? ReadingOrder.statistics.count
  }

  private static func kind(of series: Series, _ isLimited: Bool) -> Kind {
    if isLimited { return .limited }
    switch series.statistic {
    case .count: return .count
    case .minimum, .maximum, .p50: return .extreme
    default: break
    }
    if MetricCatalogue.traits(of: series.metric)?.shape == .total { return .count }
    return RequestPhase(series) == nil ? .other : .phase
  }

  private static let statistics: [Statistic] = [.p95, .p99, .median, .p90, .average]
}

extension Finding {
  /// Its place among the figures of its endpoint.
  package var readingOrder: ReadingOrder {
    ReadingOrder(series, isLimited: budget != nil || relative != nil || script?.isCrossed == true)
  }
}

/// A part of a figure that is made of several, such as the phases of a request.
struct RequestPhase {
  /// Its place among the parts of its kind of evidence that are summed up.
  let place: Int

  /// - Returns: nil for any other metric. Tags are left aside.
  init?(_ series: Series) {
    let metric = MetricName.base(of: series.metric)
    let summed = series.kind.breakdowns.first { !$0.summands.isEmpty }
    guard let place = summed?.parts.firstIndex(where: { $0.metric == metric }) else { return nil }
    self.place = place
  }

  /// Whether a series is one of the parts that another is the sum of.
  static func isSummand(_ series: Series) -> Bool {
    series.kind.breakdowns.contains { $0.summands.contains(MetricName.base(of: series.metric)) }
  }
}
