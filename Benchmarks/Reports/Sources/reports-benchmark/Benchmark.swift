import SLOGate
import SLOReports

// reports-benchmark [ENDPOINTS [FOLDER]]: the time it takes to tell a verdict on so many endpoints in every form, and
// how long each is. With a folder the reports are written there, to be looked at.

#if canImport(Glibc)
  import Glibc
#endif

@main
struct Benchmark {
  private static let rounds = 21

  static func main() throws {
    let arguments = CommandLine.arguments
    let endpoints = arguments.dropFirst().first.flatMap(Int.init) ?? 500
    let verdict = try release(endpoints: endpoints)
    let told = verdict.outcomes.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      "\($0.value) \($0.key.rawValue)"
    }
    print("\(endpoints) endpoints, \(verdict.findings.count) series: \(told.joined(separator: ", "))")
    var total = 0.0
    for (name, write) in reports {
      let (milliseconds, text) = measure { write(verdict) }
      total += milliseconds
      print(row(name, milliseconds, "\(text.utf8.count) bytes, \(text.utf8.count { $0 == 0x0A }) lines"))
      if arguments.count > 2 { save(text, arguments[2] + "/" + name) }
    }
    print(row("all", total, "medians of \(rounds) rounds"))
  }

  private static let reports: [(String, @Sendable (Verdict) -> String)] = [
    ("text", { textReport(of: $0, style: TextStyle(isColoured: true, width: 120)) }), ("json", jsonReport),
    ("markdown", markdownReport), ("summary", { markdownSummary(of: $0, limit: 1 << 20) }),
    ("github", gitHubReport),
    ("output", { gitHubOutput(of: $0, delimiter: "slogate_0123456789abcdef") ?? "" }),
    ("gitlab", codeQualityReport), ("gitlab-metrics", openMetricsReport), ("junit", junitReport),
    ("sarif", sarifReport), ("badge", badgeReport),
  ]

  private static func measure(_ write: () -> String) -> (milliseconds: Double, text: String) {
    let clock = ContinuousClock()
    var text = ""
    let times = (0..<rounds).map { _ in clock.measure { text = write() } / .milliseconds(1) }.sorted()
    return (times[rounds / 2], text)
  }

  private static func row(_ name: String, _ milliseconds: Double, _ remark: String) -> String {
    let figure = "\((milliseconds * 100).rounded() / 100) ms"
    let blanks = String(repeating: " ", count: max(1, 28 - name.utf8.count - figure.utf8.count))
    return name + blanks + figure + "  " + remark
  }

  private static func save(_ text: String, _ path: String) {
    guard let stream = fopen(path, "w") else { return print("cannot write \(path)") }
    fputs(text, stream)
    fclose(stream)
  }
}
