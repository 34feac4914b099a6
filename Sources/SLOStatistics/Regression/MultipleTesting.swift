/// Corrections for judging many series at once.
public enum MultipleTesting {
  /// Holm's step-down rule: which hypotheses are rejected so that the chance of one false rejection among all
  /// is at most `errorRate` (S. Holm, Scand. J. Statist. 6, 1979).
  public static func holm(_ p: [Double], errorRate: Double) -> [Bool] {
    var rejected = Array(repeating: false, count: p.count)
    for (rank, index) in rising(p).enumerated() {
      guard p[index] <= errorRate / Double(p.count - rank) else { break }
      rejected[index] = true
    }
    return rejected
  }

  /// Benjamini and Hochberg's adjusted p-values: the smallest false-discovery rate at which each hypothesis
  /// would be rejected (J. R. Statist. Soc. B 57, 1995).
  public static func adjusted(_ p: [Double]) -> [Double] {
    var adjusted = p
    var smallest = 1.0
    for (rank, index) in rising(p).enumerated().reversed() {
      smallest = min(smallest, p[index] * Double(p.count) / Double(rank + 1))
      adjusted[index] = smallest
    }
    return adjusted
  }

  private static func rising(_ p: [Double]) -> [Int] {
    p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
  }
}
