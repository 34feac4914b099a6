import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOHistory
import SLOModel
import SLOReaders
import SLOSupport

/// What a shell offers behind an option: files, known metrics, and what the history has.
enum Completions {
  /// The metrics with a short name and those that tools write.
  static let metrics = CompletionKind.list(
    ["p50", "p90", "p95", "p99", "p99.9", "avg", "med", "min", "max"] + MetricCatalogue.names)

  /// The endpoints of the last runs recorded.
  static let endpoints = CompletionKind.custom { words, _, _ in recorded(words, \.endpoints) }

  /// The commits of the last runs recorded.
  static let commits = CompletionKind.custom { words, _, _ in recorded(words, \.commits) }

  /// The profiles of the last runs recorded, and the usual ones.
  static let profiles = CompletionKind.custom { words, _, _ in
    unique(["baseline", "spike"] + recorded(words, \.profiles))
  }

  /// The services of `slogate.yaml`, and those of the last runs recorded.
  static let services = CompletionKind.custom { words, _, _ in
    let named = (try? ServicesFile.read())??.services.map(\.name) ?? []
    return unique(named.filter(isPlain) + recorded(words, \.services))
  }

  /// The branches of the last runs recorded.
  static let branches = CompletionKind.custom { words, _, _ in recorded(words, \.branches) }

  /// The environments that the budget files name.
  static let environments = CompletionKind.custom { words, _, _ in
    let budgets = try? BudgetSource.paths(values(of: "--budgets", words)).load()
    return (budgets?.environments.keys.sorted() ?? []).filter(isPlain)
  }

  /// How many runs are looked at.
  private static let mostRuns = 50

  private struct Recorded {
    var endpoints: [String] = []
    var commits: [String] = []
    var profiles: [String] = []
    var services: [String] = []
    var branches: [String] = []
  }

  /// What the history named on the command line has. Nothing is reported where it cannot be read: a shell waits.
  private static func recorded(_ words: [String], _ names: KeyPath<Recorded, [String]>) -> [String] {
    guard
      let history = try? History.openExisting(path: values(of: "--history", words).last ?? HistoryName.usual),
      let found = try? recorded(in: history)
    else { return [] }
    return found[keyPath: names].filter(isPlain)
  }

  private static func recorded(in history: History) throws(HistoryError) -> Recorded {
    var filter = RunFilter()
    filter.limit = mostRuns
    let headers = try history.runHeaders(filter)
    var found = Recorded(commits: unique(headers.map { String($0.commit.sha.prefix(10)) }))
    found.profiles = unique(headers.map(\.profile))
    found.services = unique(headers.map(\.service))
    found.branches = unique(headers.compactMap(\.commit.branch))
    let newest = headers.prefix(4).map(\.id)
    let series = try history.runs(newest).flatMap(\.reading.measurements).map(\.series.endpoint)
    found.endpoints = Set(series).sorted()
    return found
  }

  /// What stands behind an option in the words typed so far.
  private static func values(of option: String, _ words: [String]) -> [String] {
    words.indices.filter { words[$0] == option && words.indices.contains($0 + 1) }.map { words[$0 + 1] }
  }

  /// Whether a shell reads a word back as it is. Its own completion expands what it is offered: a name from
  /// untrusted input must not run.
  private static func isPlain(_ word: String) -> Bool { shellWord(word) == word && !word.hasPrefix("-") }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }
}
