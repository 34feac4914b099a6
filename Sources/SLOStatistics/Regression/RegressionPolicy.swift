/// How a change against the history is judged. The defaults were calibrated by simulation
/// (`Benchmarks/Statistics`).
public struct RegressionPolicy: Sendable, Hashable {
  /// The share of false alarms one series' own test accepts.
  public var alpha = 0.01
  /// The p-value above which a series never warns, whatever its family says.
  public var warnAlpha = 0.02
  /// The relative change below which nothing is a finding.
  public var relativeFloor = 0.03
  /// How many references are looked back on.
  public var window = 30
  /// Fewer references than this are `insufficient`; never below 2.
  public var minimumReferences = 4
  /// The chance of one false blocking alarm in a whole check (Holm).
  public var familyErrorRate = 0.05
  /// The share of false ones among the warnings of a check (Benjamini–Hochberg).
  public var falseDiscoveryRate = 0.20

  /// The p-value up to which the own test of a series that was found worse before says that it still is: nothing is
  /// searched for, so the error rate of a family is that of one. Among several such series Holm's rule decides.
  public var retestAlpha: Double { max(alpha, familyErrorRate) }

  /// A change of exactly a floor is no finding, however its digits were rounded on the way.
  static let floorTolerance = 1 + 1e-9

  /// Creates the default policy.
  public init() {}

  /// The p-value up to which a series is told of among so many that are judged together, whatever the others say:
  /// its own test fires, and already the first step of Benjamini and Hochberg's rule, or of Holm's, confirms it.
  /// What the others say can only raise it.
  func alpha(among count: Int, isRetest: Bool = false) -> Double {
    let count = Double(max(1, count))
    return isRetest
      ? min(retestAlpha, familyErrorRate / count)
      : min(alpha, max(familyErrorRate / count, min(warnAlpha, falseDiscoveryRate / count)))
  }
}
