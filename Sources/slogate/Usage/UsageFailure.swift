import ArgumentParser
import Glibc
import SLOModel
import SLOSupport

/// How a command line that cannot be taken is answered.
extension Slogate {
  /// Tells what is wrong with the arguments and ends, or prints the help that was asked for.
  static func refuse(_ arguments: [String], because error: any Error) -> Never {
    guard exitCode(for: error) == .validationFailure else { answer(error) }
    let outline = CommandOutline(of: Slogate.self)
    let complaint = outline.flatMap { UsageComplaint(arguments, of: $0) { FileSystem.exists($0) } }
    if let complaint {
      Terminal.error(
        complaint.message + "\n  See '\(complaint.path.joined(separator: " ")) --help' for more information.")
    } else {
      Terminal.lines(fullMessage(for: visible(error, arguments)))
    }
    exit(withError: ExitCode.validationFailure)
  }

  /// Ends with the exit code of an error, or prints the help or the version that was asked for.
  static func answer(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    guard code == .success else { exit(withError: error) }
    do {
      try Terminal.print(fullMessage(for: error) + "\n")
    } catch {
      exit(withError: error)
    }
    exit(withError: code)
  }

  /// The same error of the same arguments with what cannot be seen in them made visible: a line break in an argument
  /// is none of the message.
  private static func visible(_ error: any Error, _ arguments: [String]) -> any Error {
    let shown = arguments.map(VisibleText.escaped)
    guard shown != arguments else { return error }
    do {
      _ = try parseAsRoot(shown)
      return error
    } catch {
      return error
    }
  }

  /// The arguments with the usual ways to ask for the version and for the help of a command.
  /// - Throws: the usage error of `help` for a command that nothing knows.
  static func familiar(_ arguments: [String]) -> [String] {
    guard arguments.count == 1, ["version", "-v", "-V"].contains(arguments[0]) else { return arguments }
    return ["--version"]
  }

  /// What `help` is asked about and nothing knows.
  static func helpComplaint(_ arguments: [String]) -> UsageComplaint? {
    guard arguments.first == "help", let outline = CommandOutline(of: Slogate.self) else { return nil }
    return UsageComplaint(arguments, of: outline) { _ in false }
  }
}
