internal import SLOModel

/// What an environment asks of results besides the facts that describe it.
package struct EnvironmentDemand: Sendable, Hashable {
  /// The facts without which a run is compared with no other, sorted.
  package var requires: [String] = []
  /// How many rows its tables have, by table.
  package var rows: [String: RowCount] = [:]

  /// Asks for nothing.
  package init() {}

  /// A number of rows that data may differ from by some share.
  package struct RowCount: Sendable, Hashable, CustomStringConvertible {
    /// The number.
    package var number: Double
    /// The share that a measured number may differ by: 0.1 is 10 %.
    package var tolerance: Double

    /// The share where none is written: 10 %.
    static let usualTolerance = 0.1

    /// Whether a measured number is this one, within the tolerance.
    package func admits(_ measured: Double) -> Bool { abs(measured - number) <= tolerance * number }

    /// `20000000 ±10%`.
    package var description: String { "\(fixed(number, 0)) ±\(significant(tolerance * 100))%" }

    /// Reads `20M`, `20000000` or `20M ±5%`; `k`, `M` and `B` are thousands, millions and billions.
    /// - Returns: nil for anything else, and for a number that is not more than 0.
    init?(parsing text: String) {
      let parts = text.replacing("+-", with: "±").split(separator: "±", omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count), let number = RowCount.number(parts[0].trimmingBlanks) else {
        return nil
      }
      var tolerance = RowCount.usualTolerance
      if parts.count == 2 {
        guard let share = try? Quantity(parsing: parts[1]), share.dimension == .percent, share.value < 1
        else { return nil }
        tolerance = share.value
      }
      (self.number, self.tolerance) = (number, tolerance)
    }

    private static let multiples: [Character: Double] = ["k": 1e3, "M": 1e6, "B": 1e9]

    private static func number(_ text: Substring) -> Double? {
      let factor = text.last.flatMap { multiples[$0] }
      let digits = factor == nil ? text : text.dropLast()
      guard digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
        let number = Double(digits), number > 0
      else { return nil }
      return number * (factor ?? 1)
    }
  }
}

extension Budgets {
  /// What an environment asks of results; nothing of one that no file describes.
  package func demand(ofEnvironment name: String?) -> EnvironmentDemand {
    name.flatMap { environmentDemands[$0] } ?? EnvironmentDemand()
  }

  /// The facts of each environment with what it asks for, as a review compares them.
  package var describedEnvironments: [String: [String: String]] {
    environments.reduce(into: [:]) { described, environment in
      var facts = environment.value
      let demand = demand(ofEnvironment: environment.key)
      if !demand.requires.isEmpty { facts["requires"] = demand.requires.joined(separator: ", ") }
      for (table, count) in demand.rows { facts["rows.\(table)"] = count.description }
      described[environment.key] = facts
    }
  }
}
