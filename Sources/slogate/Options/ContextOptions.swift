import ArgumentParser

/// Which commit was measured where: from flags, else from the CI's variables, else from git.
struct ContextOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The commit measured.", valueName: "sha"), completion: Completions.commits)
  var commit: String?

  @Option(help: ArgumentHelp("The branch measured.", valueName: "name"), completion: Completions.branches)
  var branch: String?

  @OptionGroup var target: ReferenceOptions
  @OptionGroup var scope: ScopeOptions

  @Flag(help: "The service is a new one, which neither the budget files nor the history know.")
  var newService = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "A tuning knob or version: recorded and shown, never part of what must be equal.",
      valueName: "key=value"))
  var set: [String] = []

  func validate() throws {
    try ScopeOptions.demandPairs(set, of: "--set", as: "pool=20")
    try ScopeOptions.refuseSecrets(set, of: "--set")
    try ScopeOptions.refuseSecrets(scope.env, of: "--env")
  }

  /// The tuning knobs given.
  var settings: [String: String] { Dictionary(set.compactMap(keyAndValue)) { _, last in last } }
}
