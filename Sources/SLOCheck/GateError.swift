package import SLOBudgets
package import SLOHistory
import SLOModel
import SLOSupport

/// Why a check was not made, or a question to the history has no answer. Nothing was judged and nothing recorded.
///
/// ```swift
/// do {
///   _ = try Gate(history: .file(" "))
/// } catch {
///   print(error.kind, error.messages)
/// }
/// ```
public struct GateError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is, for callers that decide by it.
  public enum Kind: Sendable, Hashable {
    /// What was asked for cannot be: a name that nothing has, an option that contradicts another.
    case usage
    /// A budget file is wrong, or asks for what is not there.
    case configuration
    /// A file does not exist or cannot be read.
    case unreadable
    /// The content of a file is not what it should be.
    case malformed
    /// The history has nothing of what is asked for.
    case nothingRecorded
    /// The history cannot be read or written.
    case storage
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// What was found and what to do about it, one text for each thing that is wrong; never empty.
  public let messages: [String]

  /// Names what is wrong.
  package init(_ kind: Kind, _ messages: String...) { (self.kind, self.messages) = (kind, messages) }

  /// What the history refused.
  package init(_ error: HistoryError) {
    self.init(error.kind == .altered ? .malformed : .storage, error.description)
  }

  /// What is wrong in budget files.
  package init(_ error: BudgetProblems) { self.init(.configuration, error.description) }

  /// An environment that no budget file describes.
  package init(_ error: UnknownEnvironment) { self.init(.configuration, error.description) }

  /// One message after the other.
  public var description: String { messages.joined(separator: "\n") }

  /// What is asked for cannot be; no character of a name breaks the line.
  package static func usage(_ message: String) -> GateError {
    GateError(.usage, VisibleText.escaped(message))
  }

  /// There is no history yet where one is asked.
  package static func noHistory(at path: String) -> GateError {
    GateError(
      .unreadable,
      "\(path): there is no history; record results with slogate check or slogate record, or name its file with"
        + " --history")
  }
}

/// Asks the history; what it refuses becomes the error of the gate.
package func asking<Answer>(
  _ question: () throws(HistoryError) -> Answer
) throws(GateError) -> Answer {
  do throws(HistoryError) {
    return try question()
  } catch {
    throw GateError(error)
  }
}
