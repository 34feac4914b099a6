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
    var total = (median: 0.0, least: 0.0)
    for (name, write) in reports {
      let (median, least, text) = measure { write(verdict) }
      total = (total.median + median, total.least + least)
      print(row(name, median, least, "\(text.utf8.count) bytes, \(text.utf8.count { $0 == 0x0A }) lines"))
      if arguments.count > 2 { save(text, arguments[2] + "/" + name) }
    }
    print(row("all", total.median, total.least, "median and least of \(rounds) rounds"))
  }

  private static let reports: [(String, @Sendable (Verdict) -> String)] = [
    ("text", { textReport(of: $0, style: TextStyle(isColoured: true, width: 120)) }),
    ("json", { jsonReport(of: $0) }),
    ("html", { htmlReport(of: Review(of: $0)) }), ("markdown", { markdownReport(of: $0) }),
    ("summary", { markdownSummary(of: $0, limit: 1 << 20) }),
    ("github", { gitHubReport(of: $0) }),
    ("output", { gitHubOutput(of: $0, delimiter: "slogate_0123456789abcdef") ?? "" }),
    ("gitlab", codeQualityReport), ("gitlab-metrics", openMetricsReport), ("junit", junitReport),
    ("sarif", sarifReport), ("badge", badgeReport),
  ]

  private static func measure(_ write: () -> String) -> (median: Double, least: Double, text: String) {
    let clock = ContinuousClock()
    var text = ""
    let times = (0..<rounds).map { _ in clock.measure { text = write() } / .milliseconds(1) }.sorted()
    return (times[rounds / 2], times[0], text)
  }

  private static func row(_ name: String, _ median: Double, _ least: Double, _ remark: String) -> String {
    let figures = [median, least].map { "\(($0 * 100).rounded() / 100) ms" }
    let cells = [name, figures[0], figures[1]].map {
      $0 + String(repeating: " ", count: max(1, 16 - $0.utf8.count))
    }
    return cells.joined() + remark
  }

  private static func save(_ text: String, _ path: String) {
    guard let stream = fopen(path, "w") else { return print("cannot write \(path)") }
    fputs(text, stream)
    fclose(stream)
  }
}
