import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOModel

/// The branch that runs are held against.
struct ReferenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The branch whose runs are the reference (default: what the build server or git calls the main one).",
      valueName: "branch"), completion: Completions.branches)
  var reference: String?
}

/// Which service is meant, and at which sizing.
struct ScopeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The service (default: the one that the budget files name). Where \(ServicesFile.usualName) names it, it stands for"
        + " its budgets, history, environment and results.", valueName: "name"),
    completion: Completions.services)
  var service: String?

  @Option(
    help: ArgumentHelp("The environment, by its name in the budget files.", valueName: "name"),
    completion: Completions.environments)
  var environment: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "A fact of the sizing: runs are compared only where all of them are equal.", valueName: "key=value"))
  var env: [String] = []

  func validate() throws { try ScopeOptions.demandPairs(env, of: "--env", as: "stage=perf") }

  /// The service named; a blank one is one that was not given.
  var namedService: String? { nonBlank(service).map(ComposedText.composed) }

  /// The facts of `--env`, in their order.
  var facts: [(key: String, value: String)] { env.compactMap(keyAndValue) }

  /// The facts of `--env`.
  var sizing: [String: String] { Dictionary(facts.map { ($0.key, $0.value) }) { _, last in last } }

  /// Refuses entries that are no pairs, and keys with two values.
  static func demandPairs(_ entries: [String], of option: String, as example: String) throws {
    for entry in entries where keyAndValue(entry) == nil {
      let found = SecretText.hasSecretShape(entry) ? "what has the form of a secret" : "'\(entry)'"
      throw Failure.usage("\(option) takes KEY=VALUE, as in \(option) \(example); found \(found).")
    }
    let pairs = Dictionary(grouping: entries.compactMap(keyAndValue)) { $0.0 }
    let twice = pairs.filter { Set($0.value.map(\.1)).count > 1 }.keys.min()
    if let twice { throw Failure.usage("'\(twice)' is given twice, with different values.") }
  }

  /// Refuses values that should not be kept: they would be in the history and in every report. The value is not
  /// shown.
  static func refuseSecrets(_ entries: [String], of option: String) throws {
    for (key, value) in entries.compactMap(keyAndValue) {
      guard let reason = SecretText.reason(key: key, value: value) else { continue }
      let name = SecretText.hasSecretShape(key) ? "a key" : "'\(key)'"
      throw Failure.usage(
        "\(option): \(name) looks like a secret, for \(reason). What is given here is kept in the history and shown"
          + " in every report: leave it out, or give what distinguishes it without revealing it, such as a version."
      )
    }
  }
}
