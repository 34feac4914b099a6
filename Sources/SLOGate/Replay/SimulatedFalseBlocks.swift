/// How often simulated checks of unchanged builds are blocked, by their number of series.
package enum SimulatedFalseBlocks {
  /// The checks of one world and one number of series.
  package struct Row: Sendable {
    /// How the measurements scatter.
    package let world: String
    /// Endpoints of a check.
    package let endpoints: Int
    /// Series that it compares.
    package let series: Int
    /// The share blocked by one run.
    package let oneStep: Double
    /// The share blocked in two steps.
    package let twoSteps: Double
    /// The share that needs a second run.
    package let secondRuns: Double

    /// Puts a row together.
    init(
      _ world: String, endpoints: Int, series: Int, oneStep: Double, twoSteps: Double, secondRuns: Double
    ) {
      (self.world, self.endpoints, self.series) = (world, endpoints, series)
      (self.oneStep, self.twoSteps, self.secondRuns) = (oneStep, twoSteps, secondRuns)
    }
  }

  /// The rates of checks of so many series, or of the most that were simulated.
  static func ground(among series: Int, _ mode: FalseBlockRate.Mode) -> FalseBlockRate.Ground {
    let sizes = rows.map(\.series)
    let size = sizes.filter { $0 >= series }.min() ?? sizes.max() ?? series
    let rates = rows.filter { $0.series == size }.map { mode == .oneStep ? $0.oneStep : $0.twoSteps }
    return .simulated(lowest: rates.min() ?? 0, highest: rates.max() ?? 1, series: size)
  }
}
