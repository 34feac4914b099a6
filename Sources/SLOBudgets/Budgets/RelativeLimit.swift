public import SLOModel
internal import SLOReaders

/// A bound on the change of one statistic against what is comparable: `p95: { max_increase: 5% }`.
///
/// What it is held against (the median of the comparable commits, or a run given) the gate decides. It is exact: an
/// increase of 5 % holds `max_increase: 5%`.
public struct RelativeLimit: Sendable, Hashable {
  /// The direction in which a change is bounded; the raw values are the keys of the language.
  public enum Change: String, Sendable, Hashable, CaseIterable {
    /// A growth is bounded: of what is better when lower.
    case increase = "max_increase"
    /// A decline is bounded: of what is better when higher.
    case decrease = "max_decrease"
  }

  /// The metric's name with normalised tags, as in `Series.metric`.
  public var metric: String
  /// The statistic.
  public var statistic: Statistic
  /// The direction that is bounded.
  public var change: Change
  /// The largest change that holds, as a share of the value it is held against: finite, zero or more; 0.05 is 5 %.
  public var bound: Double
  /// What happens when it does not hold.
  public var severity: Severity
  /// Whether a result without this series is good enough.
  public var isOptional: Bool
  /// Where it is written: the key `max_increase` or `max_decrease`, or the severity in it.
  public var place: Place
  /// Who answers for it: the entry's owner, else the file's.
  public var owner: String?
  /// The key of the entry under `endpoints` or `pages` it comes from, `run` in that section; nil for a default.
  public var entry: String?

  /// Creates a limit.
  public init(
    metric: String, statistic: Statistic, change: Change, bound: Double, severity: Severity = .block,
    isOptional: Bool = false, place: Place, owner: String? = nil, entry: String? = nil
  ) {
    self.metric = metric
    self.statistic = statistic
    self.change = change
    self.bound = bound
    self.severity = severity
    self.isOptional = isOptional
    self.place = place
    self.owner = owner
    self.entry = entry
  }

  /// Whether it comes from `defaults`.
  public var isDefault: Bool { entry == nil }

  /// Whether it is a default on a total, as `Limit.isOfTotals`.
  public var isOfTotals: Bool { isDefault && MetricCatalogue.traits(of: metric)?.shape == .total }

  /// Whether a change keeps the limit.
  /// - Parameters:
  ///   - value: the value measured.
  ///   - reference: the value it is held against, in the same unit.
  public func holds(_ value: Double, against reference: Double) -> Bool {
    let grown = change == .increase ? value - reference : reference - value
    return grown <= reference.magnitude * (bound + RelativeLimit.rounding)
  }

  /// What arithmetic on binary fractions may be off by, as a share: 0.315 is 5 % more than 0.3.
  private static let rounding = 1e-12

  /// As the language writes it, on one line: `max_increase: 5%`.
  public var text: String { "\(change.rawValue): \(BoundText.quantity(bound, .ratio))" }
}

extension RelativeLimit: Layered {
  /// What limits are merged by: a block and a warning of one key stay together.
  struct Key: Hashable {
    var metric: String
    var statistic: Statistic
    var change: Change
  }

  var key: Key { Key(metric: metric, statistic: statistic, change: change) }
}

/// What merges key by key: the more specific place goes before the other.
protocol Layered {
  associatedtype Key: Hashable
  var key: Key { get }
}

extension Array where Element: Layered {
  /// These limits, and of others those whose key is not among these.
  func layered(over others: [Element]) -> [Element] {
    if isEmpty || others.isEmpty { return self + others }
    let keys = Set(map(\.key))
    return self + others.filter { !keys.contains($0.key) }
  }
}

extension Budgets {
  /// Where the first bound on a change is written; nil where there is none.
  public var firstChangeLimit: Place? {
    let all = [defaults, wholeRun] + allEntries.map(\.limits)
    return all.flatMap { $0.relative.values.joined() }.map(\.place).min()
  }

  /// The effective bounds on the change of an endpoint, or of the run as a whole (`Series.wholeRun`), under a profile:
  /// resolved as `limits(profile:endpoint:endpointTag:)`, each by itself. A limit on the value does not replace one
  /// on the change. Totals under `defaults` are of the run as a whole alone.
  /// - Parameter endpointTag: the tag that named the endpoint, where known.
  public func relativeLimits(
    profile: String, endpoint: String, endpointTag: String? = nil
  ) -> [RelativeLimit] {
    let general = defaults.relativeLimits(for: profile)
    if endpoint == Series.wholeRun { return wholeRun.relativeLimits(for: profile).layered(over: general) }
    let own = entries(for: endpoint, tag: endpointTag, under: profile).reduce(into: [RelativeLimit]()) {
      limits, entry in
      limits = limits.layered(over: entry.limits.relativeLimits(for: profile))
    }
    return defaultsReachEndpoints ? own.layered(over: general.filter { !$0.isOfTotals }) : own
  }
}
