/// A service of a repository: where its budgets, results and history are, and which environment it is measured in.
/// What is not said has the default of the command line's option.
package struct ServiceSettings: Sendable, Hashable {
  /// Its name, as in `--service`.
  package var name: String
  /// Budget files and folders; empty: as `usualBudgets` finds them.
  package var budgets: [String] = []
  /// The history's file.
  package var history: String?
  /// The environment, by its name in the budget files.
  package var environment: String?
  /// Facts of the sizing, in the order in which they are written.
  package var facts: [Pair] = []
  /// Tuning knobs and versions.
  package var settings: [Pair] = []
  /// The results of each profile.
  package var profiles: [Profile] = []
  /// Lighthouse reports.
  package var lighthouse: [String] = []
  /// Evidence of any kind, as `--evidence` takes it.
  package var evidence: [String] = []

  /// A key with its value.
  package struct Pair: Sendable, Hashable {
    package var key: String
    package var value: String
  }

  /// A profile and the files, folders or patterns of its results.
  package struct Profile: Sendable, Hashable {
    package var name: String
    package var paths: [String]
  }

  init(name: String) { self.name = name }

  /// Whether the file names any result of it.
  package var namesResults: Bool { !profiles.isEmpty || !lighthouse.isEmpty || !evidence.isEmpty }

  /// The same with what it does not say taken from the defaults. A list or a mapping that it has replaces the default
  /// as a whole; `env` and `set` are joined key by key.
  func completed(by defaults: ServiceSettings) -> ServiceSettings {
    var all = self
    if budgets.isEmpty { all.budgets = defaults.budgets }
    all.history = history ?? defaults.history
    all.environment = environment ?? defaults.environment
    all.facts = ServiceSettings.joined(defaults.facts, facts)
    all.settings = ServiceSettings.joined(defaults.settings, settings)
    return all
  }

  private static func joined(_ defaults: [Pair], _ own: [Pair]) -> [Pair] {
    defaults.filter { pair in !own.contains { $0.key == pair.key } } + own
  }

  /// The arguments of the command line that say the same, by the name of their option, in one word each.
  /// - Parameter usual: where the budgets are of a service whose entry names none.
  package func arguments(usual: (String) -> [String]) -> [(option: String, value: String)] {
    let budgets = budgets.isEmpty ? usual(name) : budgets
    let single: [(String, String?)] = [("--history", history), ("--environment", environment)]
    return budgets.map { ("--budgets", $0) } + single.compactMap { name, value in value.map { (name, $0) } }
      + facts.map { ("--env", "\($0.key)=\($0.value)") } + settings.map { ("--set", "\($0.key)=\($0.value)") }
      + profiles.flatMap { profile in profile.paths.map { ("--profile", "\(profile.name)=\($0)") } }
      + lighthouse.map { ("--lighthouse", $0) } + evidence.map { ("--evidence", $0) }
  }
}
