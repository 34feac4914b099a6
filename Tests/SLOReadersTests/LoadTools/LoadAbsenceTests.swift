import SLOModel
import Testing

@testable import SLOReaders

@Suite("What to do about a figure that a load tool's result does not have")
struct LoadToolAbsenceTests {
  private func remedy(
    _ format: String, _ metric: String = "http_req_duration", _ statistic: Statistic = .p95,
    of endpoint: String = Series.wholeRun, hasMetric: Bool = true
  ) -> String {
    EvidenceKind.load.remedy(
      MissingFigure(
        series: Series(profile: "baseline", endpoint: endpoint, metric: metric, statistic: statistic),
        hasMetric: hasMetric, format: format, percentiles: [statistic]))
  }

  @Test("The advice is that for the tool")
  func advice() {
    #expect(
      remedy("wrk-text") == "Run wrk with --latency: it prints p50, p75, p90 and p99, and never another.")
    #expect(
      remedy("wrk-text", of: "/orders", hasMetric: false)
        == "wrk measures a run as a whole: set the limit under defaults, and give each target a profile.")
    #expect(remedy("locust-csv").hasPrefix("Locust writes the percentiles of PERCENTILES_TO_REPORT."))
    #expect(
      remedy("jmeter-csv", "http_req_failed", .rate).contains("jmeter.save.saveservice.successful=true"))
    #expect(
      remedy("jmeter-csv", "http_req_waiting").hasPrefix("A jmeter-csv result never has http_req_waiting;"))
    #expect(remedy("artillery-2", of: "/a", hasMetric: false).contains("metrics-by-endpoint"))
  }

  @Test(
    "No advice for another tool's result is k6's",
    arguments: [
      "jmeter-csv", "jmeter-xml", "gatling-log", "gatling-stats", "locust-csv", "locust-json", "artillery-1",
      "artillery-2", "wrk-text", "wrk2-text", "hey-text", "hey-csv", "oha-text", "oha-json", "vegeta-report",
      "vegeta-text", "vegeta-json", "vegeta-csv",
    ])
  func everyFormat(format: String) {
    for endpoint in [Series.wholeRun, "/orders"] {
      for metric in ["http_req_duration", "http_req_failed", "http_reqs", "checks"] {
        for hasMetric in [true, false] {
          let text = remedy(format, metric, .p99, of: endpoint, hasMetric: hasMetric)
          #expect(!text.isEmpty && !text.contains("k6"), "\(text)")
        }
      }
    }
  }

  @Test("k6's own formats keep their advice")
  func k6() {
    #expect(remedy("k6-summary-export").hasPrefix("k6 writes only the percentiles it is asked for."))
  }
}
