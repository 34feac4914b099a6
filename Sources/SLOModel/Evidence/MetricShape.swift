/// What figures a metric has: a distribution has percentiles, a share one rate.
///
/// The shapes that several kinds of evidence share are here; a kind with figures of its own defines its shape next to
/// its metrics.
///
/// ```swift
/// let audit = MetricShape("audit", [.value, .score], sole: .value, units: [.score: .score])
/// ```
public struct MetricShape: Sendable {
  /// What distinguishes it from the others.
  public let name: String
  /// Its statistics, in the order in which messages list them; of a distribution a choice of its percentiles.
  public let statistics: [Statistic]
  /// Whether it has every percentile besides `statistics`.
  public let hasPercentiles: Bool
  /// The statistic that is meant where a metric is named alone; nil where one has to be named.
  public let sole: Statistic?
  /// The statistics that are held against the history where no budget names the metric.
  public let tracked: [Statistic]
  private let units: [Statistic: MetricUnit]
  private let directions: [Statistic: Direction?]

  /// Defines a shape.
  /// - Parameters:
  ///   - units: the units of statistics that do not have their metric's.
  ///   - directions: which way such statistics are better; nil where neither way is.
  public init(
    _ name: String, _ statistics: [Statistic], hasPercentiles: Bool = false, sole: Statistic? = nil,
    tracked: [Statistic] = [], units: [Statistic: MetricUnit] = [:], directions: [Statistic: Direction?] = [:]
  ) {
    (self.name, self.statistics, self.hasPercentiles) = (name, statistics, hasPercentiles)
    (self.sole, self.tracked, self.units, self.directions) = (sole, tracked, units, directions)
  }

  /// Samples of which average and percentiles are known.
  public static let distribution = MetricShape(
    "distribution", [.p95, .p99, .average, .minimum, .median, .maximum, .count], hasPercentiles: true,
    tracked: [.median, .p95], units: [.count: .count], directions: [.count: Direction?.none])
  /// A share of trials, between 0 and 1.
  public static let share = MetricShape(
    "share", [.rate], sole: .rate, tracked: [.rate], units: [.rate: .ratio])
  /// A running total, and what it grows by in a second.
  public static let total = MetricShape(
    "total", [.count, .rate], tracked: [.rate], units: [.rate: .perSecond])
  /// A value that goes up and down: the last one, and its extremes.
  public static let level = MetricShape(
    "level", [.value, .minimum, .maximum], sole: .value, tracked: [.value, .minimum, .maximum])
  /// One value.
  public static let figure = MetricShape("figure", [.value], sole: .value, tracked: [.value])
  /// A number of things.
  public static let tally = MetricShape("tally", [.count], sole: .count, units: [.count: .count])

  /// Whether a metric of this shape has a statistic.
  public func has(_ statistic: Statistic) -> Bool {
    hasPercentiles && statistic.percentile != nil || statistics.contains(statistic)
  }

  /// The unit of a statistic of a metric in `unit`.
  func unit(of statistic: Statistic, in unit: MetricUnit) -> MetricUnit { units[statistic] ?? unit }

  /// Which way a statistic is better, of a metric that is better in one direction.
  func better(of statistic: Statistic, by direction: Direction?) -> Direction? {
    directions[statistic] ?? direction
  }
}

extension MetricShape: Hashable {
  /// Two shapes of one name are the same.
  public static func == (left: MetricShape, right: MetricShape) -> Bool { left.name == right.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
