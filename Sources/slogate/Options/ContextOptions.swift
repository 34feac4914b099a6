import ArgumentParser
import SLOBudgets
import SLOHistory

/// Which commit was measured where: from flags, else from the CI's variables, else from git.
struct ContextOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The commit measured.", valueName: "sha"), completion: Completions.commits)
  var commit: String?

  @Option(help: ArgumentHelp("The branch measured.", valueName: "name"))
  var branch: String?

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
  }

  /// Refuses a service that neither budget files nor history know where they know others: under a misspelt name a
  /// run has no history to be held against.
  /// - Parameter path: the history's file, as it was named.
  func demandKnownService(_ budgets: Budgets, _ history: History?, at path: String) throws {
    guard !newService, let service = scope.namedService else { return }
    let recorded = try history?.services() ?? []
    let known = Set(recorded + [budgets.service].compactMap(\.self)).sorted()
    guard !known.isEmpty, !known.contains(service) else { return }
    let hint = Suggestion.hint(for: service, among: known).map { "; \($0)" } ?? ""
    throw Failure.usage(
      "--service '\(service)' is known neither to the budget files nor to \(path): pass --new-service where it is"
        + " meant\(hint)")
  }

  /// The tuning knobs given.
  var settings: [String: String] { Dictionary(set.compactMap(keyAndValue)) { _, last in last } }
}
