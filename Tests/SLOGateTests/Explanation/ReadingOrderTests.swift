import SLOModel
import Testing

@testable import SLOGate

@Suite("The figures of an endpoint in the order in which they are read")
struct ReadingOrderTests {
  private func order(_ figures: [(String, Statistic)], limited: Set<String> = []) -> [String] {
    figures.map { Series(profile: "baseline", endpoint: "search", metric: $0.0, statistic: $0.1) }
      .sorted {
        ReadingOrder($0, isLimited: limited.contains($0.metric))
          < ReadingOrder($1, isLimited: limited.contains($1.metric))
      }
      .map { "\($0.metric).\($0.statistic)" }
  }

  @Test("What stands for an endpoint, then what has a limit, then other figures, phases, extremes and counts")
  func kinds() {
    let expected = [
      "http_req_duration.p95", "http_req_duration.p99", "http_req_duration.med", "http_req_failed.rate",
      "checks.rate", "http_reqs.rate", "queue_wait.p95", "another_wait.p95", "http_req_duration.p90",
      "http_req_blocked.p95", "http_req_waiting.p95", "http_req_blocked.med", "http_req_duration.max",
      "http_req_duration.count",
    ]
    let figures = expected.map { name -> (String, Statistic) in
      let dot = name.lastIndex(of: ".") ?? name.endIndex
      return (String(name[..<dot]), Statistic(rawValue: String(name[name.index(after: dot)...])))
    }
    #expect(order(figures.reversed(), limited: ["queue_wait"]) == expected)
  }

  @Test("Of a page what its visitors see comes before what it is made of")
  func pages() {
    let figures: [(String, Statistic)] = [
      ("resource.script", .size), ("speed-index", .value), ("performance", .score),
      ("total-blocking-time", .value), ("cumulative-layout-shift", .value),
      ("largest-contentful-paint", .value),
    ]
    #expect(order(figures).first == "largest-contentful-paint.value")
    #expect(order(figures).last == "resource.script.size")
  }

  @Test("It orders all series, whichever they are: never both before each other, and equal only to itself")
  func total() {
    let metrics = [
      "http_req_duration", "http_req_waiting", "http_reqs", "x", "y{a:b}", "checks", "data_sent",
    ]
    let statistics: [Statistic] = [.p95, .p99, .median, .p50, .average, .minimum, .maximum, .count, .rate]
    let all = metrics.flatMap { metric in
      statistics.flatMap { statistic in
        ["a", "b"].map { Series(profile: $0, endpoint: $0, metric: metric, statistic: statistic) }
      }
    }
    for left in all {
      for right in all {
        let isBefore = ReadingOrder(left) < ReadingOrder(right)
        let isAfter = ReadingOrder(right) < ReadingOrder(left)
        #expect(left == right ? !isBefore && !isAfter : isBefore != isAfter, "\(left) \(right)")
      }
    }
  }
}
