import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("A measurement made in another way is not held against others without a word")
struct MethodTests {
  private func check(
    version: String? = nil, then: [String] = [], isEstimated: Bool = false, estimatedCommits: Int = 0,
    with further: [MetricValue] = []
  ) -> Check {
    var check = Check.afterCalm(200)
    check.runs[0].reading.measurements += further
    check.runs[0].reading.toolVersion = version
    if isEstimated { check.runs[0].reading.facts["percentiles"] = "histogram" }
    check.windows["baseline"]?.toolVersions = then
    check.windows["baseline"]?.estimatedCommits = estimatedCommits
    return check
  }

  private func told(_ check: Check, _ words: String) throws -> [String] {
    try check.verdict().notices.filter { $0.contains(words) }
  }

  @Test("Another release of k6 is reported, another patch of one is not, and neither is an unknown version")
  func versions() throws {
    for (now, then) in [("2.3.0", ["2.3.1"]), ("v2.3.0", ["2.2.0", "2.3.9"]), ("2.3.0", [])] {
      #expect(try told(check(version: now, then: then), "measured by k6").isEmpty)
    }
    #expect(try told(check(then: ["2.2.0"]), "measured by k6").isEmpty)
    let said = try told(check(version: "2.3.0", then: ["2.2.0", "1.5.0"]), "measured by k6")
    #expect(said == ["baseline: measured by k6 2.3, the commits compared with by 1.5, 2.2"])
  }

  @Test("Web vitals count more pages from 2.3 on")
  func webVitals() throws {
    let vital = value("browser_web_vital_lcp", .p95, 900)
    #expect(
      try told(check(version: "2.3.0", then: ["2.2.0"], with: [vital]), "web vitals of all pages").count == 1)
    #expect(try told(check(version: "2.3.0", then: ["2.2.0"]), "web vitals").isEmpty)
    #expect(try told(check(version: "2.4.0", then: ["2.3.0"], with: [vital]), "web vitals").isEmpty)
  }

  @Test("Percentiles of a histogram beside those of samples are reported, on either side")
  func percentiles() throws {
    #expect(try told(check(), "percentiles").isEmpty)
    #expect(try told(check(isEstimated: true, estimatedCommits: 10), "percentiles").isEmpty)
    #expect(
      try told(check(isEstimated: true), "percentiles are estimated from a histogram, and").count == 1)
    #expect(try told(check(estimatedCommits: 3), "percentiles are those of samples, and").count == 1)
    #expect(
      try told(check(isEstimated: true, estimatedCommits: 4), "in 4 of the 10 commits compared with").count
        == 1)
  }

  @Test("Repetitions measured in several ways have no median")
  func repetitions() throws {
    var check = Check([p95(100)])
    check.runs.append(run([p95(110)], file: "other.json"))
    check.runs[1].reading.conditions = ["k6_percentiles": "histogram"]
    let verdict = try check.verdict()
    #expect(verdict.code == .inconclusive)
    #expect(
      verdict.gaps.contains { $0.contains("its results differ in k6_percentiles (histogram, unknown)") })
  }
}
