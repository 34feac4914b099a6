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

  /// Prints what is wrong, and gives the exit code of it.
  static func code(printing error: GateError) -> ExitCode {
    for message in error.messages { Terminal.error(message) }
    return code(of: error)
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

    /// Prints every error and throws the exit code of the first kind found, wrong budgets before wrong files.
    func report() throws {
      guard !errors.isEmpty else { return }
      for error in errors { Terminal.error(error.text) }
      let order = [configuration, unreadableInput, malformedInput, inputOutput]
      throw order.first { code in errors.contains { $0.code == code } } ?? internalError
    }
  }
}
