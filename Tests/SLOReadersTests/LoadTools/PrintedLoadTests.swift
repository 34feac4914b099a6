import SLOModel
import Testing

@testable import SLOReaders

@Suite("What load tools print at the end of a run")
struct PrintedLoadTests {
  private let wrk = """
    Running 30s test @ http://127.0.0.1:8080/a?token=secret
      2 threads and 10 connections
      Thread Stats   Avg      Stdev     Max   +/- Stdev
        Latency   635.91us    0.89ms  12.92ms   93.69%
        Req/Sec    56.20k     8.07k   62.00k    86.54%
      Latency Distribution
         50%  250.00us
         75%  491.00us
         90%    1.50ms
         99%    1.02s
      900 requests in 30.00s, 1.48GB read
      Socket errors: connect 0, read 30, write 0, timeout 70
      Non-2xx or 3xx responses: 100
    Requests/sec:     30.00
    Transfer/sec:     50.00MB

    """

  @Test("wrk: times in their units, failures out of all that was tried")
  func wrkReport() throws {
    let result = try LoadTexts.read("$ wrk -t2 …\n" + wrk)
    #expect(result.load("http_req_duration", .average) == 0.63591)
    #expect(result.load("http_req_duration", .maximum) == 12.92)
    #expect(
      result.load("http_req_duration", .median) == 0.25 && result.load("http_req_duration", .p99) == 1_020)
    #expect(result.load("http_req_duration", .p95) == nil)
    #expect(result.load("http_req_failed", .rate) == 0.2 && result.load("http_reqs", .count) == 1_000)
    #expect(result.load("http_reqs", .rate) == 1_000.0 / 30 && result.endpoints == ["*"])
  }

  @Test("wrk2: its detailed spectrum has the 95th percentile; a second distribution is left alone")
  func wrk2Report() throws {
    let text = wrk.replacing(
      "  Latency Distribution\n",
      with:
        "  Thread calibration: mean lat.: 1.4ms\n  Latency Distribution (HdrHistogram - Recorded Latency)\n"
    )
    .replacing(
      "  900 requests",
      with: """
          Detailed Percentile spectrum:
             2.663     0.950000        94417        20.00
        #[Mean    =        1.437, StdDeviation   =        0.706]
        #[Max     =       12.920, Total count    =        99360]
          Latency Distribution (HdrHistogram - Uncorrected Latency)
             0.663     0.950000        94417        20.00
          900 requests
        """)
    let result = try LoadTexts.read(text)
    #expect(
      result.load("http_req_duration", .p95) == 2.663 && result.load("http_req_duration", .average) == 1.437)
    #expect(result.usable.first?.conditions == ["tool": "wrk2"])
    #expect(result.usable.first?.facts["percentiles"] == "histogram")
  }

  @Test("Two reports in one text are no result: which one is meant is not known")
  func several() throws {
    let error = try LoadTexts.read(wrk + wrk).errors.first
    #expect(error?.found == "2 reports in one text (lines 1 and 16)")
  }

  @Test("A report that ends before its counts is a run that failed")
  func cut() throws {
    let result = try LoadTexts.read(String(wrk.prefix(200)))
    #expect(result.usable.first?.failure?.hasPrefix("the report ends before its number of requests") == true)
  }

  private let hey = """

    Summary:
      Total:\t2.0000 secs
      Slowest:\t0.0495 secs
      Fastest:\t0.0011 secs
      Average:\t0.0441 secs
      Requests/sec:\t50.0000

    Latency distribution:
      10%% in 0.0433 secs
      95% in 0.0485 secs

    Status code distribution:
      [200]\t70 responses
      [302]\t10 responses
      [500]\t10 responses

    Error distribution:
      [10]\tGet "http://h.example/?token=secret": EOF

    """

  @Test("hey: answers of 400 and above and requests without an answer failed")
  func heyReport() throws {
    let result = try LoadTexts.read(hey)
    #expect(result.load("http_req_failed", .rate) == 0.2 && result.load("http_reqs", .count) == 100)
    #expect(result.load("http_req_duration", .p95) == 48.5)
    #expect(result.load("http_req_duration", Statistic(rawValue: "p10")) == 43.3)
    #expect(result.load("http_reqs", .rate) == 50 && result.usable.first?.duration == 2)
    #expect(result.usable.first?.measurement("http_req_duration", .p95)?.samples == 90)
  }

  @Test("oha: what the end of the run broke off is no request, in text and JSON alike")
  func oha() throws {
    let text = hey.replacing("Summary:\n", with: "Summary:\n  Success rate:\t100.00%\n")
      .replacing("Get \"http://h.example/?token=secret\": EOF", with: "aborted due to deadline")
    let printed = try LoadTexts.read(text)
    #expect(printed.load("http_req_failed", .rate) == 10.0 / 90 && printed.load("http_reqs", .rate) == 45)
    let json = try LoadTexts.read(
      """
      {"summary":{"successRate":1,"total":2,"slowest":0.0495,"fastest":0.0011,"average":0.0441,"requestsPerSec":50},
      "latencyPercentiles":{"p50":0.0442,"p95":0.0485,"p99.9":null},"statusCodeDistribution":{"200":80,"500":10},
      "errorDistribution":{"aborted due to deadline":10}}
      """, ext: "json")
    #expect(json.load("http_req_failed", .rate) == 10.0 / 90 && json.load("http_reqs", .rate) == 45)
    #expect(json.load("http_req_duration", .p95) == 48.5)
    #expect(json.load("http_req_duration", Statistic(rawValue: "p99.9")) == nil)
  }

  @Test(
    "Times as programs print them",
    arguments: [
      ("145.082066ms", 145.082066), ("90.5µs", 0.0905), ("250us", 0.25), ("1m2.5s", 62_500),
      ("0.0495 secs", 49.5),
      ("2h3m", 7_380_000), ("5ns", 5e-6), ("-5ms", nil), ("5", nil), ("", nil), ("NaNms", nil),
      ("1e5ms", nil),
    ] as [(String, Double?)])
  func times(text: String, milliseconds: Double?) {
    #expect(PrintedTime.milliseconds(text[...]) == milliseconds)
  }
}
