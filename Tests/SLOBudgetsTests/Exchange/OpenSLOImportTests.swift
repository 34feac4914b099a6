import Testing

@testable import SLOBudgets

@Suite("OpenSLO's objectives as a budget")
struct OpenSLOImportTests {
  private func slo(_ indicator: String, _ objectives: String, more: String = "") throws -> Imported {
    try Imported(
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: { name: web }
      spec:
        service: shop
        indicator: { spec: \(indicator) }
        objectives: [\(objectives)]
      \(more)
      """)
  }

  private static func source(_ query: String) -> String {
    "{ metricSource: { type: Prometheus, spec: { query: '\(query)' } } }"
  }

  @Test("A ratio of good requests is what is left to it as an error rate")
  func ratio() throws {
    let budget = try slo(
      """
      { ratioMetric: { counter: true, good: \(OpenSLOImportTests.source("requests{code!~\"5..\"}")), \
      total: \(OpenSLOImportTests.source("requests")) } }
      """, "{ target: 0.999 }, { targetPercent: 99.5 }, { displayName: x }")
    #expect(budget.limits("baseline") == ["http_req_failed.rate <= 0.001"])
    #expect(budget.budgets.service == "shop")
    #expect(budget.remarks(at: "7:16", "the share of failed requests is taken for its indicator"))
    #expect(budget.remarks(at: "7:35", "holds wherever <= 0.1% does"))
    #expect(budget.remarks(at: "7:60", "its target must be a share"))
  }

  @Test("A ratio of requests in a bucket is a percentile")
  func bucket() throws {
    let query = "sum(rate(http_request_duration_seconds_bucket{le=\"0.3\"}[5m]))"
    let budget = try slo(
      "{ ratioMetric: { good: \(OpenSLOImportTests.source(query)) } }", "{ target: 0.95 }")
    #expect(budget.limits("spike") == ["http_req_duration.p95 <= 300"])
  }

  @Test("A threshold on a time is the percentile that the query, else the target names")
  func threshold() throws {
    let quantile = "histogram_quantile(0.99, rate(latency_seconds_bucket[5m]))"
    let asked = try slo(
      "{ thresholdMetric: \(OpenSLOImportTests.source(quantile)) }", "{ op: lte, value: 0.8, target: 0.98 }")
    #expect(asked.limits("baseline") == ["http_req_duration.p99 <= 800"])
    #expect(asked.remarks(at: "7:16", "held to it at once, not in 0.98 of the time"))
    let targeted = try slo(
      "{ thresholdMetric: \(OpenSLOImportTests.source("latency_ms")) }",
      "{ op: lt, value: 250, target: 0.95 }")
    #expect(targeted.limits("baseline") == ["http_req_duration.p95 < 250"])
  }

  @Test("A query for slogate's own figures is the limit on that figure")
  func own() throws {
    let query = """
      slogate_value_seconds{profile="spike",endpoint="GET \\"/a\\"",metric="http_req_duration",statistic="p95"}
      """
    let budget = try slo(
      "{ thresholdMetric: \(OpenSLOImportTests.source(query)) }", "{ op: lt, value: 0.4, target: 1 }")
    #expect(budget.limits("spike", "GET \"/a\"") == ["http_req_duration.p95 < 400"])
    #expect(budget.limits("baseline", "GET \"/a\"").isEmpty)
    let others = "slogate_value{profile=\"spike\",endpoint!=\"*\",metric=\"checks\",statistic=\"rate\"}"
    let many = try slo(
      "{ thresholdMetric: \(OpenSLOImportTests.source(others)) }", "{ op: gt, value: 0.9, target: 1 }")
    #expect(many.remarks(at: "7:16", "its query is of more than one figure"))
  }

  @Test("An SLO labelled as a warning warns")
  func warning() throws {
    let query =
      "slogate_value_ratio{profile=\"soak\",endpoint=\"*\",metric=\"http_req_failed\",statistic=\"rate\"}"
    let budget = try Imported(
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: { name: web, labels: { severity: warn } }
      spec:
        indicator: { spec: { thresholdMetric: \(OpenSLOImportTests.source(query)) } }
        objectives: [{ op: lte, value: 0.01, target: 1 }]
      """)
    #expect(budget.limits("soak") == ["http_req_failed.rate <= 0.01?"])
  }

  @Test("What a budget has no word for is reported: windows, alerts, other kinds and versions, other queries")
  func unsayable() throws {
    let budget = try slo(
      "{ thresholdMetric: \(OpenSLOImportTests.source("queue_length")) }", "{ op: lt, value: 5 }, { op: eq }",
      more: """
          timeWindow: [{ duration: 28d, isRolling: true }]
          budgetingMethod: Occurrences
          alertPolicies: [page]
        ---
        { apiVersion: openslo/v1, kind: AlertPolicy, metadata: { name: page } }
        ---
        { apiVersion: openslo/v2alpha, kind: SLO, metadata: { name: next } }
        ---
        { apiVersion: openslo/v1, kind: SLO, metadata: { name: other }, spec: { indicatorRef: gone, objectives: [{ target: 1 }] } }
        """)
    #expect(budget.remarks(at: "7:16", "its query does not say that it measures a time: queue_length"))
    #expect(budget.remarks(at: "7:38", "must have op and value"))
    #expect(budget.remarks.contains { $0.hasPrefix("in: timeWindow has no counterpart") })
    #expect(budget.remarks.contains { $0.hasPrefix("in: budgetingMethod has no counterpart") })
    #expect(budget.remarks(at: "10:3", "SLO web: alertPolicies: it has no counterpart"))
    #expect(budget.remarks(at: "12:1", "AlertPolicy page: it has no counterpart"))
    #expect(budget.remarks(at: "14:15", "its version must be openslo/v1, found 'openslo/v2alpha'"))
    #expect(budget.remarks(at: "16:106", "its indicator gone is not in the file"))
    #expect(budget.limits("baseline").isEmpty)
  }

  @Test("An indicator of its own document is looked up by name")
  func reference() throws {
    let budget = try Imported(
      """
      { apiVersion: openslo/v1, kind: SLI, metadata: { name: errors }, spec: { ratioMetric: { bad: {} } } }
      ---
      { apiVersion: openslo/v1, kind: SLO, metadata: { name: a }, spec: { indicatorRef: errors, objectives: [{ target: 0.99 }] } }
      """)
    #expect(budget.limits("baseline") == ["http_req_failed.rate <= 0.01"])
  }

  @Test("Objects may stand in a list, and objectives have indicators of their own")
  func list() throws {
    let budget = try Imported(
      """
      - { apiVersion: openslo/v1, kind: SLI, metadata: { name: errors }, spec: { ratioMetric: { good: {} } } }
      - apiVersion: openslo/v1
        kind: SLO
        spec:
          objectives:
            - { target: 0.98, indicatorRef: errors }
            - { op: lte, value: 2, target: 0.9, indicator: { spec: { thresholdMetric: \(OpenSLOImportTests.source("t_seconds")) } } }
      """)
    #expect(budget.limits("baseline") == ["http_req_failed.rate <= 0.02", "http_req_duration.p90 <= 2000"])
  }
}
