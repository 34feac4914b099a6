internal import Glibc

extension WholeChecks {
  /// The most unchanged checks that may be blocked, in per cent, whatever the world; of up to 25 endpoints.
  private static let bars: [(name: String, most: Double, count: @Sendable (CheckOutcomes) -> Int)] = [
    ("blocked in one step", 9, { $0.blocked.oneStep }),
    ("blocked in two steps", 5, { $0.blocked.twoSteps }),
    ("blocked by error rates alone", 4, { $0.blockedByFailures }),
  ]

  /// What is blocked more often than it may, beyond chance: one world in a thousand would be named wrongly.
  static func broken(_ outcomes: [(cell: Cell, outcome: CheckOutcomes)]) -> [String] {
    rows(of: outcomes).filter { $0.endpoints <= 25 }.flatMap { row in
      bars.compactMap { bar in
        let (count, checks) = (bar.count(row.outcome), row.outcome.blocked.checks)
        let least = 100 * lowerLimit(count, of: checks)
        guard least > bar.most else { return nil }
        return "\(row.world.rawValue), \(row.endpoints) endpoints: \(count) of \(checks) \(bar.name), "
          + "\(fixed(bar.most, 0)) % allowed"
      }
    }
  }

  /// The lower limit of a share, one-sided 99.9 % (E. B. Wilson, J. Am. Statist. Assoc. 22, 1927).
  private static func lowerLimit(_ count: Int, of trials: Int) -> Double {
    let (z, n) = (3.09, Double(trials))
    let share = Double(count) / n
    let root = (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return (share + z * z / (2 * n) - z * root) / (1 + z * z / n)
  }
}
