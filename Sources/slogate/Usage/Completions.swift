import ArgumentParser
import SLOBudgets
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

  /// How many runs are looked at.
  private static let mostRuns = 50

  private struct Recorded {
    var endpoints: [String] = []
    var commits: [String] = []
  }

  /// What the history named on the command line has. Nothing is reported where it cannot be read: a shell waits.
  private static func recorded(_ words: [String], _ names: KeyPath<Recorded, [String]>) -> [String] {
    let named = words.lastIndex(of: "--history").flatMap { index in
      words.indices.contains(index + 1) ? words[index + 1] : nil
    }
    guard let history = try? History.openExisting(path: named ?? HistoryName.usual),
      let found = try? recorded(in: history)
    else { return [] }
    return found[keyPath: names].filter(isPlain)
  }

  private static func recorded(in history: History) throws(HistoryError) -> Recorded {
    var filter = RunFilter()
    filter.limit = mostRuns
    let headers = try history.runHeaders(filter)
    var found = Recorded(commits: unique(headers.map { String($0.commit.sha.prefix(10)) }))
    let newest = headers.prefix(4).map(\.id)
    let series = try history.runs(newest).flatMap(\.reading.measurements).map(\.series.endpoint)
    found.endpoints = Set(series).sorted()
    return found
  }

  /// Whether a shell reads a word back as it is. Its own completion expands what it is offered: a name from
  /// untrusted input must not run.
  private static func isPlain(_ word: String) -> Bool { shellWord(word) == word && !word.hasPrefix("-") }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }
}
