public import SLOBudgets
public import SLOModel

/// The outcome of a rule of the budgets for one profile and endpoint.
public struct RuleFinding: Sendable {
  /// The rule.
  public var rule: Rule
  /// The profile of its left figure.
  public var profile: String
  /// The endpoint, or `Series.wholeRun`.
  public var endpoint: String
  /// `ok`, `over`, `warn` or `missing`.
  public var outcome: Finding.Outcome
  /// The unit of every value here.
  public var unit: MetricUnit
  /// The left figure's value; nil where it is missing.
  public var value: Double?
  /// What it is held against: the rule's number, or the multiple of the right figure.
  public var bound: Double?
  /// The value of the right figure, and its profile, where it has one.
  public var other: (profile: String, value: Double)?
  /// What is missing, and what to do about it.
  public var remedy: String?

  /// The series of the left figure.
  public var series: Series {
    Series(profile: profile, endpoint: endpoint, metric: rule.left.metric, statistic: rule.left.statistic)
  }
}
