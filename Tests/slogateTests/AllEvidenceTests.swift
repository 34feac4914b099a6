import Foundation
import Testing

@Suite("One check with every kind of evidence")
struct AllEvidenceTests {
  /// Two snapshots of a gateway's metrics.
  private static func metrics(requests: Int, deadLetters: Int, memory: Int) -> String {
    """
    # TYPE http_requests_total counter
    http_requests_total{code="200"} \(requests)
    http_requests_total{code="500"} 3
    # TYPE orders_dead_letter_messages gauge
    orders_dead_letter_messages \(deadLetters)
    # TYPE process_resident_memory_bytes gauge
    process_resident_memory_bytes \(memory)
    # TYPE hikaricp_connections_active gauge
    hikaricp_connections_active{pool="main"} 6
    # TYPE hikaricp_connections_max gauge
    hikaricp_connections_max{pool="main"} 10

    """
  }

  private static func statements(_ calls: Int, _ total: Double) -> String {
    """
    queryid,query,calls,total_exec_time,mean_exec_time,max_exec_time,rows
    1,"SELECT * FROM orders WHERE id = $1",\(calls),\(total),\(total / Double(calls)),90,\(calls)

    """
  }

  private static let files = [
    "before.prom": metrics(requests: 100, deadLetters: 0, memory: 1_000_000),
    "after.prom": metrics(requests: 700, deadLetters: 0, memory: 1_000_000),
    "pg-before.csv": statements(100, 1_000), "pg-after.csv": statements(300, 9_000),
    "settings.csv": "name,setting,unit\nwork_mem,65536,kB\nshared_buffers,16384,8kB\n",
    "tables.csv":
      "schemaname,relname,n_live_tup,n_dead_tup,seq_scan,idx_scan\npublic,messages,19500000,0,1,99\n",
    "facts.jsonl":
      #"{"name": "cdn_hit_rate", "subject": "cdn", "value": 93.5, "unit": "percent", "better": "higher"}"#
      + "\n",
    "dist/app.js": String(repeating: "let answer = 42;\n", count: 500),
    "dist/assets/index-DiwrgTda.css": String(repeating: "a{color:red}\n", count: 100),
    "junit.xml":
      #"<testsuite name="s"><testcase name="pays" file="cart_test.py" time="0.2"/></testsuite>"#,
    "locust_stats.csv": """
    Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response \
    Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%
    GET,/orders,1000,5,20,25.5,3,300,100,50,0.25,20,25,30,33,50,80,120,150,290,300,300
    ,Aggregated,1000,5,20,25.5,3,300,100,50,0.25,20,25,30,33,50,80,120,150,290,300,300

    """,
  ]

  private static let budget = """
    version: 1
    environments:
      perf: { stage: perf, pg_work_mem: 64MB, rows: { messages: 20M ±5% } }
    defaults: { baseline: { p95: 100ms, error_rate: 1% } }
    run:
      baseline: { throughput: ">= capacity(1e6/d, burst 4)" }
      dist: { gzip: 4KB }
      snapshot-gateway: { http_requests_total.count: ">= 500", process_resident_memory_bytes.max: 2MB }
    sizes: { "assets/index-*.css": { gzip: 1KB } }
    queries: { "*": { mean: 50ms } }
    facts: { cdn: { cdn_hit_rate: ">= 90%" } }

    """

  private func check(
    _ more: [String: String] = [:], format: String = "text"
  ) throws -> Workplace.Result {
    let workplace = try Workplace()
    for (name, text) in Self.files.merging(more, uniquingKeysWith: { $1 }) { try workplace.write(name, text) }
    try workplace.write("budgets/b.yaml", Self.budget)
    return try workplace.run([
      "check", "--no-record", "--new-service", "--environment", "perf", "--baseline", "locust_stats.csv",
      "--evidence", "dist=dist", "gateway=before.prom,after.prom", "db=pg-before.csv,pg-after.csv",
      "db=settings.csv", "db=tables.csv", "facts.jsonl", "junit.xml", "--format", format,
    ])
  }

  @Test("All of it is judged, and a release that keeps every limit passes")
  func passing() throws {
    let result = try check(format: "json")
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    let verdict = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let findings = try #require(verdict["findings"] as? [[String: Any]])
    let judged = Set(findings.filter { $0["budget"] is [String: Any] }.compactMap { $0["kind"] as? String })
    #expect(judged == ["load", "size", "snapshot", "database", "fact", "test"])
    let runs = try #require(verdict["runs"] as? [[String: Any]])
    for run in runs {
      let conditions = try #require(run["conditions"] as? [String: String])
      #expect(conditions["pg_shared_buffers"] == "128MB")
      #expect(conditions["pg_work_mem"] == nil, "the environment says so, as it is")
      #expect(conditions["rows.messages.measured"] == nil, "19.5 million rows are within the tolerance")
    }
    #expect(result.output.contains("capacity(1e6/d, burst 4)"))
  }

  @Test(
    "What one kind of evidence shows blocks the release",
    arguments: [
      ("after.prom", metrics(requests: 300, deadLetters: 0, memory: 1_000_000), "http_requests_total"),
      ("pg-after.csv", statements(300, 99_000), "mean"),
      (
        "facts.jsonl", #"{"name": "cdn_hit_rate", "subject": "cdn", "value": 0.89, "unit": "ratio"}"#,
        "cdn_hit_rate"
      ),
      ("dist/app.js", (0..<4_000).map { "let x\($0) = \($0 * 7919 % 10_007);\n" }.joined(), "gzip"),
      (
        "junit.xml", #"<testsuite name="s"><testcase name="p" file="f"><failure/></testcase></testsuite>"#,
        "failed"
      ),
    ])
  func blocking(file: String, text: String, figure: String) throws {
    let result = try check([file: text])
    #expect(result.code == 1, "\(result.output)\(result.errors)")
    #expect(result.output.split(separator: "\n").contains { $0.hasPrefix("✗") && $0.contains(figure) })
  }

  @Test("A pool that is more than 70 % in use breaks the built-in policy")
  func pool() throws {
    let busy = Self.metrics(requests: 700, deadLetters: 0, memory: 1).replacing(
      "hikaricp_connections_active{pool=\"main\"} 6", with: "hikaricp_connections_active{pool=\"main\"} 8")
    let result = try check(["after.prom": busy])
    #expect(result.code == 1 && result.output.contains("pool_utilisation"), "\(result.output)")
  }

  @Test("Data at another scale is said, and compared with none of the declared one")
  func scale() throws {
    let tables = try #require(Self.files["tables.csv"]).replacing("19500000", with: "12000000")
    let result = try check(["tables.csv": tables])
    #expect(
      result.output.contains("the table messages has 12000000 rows, the environment perf says 20000000 ±5%"))
  }
}
