import Glibc
import SLOModel
import SLOReports

/// The process's standard streams: what is a terminal, how wide, and whether to colour.
enum Terminal {
  /// The style of a report on standard output.
  static func style(noColour: Bool) -> TextStyle {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let allowed = !noColour && variable("NO_COLOR") ?? "" == "" && variable("TERM") != "dumb"
    return TextStyle(isColoured: isTerminal && allowed, width: width ?? 120)
  }

  private static var width: Int? {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return variable("COLUMNS").flatMap { Int($0) }
  }

  /// Writes the report. A reader that closed the pipe is no failure of ours; a full disk is.
  /// - Returns: whether it was written as far as anybody wanted it.
  @discardableResult
  static func report(_ text: String) -> Bool { write(text, to: STDOUT_FILENO) }

  /// Writes the report, or tells why it cannot be written and throws the exit code for that.
  static func print(_ text: String) throws {
    guard !report(text) else { return }
    error("standard output: cannot write the report: \(String(cString: strerror(errno)))")
    throw Failure.inputOutput
  }

  /// Writes a notice or an error, each on its own line, to standard error.
  static func notice(_ text: String) { write(VisibleText.escaped(text) + "\n", to: STDERR_FILENO) }

  /// Writes a question, whose answer stands behind it.
  static func ask(_ text: String) { write(VisibleText.escaped(text), to: STDERR_FILENO) }

  /// Puts a line in place of the last progress line on standard error, cut to the terminal's width.
  static func progress(_ text: String) {
    let line = String(VisibleText.escaped(text).unicodeScalars.prefix(max(1, (width ?? 80) - 1)))
    write("\r\u{1B}[K" + line, to: STDERR_FILENO)
  }

  /// Writes an error of several lines.
  static func error(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      VisibleText.escaped(String($0))
    }
    write("slogate: error: " + lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
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
