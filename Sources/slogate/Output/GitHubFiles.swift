import Glibc
import SLOGate
import SLOReports
import SLOSupport

/// The files GitHub Actions gives a step: its part of the job's summary, and its outputs.
enum GitHubFiles {
  /// A summary of more than 1 MiB is dropped whole; what an earlier command of the step wrote counts too.
  private static let summaryLimit = 1 << 20

  /// Appends a verdict to the files whose variables are set.
  /// - Parameters:
  ///   - summary: the verdict in so many bytes.
  ///   - output: the job's outputs, the comment among them, which ends in a delimiter.
  static func write(summary: (Int) -> String, output: (String) -> String?) throws {
    if let path = path(of: "GITHUB_STEP_SUMMARY") {
      let room = summaryLimit - size(of: path) - 1
      if room >= 20_000 {
        try append(summary(room), to: path)
      } else {
        Terminal.notice("the job's summary has no room left: it would be dropped whole")
      }
    }
    if let path = path(of: "GITHUB_OUTPUT"), let lines = output(delimiter()) {
      try append(lines, to: path)
    }
  }

  /// Tries the files whose variables are set.
  static func prepare() throws {
    for path in ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"].compactMap(path) { try append("", to: path) }
  }

  private static func path(of name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }

  /// 128 random bits from the system: no name could have been chosen to hold them.
  private static func delimiter() -> String {
    "slogate_" + String(UInt64.random(in: .min ... .max), radix: 16)
      + String(UInt64.random(in: .min ... .max), radix: 16)
  }

  private static func size(of path: String) -> Int {
    if case .file(let size) = FileSystem.occupant(of: path) { size } else { 0 }
  }

  private static func append(_ text: String, to path: String) throws {
    guard let stream = fopen(path, "a") else { throw refused(path) }
    let bytes = Array(text.utf8)
    let isWritten = fwrite(bytes, 1, bytes.count, stream) == bytes.count
    guard fclose(stream) == 0, isWritten else { throw refused(path) }
  }

  private static func refused(_ path: String) -> any Error {
    Terminal.error("\(path): cannot write for GitHub: \(String(cString: strerror(errno)))")
    return Failure.inputOutput
  }
}
