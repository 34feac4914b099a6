/// One series as a base and a candidate measured it in turn, in one job.
///
/// ```swift
/// let series = PairedSeries(base: [101, 99, 100, 102, 98], candidate: [112, 109, 111, 113, 110])
/// if PairedTest().judge(series).outcome == .worse { print("slower on the same machine") }
/// ```
public struct PairedSeries: Sendable, Hashable {
  /// What the base measured, one value a run, in the order of the runs. What is not finite leaves its pair out.
  public var base: [Double]
  /// What the candidate measured, in the same order: the two values at one place are a pair.
  public var candidate: [Double]
  /// What kind of number this is; of a share with its trials, `references` are those of the base.
  public var kind: Candidate.Kind
  /// Which way is better.
  public var better: Candidate.Better
  /// The change below which nothing is a finding, in the unit of the values.
  public var absoluteFloor: Double

  /// Creates a series. Values without a partner are left out.
  public init(
    base: [Double], candidate: [Double], kind: Candidate.Kind = .positive, better: Candidate.Better = .lower,
    absoluteFloor: Double = 0
  ) {
    self.base = base
    self.candidate = candidate
    self.kind = kind
    self.better = better
    self.absoluteFloor = absoluteFloor
  }

  /// The pairs of finite values.
  var pairs: [(base: Double, candidate: Double)] {
    zip(base, candidate).filter { $0.isFinite && $1.isFinite }.map { ($0, $1) }
  }
}
