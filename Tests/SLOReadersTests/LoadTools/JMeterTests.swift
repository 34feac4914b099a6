import SLOModel
import Testing

@testable import SLOReaders

@Suite("JMeter's results")
struct JMeterTests {
  private let transaction = "\"Number of samples in transaction : 2, number of failing samples : 1\""

  @Test("Every statistic of each label is that of its samples")
  func samples() throws {
    // 10, 20, 30, 40 ms: rank 0.95 * 3 = 2.85 is 38.5 ms; from 0 to 3040 ms of the clock.
    let rows = (0..<4).map {
      LoadTexts.sample("search", at: $0 * 1_000, took: ($0 + 1) * 10, success: $0 != 3, threads: $0 + 1)
    }
    let result = try LoadTexts.read(LoadTexts.jmeter(rows), ext: "jtl")
    for endpoint in ["search", Series.wholeRun] {
      #expect(result.load("http_req_duration", .average, endpoint) == 25)
      #expect(result.load("http_req_duration", .median, endpoint) == 25)
      #expect(abs((result.load("http_req_duration", .p95, endpoint) ?? 0) - 38.5) < 1e-12)
      #expect(result.load("http_req_failed", .rate, endpoint) == 0.25)
      #expect(result.load("http_reqs", .count, endpoint) == 4)
      #expect(result.load("http_reqs", .rate, endpoint) == 4 / 3.04)
    }
    #expect(result.load("vus_max", .value) == 4)
    let reading = try #require(result.usable.first)
    #expect(reading.duration == 3.04 && reading.startedAt == Timestamp(milliseconds: 1_796_046_985_000))
    #expect(reading.conditions == ["tool": "JMeter"] && reading.toolVersion == nil)
    #expect(reading.source.format == "jmeter-csv" && result.notices.isEmpty && reading.remarks.isEmpty)
  }

  @Test("Percentiles that a budget asks for are there")
  func demanded() throws {
    let rows = (0...100).map { LoadTexts.sample("a", at: $0, took: $0) }
    let options = ReadOptions(demand: { SampleDemand(percentiles: [Statistic(rawValue: "p42")]) })
    let result = try LoadTexts.read(LoadTexts.jmeter(rows), options: options)
    #expect(result.load("http_req_duration", Statistic(rawValue: "p42"), "a") == 42)
  }

  @Test("Columns may stand in any order, be fewer, and be parted by other signs")
  func columns() throws {
    let text =
      "label;success;elapsed;timeStamp\n\"a;b\";true;5;2026/11/20 23:17:12.740\na;false;7;2026/11/20 23:17:13.740\n"
    let result = try LoadTexts.read(text, ext: "csv")
    #expect(result.endpoints == ["*", "a", "a;b"] && result.load("http_req_failed", .rate) == 0.5)
    #expect(result.usable.first?.duration == 1.007)
    let bare = try LoadTexts.read("elapsed,responseCode,threadName\n5,200,a\n7,500,b\n", ext: "csv")
    #expect(bare.load("http_reqs", .count) == 2 && bare.load("http_reqs", .rate) == nil)
    #expect(bare.load("http_req_failed", .rate) == nil && bare.endpoints == ["*"])
    #expect(
      bare.usable.first?.notices.first
        == "the file does not say which samples failed: set jmeter.save.saveservice.successful")
  }

  @Test("A file without a header is recognised by what its first sample has in which place")
  func withoutHeader() throws {
    let result = try LoadTexts.read(LoadTexts.sample("a", at: 0, took: 5, success: false) + "\n", ext: "jtl")
    #expect(result.load("http_req_failed", .rate, "a") == 1)
    #expect(result.usable.first?.notices.first?.hasPrefix("the file has no line of column names") == true)
    #expect(try LoadTexts.read("1,2,3,4,5,6,7,true\n", ext: "csv").usable.isEmpty)
  }

  @Test("A transaction controller is no request: its time is group_duration")
  func transactions() throws {
    let rows = [
      LoadTexts.sample("pay", at: 0, took: 30), LoadTexts.sample("send", at: 30, took: 20, success: false),
      LoadTexts.sample("checkout", at: 0, took: 50, success: false, message: transaction),
    ]
    let result = try LoadTexts.read(LoadTexts.jmeter(rows))
    #expect(result.load("http_reqs", .count) == 2 && result.load("http_req_failed", .rate) == 0.5)
    #expect(result.load("group_duration", .maximum, "checkout") == 50)
    #expect(result.load("http_req_duration", .maximum, "checkout") == nil)
    let alone = try LoadTexts.read(LoadTexts.jmeter([rows[2]]))
    #expect(alone.load("group_duration", .median, "checkout") == 50 && alone.usable.first?.failure == nil)
    #expect(alone.load("http_reqs", .count) == nil)
    #expect(
      alone.usable.first?.notices.first?.hasPrefix("the file has samples of transaction controllers alone")
        == true)
  }

  @Test("Labels that are addresses are named by their path; others stay")
  func names() throws {
    let rows = [
      LoadTexts.sample("https://user:pw@shop.example/users/17?token=secret", at: 0, took: 1),
      LoadTexts.sample("https://shop.example/users/18", at: 0, took: 3),
      LoadTexts.sample("GET /orders", at: 0, took: 1),
      LoadTexts.sample("\"pay, then \"\"wait\"\"\"", at: 0, took: 1), LoadTexts.sample("*", at: 0, took: 1),
    ]
    let result = try LoadTexts.read(LoadTexts.jmeter(rows))
    #expect(result.endpoints == ["*", "/users/{id}", "GET /orders", "pay, then \"wait\""])
    #expect(result.load("http_req_duration", .average, "/users/{id}") == 2)
    #expect(result.load("http_reqs", .count) == 5)
    #expect(
      result.usable.first?.notices == ["1 request has no name: it counts for the run as a whole alone"])
  }

  @Test("XML: a sample in a request is a part of it, one in a transaction is a request")
  func nested() throws {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- a > comment --><testResults version="1.2">
      <httpSample t="30" ts="1796046985000" s="true" lb="a &amp; b" rm="OK" na="3">
        <httpSample t="10" ts="1796046985000" s="false" lb="a-0" rm="Found" na="3"/>
        <responseData class="java.lang.String">&lt;httpSample t="1"/&gt;</responseData>
      </httpSample>
      <sample t="70" ts="1796046985030" s="false" lb="checkout" rm="Number of samples in transaction : 2" na="3">
        <httpSample t="40" ts="1796046985030" s="false" lb="pay" rm="no" na="3"><java.net.URL>x</java.net.URL></httpSample>
        <sample t="30" ts="1796046985070" s='true' lb="sql" rm="OK" na="4"/>
      </sample>
      </testResults>
      """
    let result = try LoadTexts.read(text, ext: "jtl")
    #expect(result.endpoints == ["*", "a & b", "checkout", "pay", "sql"])
    #expect(result.load("http_reqs", .count) == 3 && result.load("http_req_failed", .rate) == 1.0 / 3)
    #expect(result.load("group_duration", .maximum, "checkout") == 70 && result.load("vus_max", .value) == 4)
    #expect(result.load("http_reqs", .rate) == 3 / 0.1)
    #expect(
      result.usable.first?.notices == [
        "samples within others, which are no requests of their own: 1 (redirects, or what a page loads)"
      ])
  }

  @Test("What was cut short is read as far as it goes, and is no run to judge")
  func cut() throws {
    let csv = LoadTexts.jmeter([LoadTexts.sample("a", at: 0, took: 5)]) + "1796046985000,5,a,20"
    #expect(
      try LoadTexts.read(csv).usable.first?.failure
        == "the file ends within a line: the run, or its copy, was cut short after 1 samples")
    // The last field is there in part: 250 ms of which 2 are left.
    let digits = "timeStamp,success,label,elapsed\n1796046985000,true,a,100\n1796046985100,true,a,2"
    #expect(
      try LoadTexts.read(digits, ext: "csv").usable.first?.failure
        == "the file ends within a line: the run, or its copy, was cut short after 1 samples")
    let xml =
      "<testResults><httpSample t=\"5\" ts=\"1796046985000\" s=\"true\" lb=\"a\" rm=\"OK\"/>\n<httpSample t=\"7"
    #expect(
      try LoadTexts.read(xml).usable.first?.failure
        == "the file ends without </testResults>: the run, or its copy, was cut short after 1 samples")
    #expect(
      try LoadTexts.read(LoadTexts.jmeter([])).usable.first?.failure
        == "the run made no request and measured nothing else")
  }

  @Test(
    "What cannot be is an error in its place",
    arguments: [
      ("1796046985000,-5,a,true", ":2:15: found \"-5\"; expected a time in milliseconds, 0 or more"),
      ("1796046985000,NaN,a,true", ":2:15: found \"NaN\"; expected a time in milliseconds, 0 or more"),
      ("1796046985000,5,a,maybe", ":2:19: found \"maybe\"; expected true or false"),
      (
        "yesterday,5,a,true",
        ":2:1: found \"yesterday\"; expected a time in milliseconds since 1970, or one such as"
      ),
      ("1796046985000,5,a", ":2:1: found a row of 3 fields; expected 4 fields, as in the first line"),
      ("timeStamp,elapsed,label,success", ":2:1: found a second header; expected the samples of one run"),
    ])
  func faults(row: String, message: String) throws {
    let result = try LoadTexts.read("timeStamp,elapsed,label,success\n\(row)\n")
    #expect(result.usable.isEmpty && result.errors.count == 1)
    #expect(result.errors.first?.description.contains(message) == true, "\(result.errors)")
  }

  @Test(
    "A damaged XML is an error in its place",
    arguments: [
      ("<testResults>\n<httpSample ts=\"1\"/></testResults>", ":2:1: found a sample without its time"),
      (
        "<testResults>\n<httpSample t=\"-1\"/></testResults>",
        ":2:1: found t=\"-1\"; expected a number, 0 or more"
      ),
      ("<testResults>\n</other>", ":2:1: found an end tag of another element"),
      ("<testResults>\n<httpSample t=5/>", ":2:1: found a value without quotes"),
      ("<!DOCTYPE a><testResults/>", ":1:1: found a document type; expected a result without one"),
    ])
  func damaged(text: String, message: String) throws {
    let result = try LoadTexts.read(text)
    #expect(
      result.usable.isEmpty && result.errors.first?.description.contains(message) == true, "\(result.errors)")
  }

  @Test("Nothing can be left out of it: that is said, not ignored")
  func discard() throws {
    let result = try LoadTexts.read(
      LoadTexts.jmeter([LoadTexts.sample("a", at: 0, took: 5)]), options: ReadOptions(discard: 30))
    #expect(result.errors.first?.remedy.hasPrefix("leave out --discard") == true)
  }
}
