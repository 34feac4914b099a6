import Glibc
import SLOModel
import SLOReaders
import SLOReports
import Synchronization

/// One line on standard error that shows how far the reading of a large input has come.
///
/// It is there only on a terminal, only for inputs that take longer than half a second, and gone when they
/// are read.
final class ProgressLine: Sendable {
  private static let delay = 0.5
  private static let interval = 0.1

  private struct State {
    var path = ""
    var started = 0.0
    var drawn = 0.0
    var isShown = false
  }

  private let state = Mutex(State())

  /// What draws the line; nil where it would not be seen.
  static func handler() -> ReadProgress.Handler? {
    guard isatty(STDERR_FILENO) == 1, variable("TERM") != "dumb" else { return nil }
    let line = ProgressLine()
    return { line.update($0, at: ProgressLine.now) }
  }

  private func update(_ progress: ReadProgress, at now: Double) {
    state.withLock { state in
      if state.path != progress.path { state = State(path: progress.path, started: now) }
      if progress.isLast {
        if state.isShown { Terminal.progress("") }
        state = State()
      } else if now - state.started > ProgressLine.delay, now - state.drawn > ProgressLine.interval {
        let name = progress.path == "-" ? "standard input" : progress.path
        Terminal.progress(
          progressText(name: name, taken: progress.taken, of: progress.size, after: now - state.started))
        state.isShown = true
        state.drawn = now
      }
    }
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
