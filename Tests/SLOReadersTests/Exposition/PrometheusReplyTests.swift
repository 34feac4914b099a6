import SLOModel
import Testing

@testable import SLOReaders

@Suite("Replies of Prometheus' API")
struct PrometheusReplyTests {
  private func reply(_ type: String, _ result: String, _ more: String = "") -> String {
    "{\"status\":\"success\",\"data\":{\"resultType\":\"\(type)\",\"result\":[\(result)]}\(more)}"
  }

  private func series(
    _ name: String, _ values: [Double], from start: Double = 1_760_000_000, labels: String = ""
  ) -> String {
    let points = values.enumerated().map { "[\(start + Double($0) * 15),\"\($1)\"]" }.joined(separator: ",")
    return "{\"metric\":{\"__name__\":\"\(name)\"\(labels)},\"values\":[\(points)]}"
  }

  @Test("A matrix is a whole run: counters by the ends of their names, with their times")
  func matrix() throws {
    let result = try Snapshots.read(
      [
        reply(
          "matrix", series("jobs_total", [5, 20, 50, 2, 32]) + "," + series("heap_bytes", [1, 2, 3, 4, 5]))
      ],
      ext: "json")
    // 15 + 30, a reset to 2, 30.
    #expect(result.value("jobs_total", .count) == 77)
    #expect(result.value("jobs_total", .rate) == 77.0 / 60)
    #expect(result.value("heap_bytes", .growth) == 4)
    #expect(result.usable.first?.startedAt?.milliseconds == 1_760_000_000_000)
    #expect(result.usable.first?.duration == 60)
  }

  @Test("Systems that are asked in turn have times of their own: a value stands until the next")
  func staggered() throws {
    let text = reply(
      "matrix",
      series("heap_bytes", [10, 10, 10, 10, 10], labels: ",\"pod\":\"a\"") + ","
        + series("heap_bytes", [5, 5, 5, 5, 5], from: 1_760_000_004, labels: ",\"pod\":\"b\"") + ","
        + series("jobs_total", [100, 100, 100], from: 1_760_000_004))
    let result = try Snapshots.read([text], ext: "json")
    #expect(result.value("heap_bytes", .value) == 15 && result.value("heap_bytes", .average) == 15)
    #expect(result.value("heap_bytes", .growth) == 0)
    #expect(result.value("jobs_total", .count) == 0, "it was there when the run began")
  }

  @Test("Vectors are snapshots, in the order of their times whatever that of the files")
  func vectors() throws {
    let vector = { (time: Int, jobs: Int) in
      reply("vector", "{\"metric\":{\"__name__\":\"jobs_total\"},\"value\":[\(time),\"\(jobs)\"]}")
    }
    let result = try Snapshots.read([vector(1_760_000_060, 160), vector(1_760_000_000, 100)], ext: "json")
    #expect(result.value("jobs_total", .count) == 60 && result.value("jobs_total", .rate) == 1)
  }

  @Test("Native histograms have percentiles")
  func native() throws {
    let histogram =
      "{\"metric\":{\"__name__\":\"lat_seconds\"},\"histogram\":[1760000000,{\"count\":\"10\",\"sum\":\"20\",\"buckets\":[[0,\"1\",\"4\",\"10\"]]}]}"
    let result = try Snapshots.read([reply("vector", histogram)], ext: "json")
    #expect(result.value("lat_seconds", .median) == 2_000 && result.value("lat_seconds", .average) == 2_000)
  }

  @Test("What Prometheus warns of is a warning")
  func warnings() throws {
    let text = reply("matrix", series("up", [1, 1]), ",\"warnings\":[\"one store did not answer\"]")
    #expect(
      try Snapshots.read([text], ext: "json").usable.first?.warnings
        == ["Prometheus says: one store did not answer"])
  }

  @Test(
    "What is no result of metrics is an error",
    arguments: [
      (
        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"unclosed left parenthesis\"}",
        "found an error of Prometheus' API: unclosed left parenthesis; expected the result of a query"
      ),
      (
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1760000000,\"1\"]}}",
        "($.data.resultType): found the string \"scalar\"; expected a matrix or a vector"
      ),
      (
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1760000000,\"1\"]}]}}",
        "($.data.result): found series without a name, as functions and operators of PromQL give them"
      ),
      (
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"__name__\":\"a\"},\"value\":[1,\"1\"]}]}}",
        "($.data.result[0].value[0]): found 1; expected seconds since 1970, in the years 2000 to 2100"
      ),
    ])
  func wrong(text: String, message: String) throws {
    let error = try Snapshots.error(text, ext: "json")
    #expect(error?.contains(message) == true, "\(error ?? "")")
  }
}
