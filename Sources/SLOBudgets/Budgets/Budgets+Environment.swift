package import SLOModel
import SLOSupport

/// Why a name selects no environment.
package struct UnknownEnvironment: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name asked for.
  package var name: String
  /// The names there are, sorted.
  package var known: [String]

  /// What was asked for, and what to write instead, on one line.
  package var description: String { VisibleText.escaped(message) }

  private var message: String {
    let message = "no budget file describes the environment '\(name)'"
    guard !known.isEmpty else { return message + "; describe it under `environments`" }
    if let near = Suggestion.nearest(to: name, among: known) { return message + "; did you mean '\(near)'?" }
    return message + "; known are " + known.joined(separator: ", ")
  }
}

extension Budgets {
  /// The environment a name stands for.
  /// - Throws: when no file describes it.
  package func environment(named name: String) throws(UnknownEnvironment) -> Environment {
    guard let sizing = environments[name] else {
      throw UnknownEnvironment(name: name, known: environments.keys.sorted())
    }
    return Environment(name: name, sizing: sizing)
  }
}
