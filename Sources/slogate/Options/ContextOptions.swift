import ArgumentParser
import SLOBudgets
import SLOModel

/// Which commit was measured where: from flags, else from the CI's variables, else from git.
struct ContextOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The commit measured.", valueName: "sha"))
  var commit: String?

  @Option(help: ArgumentHelp("The branch measured.", valueName: "name"))
  var branch: String?

  @Option(help: ArgumentHelp("The branch whose runs are the reference.", valueName: "branch"))
  var reference: String?

  @Option(help: ArgumentHelp("The environment, by its name in the budget files.", valueName: "name"))
  var environment: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "A fact of the sizing: runs are compared only where all of them are equal.", valueName: "key=value"))
  var env: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "A tuning knob or version: recorded and shown, never part of what must be equal.",
      valueName: "key=value"))
  var set: [String] = []

  @Option(
    help: ArgumentHelp("The service measured, where the budget files do not name it.", valueName: "name"))
  var service: String?

  func validate() throws {
    for entry in env + set where keyAndValue(entry) == nil {
      throw ValidationError("--env and --set take KEY=VALUE, as in --env stage=perf; found '\(entry)'.")
    }
    for entries in [env, set] {
      let pairs = Dictionary(grouping: entries.compactMap(keyAndValue)) { $0.0 }
      if let twice = pairs.first(where: { Set($0.value.map(\.1)).count > 1 }) {
        throw ValidationError("'\(twice.key)' is given twice, with different values.")
      }
    }
  }

  /// The tuning knobs given.
  var settings: [String: String] { Dictionary(set.compactMap(keyAndValue)) { _, last in last } }

  /// The sizing: the named environment's, refined by `--env`.
  func environment(in budgets: Budgets) throws(UnknownEnvironment) -> SLOModel.Environment {
    let given = Dictionary(env.compactMap(keyAndValue)) { _, last in last }
    guard let environment else { return SLOModel.Environment(name: nil, sizing: given) }
    let named = try budgets.environment(named: environment)
    return SLOModel.Environment(name: environment, sizing: named.sizing.merging(given) { _, given in given })
  }
}
