import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOHistory
import SLOModel
import SLOReaders
import SLOSupport

/// The exit codes besides the verdict's own.
enum Failure {
  /// The history has nothing of what is asked for.
  static let nothingRecorded = ExitCode(3)
  /// A file's content is not what it should be.
  static let malformedInput = ExitCode(65)
  /// A file does not exist or cannot be read.
  static let unreadableInput = ExitCode(66)
  /// Something slogate did not foresee.
  static let internalError = ExitCode(70)
  /// The history cannot be read or written, or a report cannot be written.
  static let inputOutput = ExitCode(74)
  /// A budget or configuration file is wrong.
  static let configuration = ExitCode(78)

  /// What was asked for cannot be: exit code 64.
  static func usage(_ message: String) -> ValidationError { ValidationError(VisibleText.escaped(message)) }

  /// Everything found wrong before a judgement could be made.
  struct Messages: Error {
    let code: ExitCode
    let messages: [String]

    init(code: ExitCode, messages: [String]) { (self.code, self.messages) = (code, messages) }

    /// What ArgumentParser found wrong with the arguments of one command among others.
    init(usage error: any Error) {
      self.init(code: Slogate.exitCode(for: error), messages: [Slogate.message(for: error)])
    }
  }

  /// The exit code and the messages of an error; nil for what has been told, or what ArgumentParser answers. What no
  /// command foresaw must not end in exit code 1, which says that a budget is exceeded.
  static func messages(of error: any Error) -> Messages? {
    switch error {
    case let error as Messages: error
    // Told as every other failure: the usage would be that of `slogate` as a whole.
    case let error as ValidationError: Messages(code: .validationFailure, messages: [error.message])
    case let error as GateError: Messages(code: code(of: error), messages: error.messages)
    case let error as HistoryError: messages(of: GateError(error))
    case let error as BudgetProblems: messages(of: GateError(error))
    case let error as UnknownEnvironment: messages(of: GateError(error))
    case is ExitCode: nil
    case _ where Slogate.exitCode(for: error) == .failure:
      Messages(code: internalError, messages: ["internal error: \(error)"])
    default: nil
    }
  }

  /// Prints what ended a command.
  /// - Returns: its exit code, or the error that ArgumentParser answers.
  static func told(_ error: any Error) -> any Error {
    guard let found = messages(of: error) else { return error }
    found.messages.forEach(Terminal.error)
    return found.code
  }

  /// The exit code of what is wrong.
  static func code(of error: GateError) -> ExitCode {
    switch error.kind {
    case .usage: .validationFailure
    case .configuration: configuration
    case .unreadable: unreadableInput
    case .malformed: malformedInput
    case .nothingRecorded: nothingRecorded
    case .storage: inputOutput
    }
  }

  /// Everything found wrong before a judgement could be made. It is reported whole, then exits once.
  struct Collected {
    private var errors: [(text: String, code: ExitCode)] = []

    var isEmpty: Bool { errors.isEmpty }

    mutating func add(_ input: [InputError]) {
      errors += input.map { ($0.description, $0.kind == .unreadable ? unreadableInput : malformedInput) }
    }

    mutating func add(_ error: GateError) {
      errors += error.messages.map { ($0, Failure.code(of: error)) }
    }

    mutating func add(_ text: String, _ code: ExitCode) { errors.append((text, code)) }

    /// Throws every error under the exit code of the first kind found, wrong budgets before wrong files.
    func report() throws {
      guard !errors.isEmpty else { return }
      let order = [configuration, unreadableInput, malformedInput, inputOutput]
      let code = order.first { code in errors.contains { $0.code == code } } ?? internalError
      throw Messages(code: code, messages: errors.map(\.text))
    }
  }
}
