public import SLOModel

/// A relation between two figures of a check (`spike.p95 <= 3 * baseline.p95`), or of one with a number
/// (`vus_max >= 500`).
public struct Rule: Sendable, Hashable {
  /// A figure of a profile, of whatever endpoints have it.
  public struct Figure: Sendable, Hashable {
    /// The profile; nil for each one that is measured: of the kind that has the metric.
    public var profile: String?
    /// The metric's name with normalised tags, as in `Series.metric`.
    public var metric: String
    /// The statistic.
    public var statistic: Statistic
    /// The kind of evidence that has it.
    public var kind: EvidenceKind
  }

  /// What the left figure has to compare with.
  public enum Side: Sendable, Hashable {
    /// A number in a unit, as in `Limit.unit`.
    case number(Double, MetricUnit?)
    /// A multiple of another figure of the same endpoint.
    case multiple(Double, of: Figure)
  }

  /// As it was written.
  public var text: String
  /// The figure that is bounded.
  public var left: Figure
  /// How it has to compare with the right side.
  public var comparison: Comparison
  /// What it is bounded by.
  public var right: Side
  /// What happens when it does not hold.
  public var severity: Severity = .block
  /// Whether results without one of the figures are good enough.
  public var isOptional = false
  /// Who answers for it: its own owner, else the file's.
  public var owner: String?
  /// Where it is written.
  public var place: Place

  /// The figures it speaks of.
  public var figures: [Figure] {
    if case .multiple(_, of: let other) = right { return [left, other] }
    return [left]
  }

  /// What makes two rules the same one, were their number another: both figures and the way they are compared.
  public var relation: [String] {
    figures.map { "\($0.profile ?? "")\0\($0.metric)\0\($0.statistic)" }
      + [comparison.isUpper ? "at most" : "at least"]
  }

  /// The number on its right side: a bound in its unit, or the multiple allowed.
  public var bound: Double {
    switch right {
    case .number(let number, _), .multiple(let number, of: _): number
    }
  }
}
