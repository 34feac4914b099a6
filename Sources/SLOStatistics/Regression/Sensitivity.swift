/// What a test would still find of a series. It hangs on the p-value asked of it, and that on how many series are
/// judged together.
struct Sensitivity {
  /// The value beyond which the test gives a smaller p-value than this, and the smallest worsening for which it does
  /// so with a probability of 80 %.
  let limits: (_ alpha: Double) -> (value: Double, detectable: Judgement.Change)
}

extension Judgement {
  /// Fills in what would be found at a p-value, among so many series.
  mutating func setLimits(_ sensitivity: Sensitivity, alpha: Double, among count: Int) {
    let limits = sensitivity.limits(alpha)
    (limit, detectable, familySize) = (limits.value, limits.detectable, count)
  }
}
