import Glibc
import SLOModel
import SLOReports
import SLOSupport

/// The process's standard streams: what is a terminal, how wide, and whether to colour.
enum Terminal {
  /// The style of a report on standard output.
  static func style(_ colours: ColourOptions.Choice) -> TextStyle {
    let isColoured =
      switch colours {
      case .always: true
      case .never: false
      case .auto: isColoured
      }
    return TextStyle(isColoured: isColoured, width: width ?? 120)
  }

  /// Whether text is coloured where no option says so. Who refuses colours is asked first
  /// (<https://no-color.org>, <https://force-color.org>, <https://bixense.com/clicolors>).
  private static var isColoured: Bool {
    guard variable("NO_COLOR") ?? "" == "" else { return false }
    let isAsked = ["FORCE_COLOR", "CLICOLOR_FORCE"].contains {
      !["", "0", "false"].contains(variable($0) ?? "")
    }
    return isAsked || isatty(STDOUT_FILENO) == 1 && variable("TERM") != "dumb" && variable("CLICOLOR") != "0"
  }

  /// The columns of the terminal or of the variable `COLUMNS`, within what a table or a chart can be drawn in.
  private static var width: Int? {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return clamped(Int(size.ws_col))
    }
    return variable("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? clamped($0) : nil }
  }

  private static func clamped(_ columns: Int) -> Int { min(1_000, max(20, columns)) }

  /// Writes what a command has to say to standard output. A reader that closed the pipe is no failure of ours; a
  /// full disk is. No line is a command to a build server.
  /// - Throws: the exit code for what cannot be written, after telling why.
  static func print(_ text: String) throws { try printed(VisibleText.inert(text)) }

  /// Writes lines that are commands to a build server, whose data the report has made harmless.
  static func printCommands(_ text: String) throws { try printed(VisibleText.withoutMarks(text)) }

  private static func printed(_ text: String) throws {
    guard !write(text, to: STDOUT_FILENO) else { return }
    error("standard output: cannot be written: \(String(cString: strerror(errno)))")
    throw Failure.inputOutput
  }

  /// Writes a notice or an error, each on its own line, to standard error.
  static func notice(_ text: String) {
    write(VisibleText.inert(VisibleText.escaped(text)) + "\n", to: STDERR_FILENO)
  }

  /// Writes a question, whose answer stands behind it.
  static func ask(_ text: String) { write(VisibleText.escaped(text), to: STDERR_FILENO) }

  /// Puts a line in place of the last progress line on standard error, cut to the terminal's width.
  static func progress(_ text: String) {
    let line = String(VisibleText.escaped(text).unicodeScalars.prefix(max(1, (width ?? 80) - 1)))
    write("\r\u{1B}[K" + line, to: STDERR_FILENO)
  }

  /// Writes an error of several lines.
  static func error(_ text: String) { lines("slogate: error: " + text) }

  /// Writes lines as they are to standard error, what cannot be seen in them escaped.
  static func lines(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      VisibleText.escaped(String($0))
    }
    write(VisibleText.inert(lines.joined(separator: "\n")) + "\n", to: STDERR_FILENO)
  }

  @discardableResult
  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
      } else if errno != EINTR {
        return errno == EPIPE
      }
    }
    return true
  }
}

/// A variable of this process.
func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
