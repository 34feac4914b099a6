import SLOModel
import Testing

@testable import SLOReaders

@Suite("Texts of metrics in the formats of Prometheus and OpenMetrics")
struct ExpositionTextTests {
  @Test("What a text says of its metrics is read: types, labels, escapes, comments, blank lines, CRLF")
  func text() throws {
    let text = """
      # HELP jobs_total Jobs.\\nSecond line with \\\\ backslash
      # TYPE jobs_total counter

      # a remark
      jobs_total{queue="a \\"b\\" \\\\ c\\nd",kind="x",} 3
        jobs_total { kind = "y" , queue = "b" }\t4.5e1
      # TYPE memory_bytes gauge
      memory_bytes +1000
      """
    for ending in ["\n", "\r\n"] {
      let lines =
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: ending) + ending
      let result = try Snapshots.read([lines], wanted: ["jobs_total"], subjects: ["kind=*"])
      #expect(result.errors == [])
      #expect(result.value("jobs_total", .value) == 48)
      #expect(result.value("jobs_total", .value, of: #"kind="x",queue="a \"b\" \\ c\nd""#) == 3)
      #expect(result.measured("memory_bytes", .value)?.unit == .bytes)
    }
  }

  @Test("OpenMetrics is read with its exemplars, units and times; creation times are no figures")
  func openMetrics() throws {
    let text = """
      # TYPE jobs counter
      # UNIT wait_seconds seconds
      # TYPE wait_seconds gauge
      jobs_total{queue="a"} 3 1760000000.5 # {trace_id="x } y"} 1 1760000000
      jobs_created{queue="a"} 1.7e9
      wait_seconds 0.25 1760000000.5
      # TYPE build info
      build_info{version="1.2.3"} 1
      # EOF

      """
    let result = try Snapshots.read([text])
    #expect(result.errors == [])
    #expect(result.value("jobs_total", .value) == 3 && result.value("wait_seconds", .value) == 250)
    let reading = try #require(result.usable.first)
    #expect(!reading.measurements.contains { $0.series.metric.contains("created") })
    #expect(reading.startedAt?.milliseconds == 1_760_000_000_500 && reading.facts["version"] == "1.2.3")
  }

  @Test("Names in quotes may be any text (Prometheus 3)")
  func quotedNames() throws {
    let text = """
      # TYPE "http.server.duration" gauge
      {"http.server.duration",method="GET","label.with.dots"="x"} 2

      """
    let result = try Snapshots.read([text], wanted: ["http.server.duration"], subjects: ["*method*"])
    #expect(result.value("http.server.duration", .value) == 2)
    let named = try Snapshots.read([text])
    #expect(named.errors == [])
  }

  @Test("NaN is a value that is not there")
  func notFinite() throws {
    let text = "# TYPE g gauge\ng{a=\"1\"} NaN\ng{a=\"4\"} 5\n"
    let result = try Snapshots.read([text])
    #expect(result.value("g", .value) == 5 && result.value("g", .maximum) == 5)
  }

  @Test(
    "A damaged text is an error with its place",
    arguments: [
      (
        "# TYPE a counter\na 1\na{} 2\n",
        "metrics-0.prom:3:1: found \"a\" with the same labels a second time, first in line 2; expected every series"
          + " once, or each time with a later timestamp; write each snapshot to a file of its own, as the system gives it"
      ),
      (
        "# TYPE a counter\na{x=\"1\"} 1\na{x=\"2\"} 1",
        "metrics-0.prom:3:1: found a last line without its end; expected a line break behind every line; take the"
          + " snapshot again: it may have been cut off"
      ),
      (
        "# TYPE a_b gauge\na_b one\n",
        "metrics-0.prom:2:5: found \"one\"; expected a number, NaN, +Inf or -Inf; pass the text as the system gives it"
      ),
      (
        "# TYPE a_b gauge\na_b{x=\"é\" y=\"2\"} 1\n",
        "metrics-0.prom:2:11: found \"y=\"2\"} 1\"; expected a comma or } behind a label; an exporter that does not"
          + " escape quotes in labels has to be repaired"
      ),
      (
        "# TYPE a_b gauge\na_b{x=\"1\",x=\"2\"} 1\n",
        "metrics-0.prom:2:1: found a label twice; expected every label once; pass the text as the system gives it"
      ),
      (
        "# TYPE a_b meter\n",
        "metrics-0.prom:1:12: found the type \"meter\"; expected one of counter, gauge, histogram, summary, untyped,"
          + " unknown, info, stateset, gaugehistogram; pass the text as the system gives it"
      ),
      (
        "# TYPE a_b gauge\na_b 1 1760000000\n",
        "metrics-0.prom:2:7: found the time \"1760000000\"; expected milliseconds since 1970, in the years 2000 to 2100;"
          + " a text of OpenMetrics, which has seconds, ends with # EOF"
      ),
      (
        "# TYPE a_b gauge\na_b 1 # {x=\"y\"} 1\n",
        "metrics-0.prom:2:7: found an exemplar, in a text without # EOF at its end; expected a whole text of"
          + " OpenMetrics; take the snapshot again: it may have been cut off"
      ),
      (
        "# TYPE a_b gauge\na_b{count:1,sum:2} 1\n",
        "metrics-0.prom:2:5: found a value of several parts, as the draft of OpenMetrics 2.0 has them; expected a"
          + " number; ask for text/plain; version=0.0.4, or for the metric by Prometheus' API query_range"
      ),
      (
        "# TYPE a_total counter\na_total -1\n",
        "metrics-0.prom: found -1.0 in \"a_total\"; expected a total from 0 up; the exporter that shows it has to be"
          + " repaired"
      ),
      (
        "# TYPE a histogram\na_bucket{le=\"x\"} 1\n",
        "metrics-0.prom: found a bucket without its bound in \"a_bucket\"; expected a number as its label le; the"
          + " exporter that shows it has to be repaired"
      ),
    ])
  func damaged(text: String, message: String) throws {
    #expect(try Snapshots.error(text) == message)
  }

  @Test("More behind # EOF is another snapshot in one file, and an error")
  func behindTheEnd() throws {
    let one = "# TYPE a gauge\na 1\n# EOF\n"
    let error = try Snapshots.error(one + one)
    #expect(error?.hasPrefix("metrics-0.prom:3:1: found more behind # EOF") == true)
  }

  @Test("The binary format is refused with what to ask for")
  func binary() throws {
    // A length, field 1 with the name up, field 2 with its help.
    let bytes: [UInt8] = [14, 0x0A, 2] + Array("up".utf8) + [0x12, 6] + Array("Is up.".utf8) + [0x18, 1]
    let error = try Snapshots.error(String(decoding: bytes, as: UTF8.self))
    #expect(error?.contains("found metrics in Prometheus' binary format (protobuf)") == true)
    #expect(error?.contains("curl -H 'Accept: text/plain; version=0.0.4'") == true)
  }

  @Test(
    "Samples alone are recognised where they have labels or an underscore, and other texts are none",
    arguments: [
      ("node_load1 0.5\n", true), ("up{job=\"a\"} 1\n", true), ("# HELP up Up.\n", true),
      ("total 5\n", false),
      ("a,b\n1,2\n", false), ("{}\n", false), ("{\"a\": 1}\n", false), ("some_text here\n", false),
    ])
  func recognition(text: String, isExposition: Bool) throws {
    let format = try Snapshots.read([text]).usable.first?.source.format
    #expect((format == "prometheus-text") == isExposition)
  }

  @Test("A series at several times is the whole run in one file")
  func timeline() throws {
    let lines = (0..<6).map { "jobs_total{queue=\"a\"} \($0 * 20) \(1_760_000_000 + $0 * 10)" }
    let text = "# TYPE jobs counter\n" + lines.joined(separator: "\n") + "\n# EOF\n"
    let result = try Snapshots.read([text])
    #expect(result.value("jobs_total", .count) == 100 && result.value("jobs_total", .rate) == 2)
    #expect(result.value("jobs_total", .growth) == 100)
    #expect(result.usable.first?.duration == 50)
  }
}
