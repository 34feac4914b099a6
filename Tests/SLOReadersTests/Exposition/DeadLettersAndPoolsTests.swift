import SLOModel
import Testing

@testable import SLOReaders

@Suite("Dead letters and pools")
struct DeadLettersAndPoolsTests {
  @Test(
    "Dead letters are named by whole words",
    arguments: [
      ("orders.dlq", true), ("OrdersDLQ", true), ("orders-dead-letter", true), ("dead_letters_total", true),
      ("OrdersDeadLetterQueue", true), ("messages_dead_lettered_total", true), ("orders.DLT", true),
      ("dlx", true),
      ("deadline_seconds", false), ("headlines", false), ("dead", false), ("candle", false),
      ("dlqueue", false),
    ])
  func words(text: String, isDead: Bool) {
    #expect(DeadLetterWords.areIn(text) == isDead)
  }

  private func queues(_ depths: [String: Int]) -> String {
    ["queue_messages", "queue_messages_ready", "queue_messages_bytes"].map { metric in
      "# TYPE rabbit_\(metric) gauge\n"
        + depths.sorted { $0.key < $1.key }.map {
          "rabbit_\(metric){queue=\"\($0.key)\",vhost=\"/\"} \($0.value)\n"
        }.joined()
    }.joined()
  }

  @Test("A rise between two snapshots is a warning, for it takes four to tell whether it goes on")
  func twoSnapshots() throws {
    let rise = try Snapshots.read([queues(["orders.dlq": 3]), queues(["orders.dlq": 5_000])])
    #expect(rise.value("dead_letters", .growth) == nil)
    #expect(
      rise.usable.first?.warnings.contains(
        "dead letters rose from 3 to 5000: whether they keep rising takes four snapshots of the run, or one of each of"
          + " five commits") == true)
    #expect(
      try Snapshots.read([queues(["orders.dlq": 3]), queues(["orders.dlq": 1])]).usable[0].warnings == [])
  }

  @Test(
    "The depth of a dead-letter queue counts once, whichever metrics say it, and names the queue that keeps growing"
  )
  func depths() throws {
    let result = try Snapshots.read(
      (0..<5).map { queues(["orders": 900 + $0, "orders.dlq": 10 + 3 * $0, "mail.dlq": 4]) })
    #expect(result.value("dead_letters", .value) == 26)
    #expect(result.value("dead_letters", .growth) == 12)
    #expect(result.subjects == ["queue=\"orders.dlq\",vhost=\"/\"", "queue=\"mail.dlq\",vhost=\"/\""])
    #expect(result.value("dead_letters", .growth, of: "queue=\"mail.dlq\",vhost=\"/\"") == 0)
    let details = result.usable.first?.details.first { $0.key.endpoint == "*" && $0.key.statistic == .growth }
    #expect(details?.value == ["rabbit_queue_messages{queue=\"orders.dlq\",vhost=\"/\"}"])
  }

  @Test("A counter of dead letters counts what came; what lies there and what came are not added up")
  func counters() throws {
    let texts = (0..<5).map {
      queues(["orders.dlq": 10 + 3 * $0])
        + "# TYPE dead_lettered_total counter\ndead_lettered_total \(100 + 5 * $0)\n"
    }
    let result = try Snapshots.read(texts)
    #expect(result.value("dead_letters", .value) == 22 && result.value("dead_letters", .count) == 20)
    #expect(result.value("dead_letters", .growth) == 20)
  }

  @Test("A service without queues and pools has neither figure")
  func none() throws {
    let result = try Snapshots.read(["# TYPE up_time gauge\nup_time 1\n"])
    #expect(result.value("dead_letters", .value) == nil && result.value("pool_utilisation", .maximum) == nil)
  }

  @Test("A pool is what is in use of what there can be; the run has the fullest at its fullest moment")
  func pools() throws {
    let text = { (used: Int) in
      """
      # TYPE hikaricp_connections_active gauge
      hikaricp_connections_active{pool="main"} \(used)
      hikaricp_connections_active{pool="jobs"} 1
      # TYPE hikaricp_connections_max gauge
      hikaricp_connections_max{pool="main"} 10
      hikaricp_connections_max{pool="jobs"} 10

      """
    }
    let result = try Snapshots.read([text(2), text(9), text(4)])
    #expect(
      result.value("pool_utilisation", .maximum) == 0.9 && result.value("pool_utilisation", .value) == 0.4)
    #expect(result.value("pool_utilisation", .maximum, of: "pool=\"jobs\"") == 0.1)
    let details = result.usable.first?.details.first { $0.key.endpoint == "*" }
    #expect(details?.value == ["hikaricp_connections_active{pool=\"main\"}"])
  }

  @Test("What is in use is added up over labels that the limit does not have; a limit of 0 is none")
  func joined() throws {
    let text = """
      pg_stat_activity_count{datname="a",state="idle"} 3
      pg_stat_activity_count{datname="b",state="active"} 4
      pg_settings_max_connections 20
      go_sql_in_use_connections{db_name="x"} 5
      go_sql_max_open_connections{db_name="x"} 0
      cache_pool_usage_ratio{name="z"} 0.25

      """
    let result = try Snapshots.read([text])
    #expect(result.value("pool_utilisation", .maximum) == 0.35)
    #expect(result.value("pool_utilisation", .value, of: "name=\"z\"") == 0.25)
    #expect(result.subjects == ["name=\"z\""])
  }
}
