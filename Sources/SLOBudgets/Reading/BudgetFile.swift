/// What one file says, before the files are put together.
struct BudgetFile: Sendable {
  /// A named sizing.
  struct Environment: Sendable {
    var name: Placed<String>
    var sizing: [String: String]
    var demand = EnvironmentDemand()
  }

  var path: String
  var service: Placed<String>?
  var environments: [Environment] = []
  var repetitions: Placed<Int>?
  var settings = BudgetSettings()
  var expectations = Expectations()
  var defaults = ProfileLimits()
  /// Limits of the run as a whole alone: those under `run`, and those that entries set on its sub-metrics.
  var wholeRun = ProfileLimits()
  var entries: [Entry] = []
  var rules: [Rule] = []
  var regression: Placed<RegressionSettings>?
  var waivers: [Waiver] = []
}
