public import SLOModel
internal import SLOReaders

/// What happens when a limit does not hold.
public enum Severity: String, Sendable, Hashable {
  /// The release is blocked.
  case block
  /// The report warns.
  case warn
}

/// One bound on one statistic of one metric.
public struct Limit: Sendable, Hashable {
  /// The metric's name with normalised tags, as in `Series.metric`.
  public var metric: String
  /// The statistic.
  public var statistic: Statistic
  /// How a value has to compare with the bound.
  public var comparison: Comparison
  /// The bound in `unit`: finite, zero or more.
  public var bound: Double
  /// How the bound was computed, as it is written: `capacity(1e6/d, burst 20)`; nil where it is written itself.
  public var formula: String?
  /// The canonical unit; nil where the budget gives a number alone for a custom metric: it is then in the
  /// unit of the results.
  public var unit: MetricUnit?
  /// What happens when it does not hold.
  public var severity: Severity
  /// Whether a result without this series is good enough.
  public var isOptional: Bool
  /// Where it is written: its key.
  public var place: Place
  /// Who answers for it: the entry's owner, else the file's.
  public var owner: String?
  /// The key of the entry under `endpoints` or `pages` it comes from, `run` in that section; nil for a default.
  public var entry: String?

  /// Whether it comes from `defaults`: of an endpoint, such a limit asks for nothing the endpoint does
  /// not have.
  public var isDefault: Bool { entry == nil }

  /// Whether it is a default on a total (requests per second, bytes), of which an endpoint has a part only: it
  /// is for the run as a whole and does not reach endpoints.
  public var isOfTotals: Bool { isDefault && MetricCatalogue.traits(of: metric)?.shape == .total }

  /// Creates a limit.
  public init(
    metric: String, statistic: Statistic, comparison: Comparison, bound: Double, unit: MetricUnit?,
    severity: Severity = .block, isOptional: Bool = false, place: Place, owner: String? = nil,
    entry: String? = nil, formula: String? = nil
  ) {
    self.metric = metric
    self.statistic = statistic
    self.comparison = comparison
    self.bound = bound
    self.unit = unit
    self.severity = severity
    self.isOptional = isOptional
    self.place = place
    self.owner = owner
    self.entry = entry
    self.formula = formula
  }

  /// Whether a value keeps the limit.
  public func holds(_ value: Double) -> Bool { comparison.holds(value, bound: bound) }

  /// What limits are merged by: two of one key in one place replace each other, whatever their severity.
  struct Key: Hashable {
    var metric: String
    var statistic: Statistic
  }

  var key: Key { Key(metric: metric, statistic: statistic) }
}

extension Limit: Layered {}
