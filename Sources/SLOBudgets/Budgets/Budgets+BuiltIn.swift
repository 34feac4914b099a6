internal import SLOModel

extension Budgets {
  /// The six limits that hold where there is no budget file: of the run as a whole, none of its endpoints.
  public static let builtIn: Budgets = {
    var budgets = Budgets()
    budgets.defaultsReachEndpoints = false
    budgets.defaults.limits = [
      "baseline": builtIn(p95: 400, p99: 900, errorRate: 0.01),
      "spike": builtIn(p95: 500, p99: 1_200, errorRate: 0.02),
    ]
    return budgets
  }()

  /// Times in milliseconds, the error rate as a share.
  private static func builtIn(p95: Double, p99: Double, errorRate: Double) -> [Limit] {
    [
      builtIn("http_req_duration", .p95, p95, .milliseconds),
      builtIn("http_req_duration", .p99, p99, .milliseconds),
      builtIn("http_req_failed", .rate, errorRate, .ratio),
    ]
  }

  private static func builtIn(_ metric: String, _ statistic: Statistic, _ bound: Double, _ unit: Unit)
    -> Limit
  {
    Limit(
      metric: metric, statistic: statistic, comparison: .below, bound: bound, unit: unit,
      place: Place(file: "built-in limits"))
  }
}
