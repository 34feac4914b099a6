import Testing

@testable import SLOBudgets

/// A budget with marks, and what is to be said at each of them.
struct Diagnostic: Sendable, CustomTestStringConvertible {
  var source: String
  var messages: [String]
  var hint: String?

  init(_ source: String, _ messages: String..., hint: String? = nil) {
    (self.source, self.messages, self.hint) = (source, messages, hint)
  }

  var testDescription: String { messages.joined(separator: "; ") }
}

@Suite("Every mistake is reported where it stands")
struct DiagnosticsTests {
  static let sections = [
    Diagnostic(
      "⟨1⟩endpoint: {}", "unknown key 'endpoint' in a budget file", hint: "did you mean 'endpoints'?"),
    Diagnostic("⟨1⟩defualts: {}", "unknown key 'defualts'", hint: "did you mean 'defaults'?"),
    Diagnostic("⟨1⟩- a\n- b", "a budget file must be a mapping, found a list"),
    Diagnostic("⟨1⟩just words", "a budget file must be a mapping, found 'just words'"),
    Diagnostic("version: ⟨1⟩2", "version '2' of the budget language is unknown", hint: "version 1"),
    Diagnostic("service: ⟨1⟩[a]", "'service' must be a text or a number, found a list"),
    Diagnostic("repetitions: ⟨1⟩3.5", "'repetitions' must be a whole number from 1 to 1000, found '3.5'"),
    Diagnostic("repetitions: ⟨1⟩0", "'repetitions' must be a whole number from 1"),
    Diagnostic("environments: ⟨1⟩perf", "'environments' must be a mapping, found 'perf'"),
    Diagnostic("environments: { perf: ⟨1⟩{} }", "the environment 'perf' describes nothing"),
    Diagnostic(
      "environments: { perf: { rows: { messages: ⟨1⟩many } } }",
      "'messages' must be a number of rows, found 'many'", hint: "20M"),
    Diagnostic("environments: { perf: { requires: ⟨1⟩{ a: b } } }", "'requires' must be a text"),
    Diagnostic("environments: { perf: { a: ⟨1⟩[x], b: ⟨2⟩~ } }", "'a' must be a text", "'b' must be a text"),
  ]

  static let limits = [
    Diagnostic("defaults: { baseline: { p95: ⟨1⟩400 } }", "'p95' is a time", hint: "write 400ms"),
    Diagnostic("defaults: { baseline: { error_rate: ⟨1⟩400ms } }", "is a share, found a time"),
    Diagnostic(
      "defaults: { baseline: { p95: ⟨1⟩[400ms] } }", "'p95' must be a text or a number, found a list"),
    Diagnostic("defaults: { baseline: { p95: ⟨1⟩} }", "found nothing"),
    Diagnostic("defaults: { baseline: { p95: ⟨1⟩\"\" } }", "found nothing"),
    Diagnostic("defaults: { baseline: { ⟨1⟩eror_rate: 1% } }", "unknown metric", hint: "'error_rate'"),
    Diagnostic(
      "defaults: { baseline: { ⟨1⟩payment_success: \">= 99%\" } }", "which statistic",
      hint: "payment_success.rate of a Rate"),
    Diagnostic(
      "defaults:\n  baseline:\n    p95: 1s\n    ⟨1⟩http_req_duration.p95: 2s",
      "is the same limit as on line 3"),
    Diagnostic(
      "defaults: { baseline: { p95: { ⟨1⟩blok: 1s, warn: 500ms } } }", "unknown key 'blok'", hint: "'block'"),
    Diagnostic("defaults: { baseline: { p95: ⟨1⟩{ optional: true } } }", "neither 'block' nor 'warn'"),
    Diagnostic(
      "defaults: { baseline: { p95: { block: 1s, optional: ⟨1⟩yes } } }", "must be true or false, found 'yes'"
    ),
    Diagnostic("defaults: { baseline: { p95: { block: 1s, ⟨1⟩warn: 2s } } }", "looser than 'block'"),
    Diagnostic("defaults: { baseline: { p95: { block: 1s, ⟨1⟩warn: \"> 2s\" } } }", "looks the other way"),
    Diagnostic(
      "defaults: { ⟨1⟩p95: 400ms }", "the limit 'p95' is where a profile should be", hint: "\"*\": { p95"),
    Diagnostic("defaults: { ⟨1⟩p95: { block: 1s } }", "is where a profile should be"),
    Diagnostic(
      "defaults: { ⟨1⟩baseline: fast }", "expected the limits of the profile 'baseline', found 'fast'"),
    Diagnostic("defaults: { baseline: { ⟨1⟩lcp: 2s } }", "a figure of Lighthouse", hint: "pages"),
  ]

  static let entries = [
    Diagnostic(
      "run: { ⟨1⟩lighthouse-mobile: { lcp: 1s } }", "'lighthouse-mobile' has pages and no run as a whole",
      hint: "defaults or pages"),
    Diagnostic("run: { baseline: { p95: ⟨1⟩400 } }", "'p95' is a time", hint: "write 400ms"),
    Diagnostic("endpoints: { search: ⟨1⟩fast }", "the entry 'search' must be a mapping"),
    Diagnostic(
      "endpoints: { search: { ⟨1⟩onwer: me } }", "expected the limits", hint: "did you mean 'owner'?"),
    Diagnostic("endpoints: { search: { ⟨1⟩p95: 1s } }", "is where a profile should be"),
    Diagnostic("endpoints: { search: { match: ⟨1⟩x } }", "'match' must be a mapping"),
    Diagnostic("endpoints: { search: { match: ⟨1⟩{} } }", "'match' names no tag"),
    Diagnostic("endpoints: { s: { match: { endpoint: ⟨1⟩[a] } } }", "'endpoint' must be a text"),
    Diagnostic(
      "endpoints: { s: { match: { status: ⟨1⟩5* } } }", "a glob is allowed only", hint: "endpoint, route"),
    Diagnostic(
      "endpoints:\n  a: { match: { name: x }, b: { p95: 1s } }\n  c: { match: { name: x }, b: { ⟨1⟩p95: 2s } }",
      "of 'b' in 'c' is already set at b.yaml:2:33"),
    Diagnostic(
      "defaults: { baseline: { ⟨1⟩\"http_req_duration{endpoint:search}.p95\": 1s } }",
      "'http_req_duration{endpoint:search}' belongs to the endpoint 'search'",
      hint: "write it under endpoints: search"),
    Diagnostic(
      "endpoints: { search: { \"*\": { ⟨1⟩'http_req_failed{name: \"a b\"}.rate': { block: 1% } } } }",
      "belongs to the endpoint 'a b'", hint: "write it under endpoints: a b"),
    Diagnostic("pages: { \"/\": { ⟨1⟩p95: 1s } }", "a figure of k6"),
    Diagnostic(
      "pages: { \"/\": { ⟨1⟩lighthouse-mobile: { lcp: 1s } } }", "is no key of a page", hint: "write mobile"),
    Diagnostic("pages: { \"/\": { mobile: ⟨1⟩fast } }", "must be a mapping"),
    Diagnostic("pages: { \"/\": { performance: ⟨1⟩0.9 } }", "needs an operator", hint: "\">= 0.9\""),
    Diagnostic("pages: { \"/\": { performance: ⟨1⟩\">= 90\" } }", "between 0 and 100 %", hint: "90%"),
  ]

  static let policies = [
    Diagnostic(
      "regression: { ⟨1⟩creep: { anchor: v1.4.0 } }", "'creep' has no 'max'", hint: "anchor: v1.4.0, max: 10%"
    ),
    Diagnostic("regression: { ⟨1⟩creep: { max: 10% } }", "'creep' has no 'anchor'"),
    Diagnostic("regression: { creep: { anchor: ⟨1⟩[v1], max: 10% } }", "'anchor' must be a text"),
    Diagnostic("regression: { creep: { anchor: v1, max: ⟨1⟩0% } }", "'max' must be more than 0"),
    Diagnostic("regression: { creep: { anchor: v1, max: ⟨1⟩10ms } }", "'max' must be a share"),
    Diagnostic(
      "regression: { creep: { ⟨1⟩ancor: v1, anchor: v1, max: 10% } }", "unknown key 'ancor'",
      hint: "did you mean 'anchor'?"),
    Diagnostic("regression: { ⟨1⟩widnow: 30 }", "unknown key", hint: "'window'"),
    Diagnostic("regression: { block: ⟨1⟩maybe }", "must be true or false"),
    Diagnostic("regression: { false_discovery_rate: ⟨1⟩5 }", "less than 100 %"),
    Diagnostic("regression: { false_discovery_rate: ⟨1⟩0% }", "more than 0"),
    Diagnostic("regression: { window: 5, min_history: ⟨1⟩6 }", "more than the 'window' of 5"),
    Diagnostic("regression: { min_history: ⟨1⟩6, window: 5 }", "more than the 'window' of 5"),
    Diagnostic("regression: { min_history: ⟨1⟩31 }", "more than the 'window' of 30", hint: "window"),
    Diagnostic(
      "regression: { min_history: ⟨1⟩1 }", "a whole number from 2 to 10000, found '1'", hint: "at least 2"),
    Diagnostic("regression: { min_change: { relative: ⟨1⟩5ms } }", "'relative' must be a share such as 5%"),
    Diagnostic(
      "regression: { min_change: { absolute: { time: ⟨1⟩5, size: ⟨2⟩1ms, ⟨3⟩count: 1 } } }",
      "'time' must be a time",
      "'size' must be a size", "unknown key 'count'"),
    Diagnostic("waivers: ⟨1⟩{ endpoint: a }", "'waivers' must be a list", hint: "dash"),
    Diagnostic("waivers: [⟨1⟩x]", "a waiver must be a mapping"),
    Diagnostic(
      "waivers:\n  - ⟨1⟩{ endpoint: a, metric: p95, max: 1s, owner: o }",
      "the waiver has no 'until', 'reason'"),
    Diagnostic(
      "waivers:\n  - { endpoint: a, metric: ⟨1⟩p59x, max: 1s, until: ⟨2⟩31.12.2026, owner: ⟨3⟩, reason: r }",
      "which statistic", "'until' must be a day", "'owner' must be a text"),
    Diagnostic(
      "waivers:\n  - { endpoint: a, metric: p95, max: ⟨1⟩\"< 1s\", until: 2026-02-28, owner: o, reason: r }",
      "has no operator", hint: "write 1s"),
    Diagnostic(
      "waivers:\n  - { endpoint: a, metric: p95, max: ⟨1⟩1, until: ⟨2⟩2026-02-30, owner: o, reason: r }",
      "is a time", "'until' must be a day"),
  ]

  @Test("A mistake has a place, a message and a remedy", arguments: sections + limits + entries + policies)
  func reported(diagnostic: Diagnostic) {
    let source = MarkedSource(diagnostic.source)
    let found = problems(in: source.text)
    #expect(found.map(\.place) == source.places, "\(found)")
    for (problem, message) in zip(found, diagnostic.messages) {
      #expect(problem.message.contains(message), "\(problem)")
    }
    if let hint = diagnostic.hint { #expect(found.first?.hint?.contains(hint) == true, "\(found)") }
  }

  @Test(
    "A sub-metric that readers give under its tags may be limited under them",
    arguments: [
      "defaults: { baseline: { \"http_req_duration{method:GET}.p95\": 1s } }",
      "defaults: { baseline: { \"http_req_duration{endpoint:search,method:GET}.p95\": 1s } }",
      "defaults: { baseline: { \"http_req_duration{endpoint:*}.p95\": 1s } }",
      "endpoints: { s: { match: { status: 200 }, a: { \"http_req_duration{endpoint:search}.p95\": 1s } } }",
    ])
  func subMetrics(text: String) {
    #expect(problems(in: text).isEmpty)
  }

  @Test("So may one whose endpoint a stronger tag took: the results have it under its tags")
  func claimedByAnotherTag() {
    let text = "defaults: { baseline: { \"http_req_duration{name:a}.p95\": 1s } }"
    #expect(problems(in: text, knownMetrics: ["baseline": ["http_req_duration{name:a}"]]).isEmpty)
    #expect(problems(in: text, knownMetrics: ["baseline": ["http_req_duration"]]).count == 1)
  }

  @Test("Five mistakes are five messages, in the order of the file")
  func allAtOnce() {
    let source = MarkedSource(
      """
      version: ⟨1⟩3
      defaults:
        baseline: { p95: ⟨2⟩400, error_rate: ⟨3⟩1s }
      endpoints:
        search: { spike: { p95: 1s, ⟨4⟩p95: 2s } }
      ⟨5⟩wavers: []
      """)
    #expect(problems(in: source.text).map(\.place) == source.places)
  }

  @Test("A problem is written as file:line:column: message, with the hint below")
  func description() {
    let found = problems(in: "defaults: { baseline: { p95: 400 } }", file: "budgets/a.yaml")
    #expect(
      BudgetProblems(found).description == """
        budgets/a.yaml:1:30: 'p95' is a time, found a number without unit
            hint: write 400ms
        """)
  }

  @Test("A file cannot speak through its problems: each is one line, with the hint below")
  func forgedLines() {
    let found = problems(in: "\"x\\n::error file=a::owned\\n\\u001b[2K\\u2028\\u202e\": 1", file: "a\nb.yaml")
    #expect(
      found.map(\.description) == [
        #"a\u{a}b.yaml:1:1: unknown key 'x\u{a}::error file=a::owned\u{a}\u{1b}[2K\u{2028}\u{202e}'"#
          + " in a budget file\n    hint: known here: " + BudgetKeys.sections.joined(separator: ", ")
      ])
    let hinted =
      problems(in: "repetitions: &\"a\": 1\n") + [
        BudgetProblem("m\r", at: Place(file: "b.yaml"), hint: "did you mean 'x\ny'?")
      ]
    #expect(hinted.last?.description == "b.yaml: m\\u{d}\n    hint: did you mean 'x\\u{a}y'?")
    #expect(hinted.allSatisfy { $0.description.split(separator: "\n").count <= 2 })
  }

  @Test("Problems of one place come in the order of their texts")
  func samePlace() {
    let place = Place(file: "b.yaml", line: 1, column: 1)
    let names = ["d", "a", "c", "b"]
    #expect(
      BudgetProblems(names.map { BudgetProblem($0, at: place) }).problems.map(\.message) == names.sorted())
  }
}
