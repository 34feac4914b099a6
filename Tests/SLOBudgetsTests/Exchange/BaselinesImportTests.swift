import Testing

@testable import SLOBudgets

@Suite("Baselines of a runbook as a budget")
struct BaselinesImportTests {
  private static let document = """
    {
      "api_latency": {"p50_ms": 100, "p95_ms": 500, "p99_ms": 1000, "max_ms": 2000},
      "throughput": {"requests_per_second": 1000, "concurrent_users": 100, "error_rate_percent": 0.5},
      "database": {"query_p95_ms": 50, "connection_pool_utilization_percent": 70},
      "blockchain": {"tx_submission_ms": 500, "block_confirmation_seconds": 10},
      "resources": {"memory_limit_mb": 4096, "cpu_cores": 4},
      "note": "as measured", "other": {"things": 5, "words_ms": "many"}
    }
    """

  @Test("Figures k6 has are limits of the run; a throughput and a load are floors")
  func known() throws {
    let limits = try Imported(BaselinesImportTests.document).limits("baseline")
    #expect(
      limits.isSuperset(of: [
        "http_req_duration.p50 < 100", "http_req_duration.p95 < 500", "http_req_duration.p99 < 1000",
        "http_req_duration.max < 2000", "http_reqs.rate >= 1000", "vus_max.value >= 100",
        "http_req_failed.rate < 0.005",
      ]))
    #expect(limits.count == 11)
  }

  @Test("Figures of the team's own are optional until a script measures them")
  func custom() throws {
    let budget = try Imported(BaselinesImportTests.document)
    let optional = budget.budgets.limits(profile: "baseline", endpoint: "*").filter(\.isOptional)
    #expect(
      Set(optional.map { "\($0.metric).\($0.statistic) \($0.bound)" }) == [
        "database_query.p95 50.0", "database_connection_pool_utilization_percent.value 0.7",
        "blockchain_tx_submission.p95 500.0", "blockchain_block_confirmation.p95 10000.0",
      ])
    #expect(budget.remarks(at: "4:16", "measure it as database_query.p95, then take 'optional' out"))
    #expect(budget.remarks(at: "5:18", "p95 is taken"))
  }

  @Test("Resources are the sizing of an environment")
  func resources() throws {
    let budget = try Imported(BaselinesImportTests.document)
    #expect(budget.budgets.environments["resources"] == ["memory_limit": "4096MB", "cpu_cores": "4"])
  }

  @Test("What has no unit and what is no figure is reported")
  func rest() throws {
    let budget = try Imported(BaselinesImportTests.document)
    #expect(budget.remarks(at: "7:3", "note: no section of figures"))
    #expect(budget.remarks(at: "7:36", "other.things: the name has no unit"))
    #expect(budget.remarks(at: "7:49", "other.words_ms: no number, found 'many'"))
  }

  @Test("They are the baseline profile's unless another is named")
  func profile() throws {
    let budget = try Imported(BaselinesImportTests.document, profile: "spike")
    #expect(budget.limits("baseline").isEmpty && budget.limits("spike").count == 11)
  }
}
