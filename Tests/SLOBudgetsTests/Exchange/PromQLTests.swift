import SLOModel
import SLOReaders
import Testing

@testable import SLOBudgets

@Suite("Queries for what slogate publishes")
struct PromQLTests {
  private func queries(_ text: String, profile: String) throws -> [String] {
    try Budgets.parse(text, file: "b.yaml").limitsInForce(profile: profile, at: Timestamp(milliseconds: 0))
      .map { PromQL($0, service: nil).text }
  }

  @Test("A glob is a regular expression without what others claim, and never the run as a whole")
  func globs() throws {
    let text = "endpoints: { \"a.b/*\": { baseline: { p95: 1s } }, \"a.b/(x)\": { baseline: { p95: 2s } } }"
    #expect(
      try queries(text, profile: "baseline") == [
        #"slogate_value_seconds{profile="baseline",endpoint="a.b/(x)",metric="http_req_duration",statistic="p95"}"#,
        #"slogate_value_seconds{profile="baseline",endpoint=~"a\\.b/.*",endpoint!~"\\*|a\\.b/\\(x\\)","#
          + #"metric="http_req_duration",statistic="p95"}"#,
      ])
  }

  @Test("Limits for every other profile are for loads that no file names")
  func profiles() throws {
    let text = "defaults: { \"*\": { error_rate: 1% }, \"b.\": { med: 1s } }"
    let others =
      "lighthouse-.*|tests|tests-.*|sizes|dist|sizes-.*|snapshot|snapshot-.*|db|db-.*|dataset|dataset-.*|facts|"
      + "facts-.*"
    #expect(try queries(text, profile: "*")[0].contains(#"{profile!~"\#(others)|b\\.","#))
  }

  @Test("Limits of a kind's section are for each of its profiles, and for no load")
  func sections() throws {
    let text = "sizes: { app: { gzip: 90KB } }"
    #expect(
      try queries(text, profile: "sizes-*") == [
        #"slogate_value_bytes{profile=~"sizes|dist|sizes-.*",endpoint="app",metric="gzip",statistic="value"}"#
      ])
    let run = text + "\nrun: { dist: { gzip: 1MB } }"
    #expect(
      try queries(run, profile: "sizes-*")[0].contains(
        #"{profile=~"sizes|dist|sizes-.*",profile!~"dist",endpoint="app","#))
  }

  @Test(
    "The example of a kind's limits, by which an alert is tested, is of one of its profiles",
    arguments: [
      ("pages: { /: { lcp: 2s } }", "lighthouse-mobile"), ("tests: { a: { failed: 1 } }", "tests-*"),
      ("sizes: { a: { gzip: 9KB } }", "sizes-*"), ("queries: { a: { mean: 5ms } }", "db-*"),
      ("facts: { a: { hits: \"> 1\" } }", "facts-*"),
    ])
  func examples(text: String, profile: String) throws {
    let limits = try Budgets.parse(text, file: "b.yaml").limitsInForce(
      profile: profile, at: Timestamp(milliseconds: 0))
    #expect(
      try #require(limits.first { $0.endpoint != Series.wholeRun }?.example).kind == .of(profile: profile))
  }

  @Test("Where only results tell the unit, every unit is asked for, in that of the results")
  func anyUnit() throws {
    let query = try queries("run: { baseline: { depth.value: \"<= 5\" } }", profile: "baseline")[0]
    #expect(query.hasPrefix("(1000 * slogate_value_seconds{"))
    #expect(query.contains(" or slogate_value_bytes{") && query.contains(" or slogate_value{"))
  }

  @Test("Labels are as the report has them, quoted for PromQL")
  func labels() throws {
    let text = #"endpoints: { "a\"\\\n{{b}}": { baseline: { p95: 1s } } }"#
    #expect(try queries(text, profile: "baseline")[0].contains(#"endpoint="a\"\\\\u{a}{{b}}","#))
  }

  @Test("An accent hides no sign that has a meaning")
  func accents() {
    #expect(Array(PromQL.quoted("\"\u{301} or x").utf8) == Array("\"\\\"\u{301} or x\"".utf8))
    #expect(Array(PromQL.escaped(".\u{301}").utf8) == Array("\\.\u{301}".utf8))
    #expect(shown("$\u{301}x [[\u{301}y").unicodeScalars.allSatisfy { $0 != "$" })
    #expect(!shown("[[\u{301}y").unicodeScalars.contains("[[".unicodeScalars))
  }

  @Test(
    "Braces of a template are text",
    arguments: [
      ("a {{ b }}", #"a {{ "{" }}{{ "{" }} b }}"#), ("{id}", "{id}"), ("a{", #"a{{ "{" }}"#),
      ("{{\u{301}b}}", "{{ \"{\" }}{{ \"{\" }}\u{301}b}}"),
    ])
  func templates(text: String, literal: String) {
    #expect(AlertRule.literal(text) == literal)
  }

  @Test("A value is written as Go does it")
  func values() {
    #expect(
      [0.7, 999_999, 1e6, 2.5e8, 123_456_789, -1.5e6, 0.00001].map(AlertRule.text) == [
        "0.7", "999999", "1e+06", "2.5e+08", "1.23456789e+08", "-1.5e+06", "1e-05",
      ])
  }
}
