import SLOModel
import Testing

@testable import SLOReaders

/// Quantiles as Prometheus computes them. Expected values of `lat_seconds` are those of Prometheus 2.42
/// (`histogram_quantile(q, lat_seconds_bucket)`), others are worked out by hand from its rules.
@Suite("Histograms and summaries")
struct HistogramTests {
  private static let bounds = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "+Inf"]

  private func histogram(
    _ counts: [Double], bounds: [String] = bounds, sum: Double, _ name: String = "lat_seconds"
  ) -> String {
    let buckets = zip(bounds, counts).map { "\(name)_bucket{le=\"\($0)\"} \($1)\n" }.joined()
    return "# TYPE \(name) histogram\n\(buckets)\(name)_sum \(sum)\n\(name)_count \(counts.last ?? 0)\n"
  }

  @Test(
    "Percentiles are those of histogram_quantile",
    arguments: [
      (Statistic(rawValue: "p50"), 83.9622641509434), (Statistic(rawValue: "p90"), 345.23809523809523),
      (.p95, 464.2857142857143), (.p99, 857.1428571428572),
    ])
  func quantiles(statistic: Statistic, expected: Double) throws {
    let text = histogram([0, 2, 21, 64, 117, 172, 193, 200, 200, 200], sum: 25.8)
    let result = try Snapshots.read([text], wanted: ["lat_seconds.\(statistic)"])
    #expect(abs(try #require(result.value("lat_seconds", statistic)) - expected) < 1e-9)
    #expect(result.measured("lat_seconds", statistic)?.samples == 200)
  }

  @Test("Of two snapshots a histogram says what came between them")
  func increase() throws {
    // 100 observations came, all of them between 0.1 and 0.25 seconds.
    let before = histogram([0, 2, 21, 64, 117, 172, 193, 200, 200, 200], sum: 25)
    let after = histogram([0, 2, 21, 64, 117, 272, 293, 300, 300, 300], sum: 45)
    let result = try Snapshots.read([before, after])
    #expect(result.value("lat_seconds", .count) == 100)
    #expect(result.value("lat_seconds", .average) == 200)
    #expect(result.value("lat_seconds", .median).map { ($0 * 1e9).rounded() / 1e9 } == 175)
  }

  @Test("A percentile above the last bound is no figure, and a notice says the bound")
  func aboveTheLastBound() throws {
    let text = histogram([90, 100], bounds: ["10", "+Inf"], sum: 500)
    let result = try Snapshots.read([text], wanted: ["lat_seconds.p99"])
    #expect(result.value("lat_seconds", .p99) == nil && result.value("lat_seconds", .median) != nil)
    #expect(
      result.usable.first?.notices.last
        == "percentiles beyond the last bound of their histogram are not given: p95, p99 of lat_seconds above 10.0; add a"
        + " bucket above it")
  }

  @Test("In the first bucket a percentile counts from 0, and where its bound is below that it is the bound")
  func firstBucket() throws {
    let positive = try Snapshots.read([histogram([100, 100], bounds: ["10", "+Inf"], sum: 0, "x")])
    #expect(positive.value("x", .median) == 5)
    let negative = try Snapshots.read([histogram([100, 100], bounds: ["-10", "+Inf"], sum: 0, "x")])
    #expect(negative.value("x", .median) == -10)
  }

  @Test("A bucket that counts less than a smaller one is raised to it, with a warning")
  func notMonotone() throws {
    let text = histogram([50, 40, 100, 100], bounds: ["1", "2", "3", "+Inf"], sum: 0, "x")
    let result = try Snapshots.read([text])
    #expect(result.value("x", .median) == 1)
    #expect(
      result.usable.first?.warnings == [
        "buckets of x count less than smaller ones: they were raised to these"
      ])
  }

  @Test("A bucket that fell shows for all of its series that they were reset, also for those that counted on")
  func reset() throws {
    // After the restart 500 observations up to 0.1 and 1500 up to 1: the 95th percentile is the 1400th of these.
    let before = histogram([1_000, 1_000, 1_000], bounds: ["0.1", "1", "+Inf"], sum: 50)
    let after = histogram([500, 2_000, 2_000], bounds: ["0.1", "1", "+Inf"], sum: 1_550)
    let result = try Snapshots.read([before, after])
    #expect(result.value("lat_seconds", .count) == 2_000 && result.value("lat_seconds", .average) == 775)
    #expect(result.value("lat_seconds", .p95).map { ($0 * 1e6).rounded() / 1e6 } == 940)
    // A series of its own that was not reset goes on.
    let other = { (count: Int) in
      "lat_seconds_bucket{a=\"b\",le=\"+Inf\"} \(count)\nlat_seconds_count{a=\"b\"} \(count)\n"
    }
    let both = try Snapshots.read([before + other(3_000), after + other(3_010)])
    #expect(both.value("lat_seconds", .count) == 2_010)
  }

  @Test("Series with different bounds have percentiles by the bounds that all have")
  func differentBounds() throws {
    let text =
      "# TYPE x histogram\nx_bucket{a=\"1\",le=\"1\"} 10\nx_bucket{a=\"1\",le=\"2\"} 20\nx_bucket{a=\"1\",le=\"+Inf\"} 20\n"
      + "x_bucket{a=\"2\",le=\"2\"} 20\nx_bucket{a=\"2\",le=\"+Inf\"} 20\n"
    let result = try Snapshots.read([text])
    #expect(result.value("x", .median) == 1, "linear from 0 to 2")
    #expect(
      result.usable.first?.notices.contains { $0.hasPrefix("series of x have different bounds") } == true)
  }

  @Test("A histogram without observations has no percentile and a count of 0")
  func empty() throws {
    let text = histogram([0, 0], bounds: ["1", "+Inf"], sum: 0, "x")
    let result = try Snapshots.read([text, text])
    #expect(
      result.value("x", .count) == 0 && result.value("x", .p95) == nil && result.value("x", .average) == nil)
  }

  @Test("A summary has the quantiles its client computed, of several series the worst")
  func summary() throws {
    let text = """
      # TYPE rpc_seconds summary
      rpc_seconds{service="a",quantile="0.99"} 0.3
      rpc_seconds{service="b",quantile="0.99"} 0.2
      rpc_seconds{service="a",quantile="0.5"} NaN
      rpc_seconds_sum{service="a"} 4
      rpc_seconds_count{service="a"} 10

      """
    let result = try Snapshots.read([text])
    #expect(result.value("rpc_seconds", .p99) == 300 && result.value("rpc_seconds", .p50) == nil)
    #expect(result.value("rpc_seconds", .average) == 400)
  }

  // MARK: Native histograms

  private func native(_ buckets: [(Double, Double, Double)], count: Double? = nil) -> NativeHistogram {
    NativeHistogram(
      count: count ?? buckets.reduce(0) { $0 + $1.2 }, sum: 1,
      buckets: buckets.map { .init(lower: $0.0, upper: $0.1, count: $0.2) })
  }

  @Test("Within a bucket of a standard schema a quantile is interpolated exponentially, as Prometheus 3 does")
  func exponential() throws {
    // Half way from 1 to 4 is 2 on the scale of the buckets; from −4 to −1 it is −2.
    #expect(native([(1, 4, 10), (4, 16, 0)]).quantile(0.5) == .value(2))
    #expect(native([(-4, -1, 10)]).quantile(0.5) == .value(-2))
  }

  @Test("Around zero, and between bounds of a team's own, it is linear")
  func linear() throws {
    #expect(
      native([(-0.5, 0.5, 10), (0.5, 1, 0), (1, 2, 10)]).quantile(0.25) == .value(0.25),
      "from 0: nothing lies below")
    #expect(native([(1, 3, 10), (3, 4, 10)]).quantile(0.25) == .value(2))
    #expect(native([(-.infinity, 2, 10), (2, 3, 10)]).quantile(0.25) == .value(1))
    #expect(native([(1, 2, 1), (2, .infinity, 9)]).quantile(0.5) == .above(2))
    #expect(native([]).quantile(0.5) == .none)
  }

  @Test("A later state takes off the earlier one, in wider buckets as well; a smaller one was reset")
  func nativeIncrease() throws {
    let earlier = native([(1, 2, 3), (2, 4, 1)])
    #expect(native([(1, 2, 5), (2, 4, 1)]).increase(since: earlier).buckets.map(\.count) == [2, 0])
    #expect(native([(1, 4, 9)]).increase(since: earlier).count == 5)
    #expect(native([(1, 2, 1)]).increase(since: earlier).count == 1)
  }
}
