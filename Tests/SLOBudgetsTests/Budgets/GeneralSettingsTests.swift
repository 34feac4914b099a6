import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Profiles, samples, load, thresholds, hosts and metrics of a budget")
struct GeneralSettingsTests {
  static let text = """
    owner: platform
    min_samples: 30
    k6_thresholds: warn
    profiles: { spike: { optional: true, min_samples: 50 }, soak: { min_samples: 5 } }
    load: { dropped: { warn: 2%, inconclusive: 20% } }
    metrics: { cdn_hit_rate: { unit: percent, better: higher }, wait: { unit: s } }
    hosts: { admin.example: admin, shop.example: "" }
    endpoints:
      pay: { owner: payments, min_samples: 100, "*": { p95: 1s } }
      pay.*: { min_samples: 10 }
    pages: { /search: { query: [q, page], min_samples: 3, lcp: 2s }, /help: { query: topic, lcp: 2s } }
    """

  @Test("What a file says is there")
  func said() throws {
    let budgets = try Budgets.parse(Self.text, file: "b.yaml")
    #expect(budgets.owner == "platform")
    #expect(budgets.optionalProfiles == ["spike"])
    #expect(budgets.scriptThresholds == .warn)
    #expect(budgets.load.droppedWarning == 0.02)
    #expect(budgets.load.droppedInconclusive == 0.2)
    #expect(
      budgets.metrics["cdn_hit_rate"] == DeclaredMetric(unit: SourceUnit(named: "percent"), better: .higher))
    #expect(budgets.metrics["wait"] == DeclaredMetric(unit: SourceUnit(named: "s")))
    #expect(budgets.naming.hosts == ["admin.example": "admin", "shop.example": ""])
    #expect(budgets.naming.queries == ["/search": ["q", "page"], "/help": ["topic"]])
  }

  @Test("What a file does not say has its default", arguments: ["version: 1", "profiles:\nload:\nmetrics:"])
  func unsaid(text: String) throws {
    let budgets = try Budgets.parse(text, file: "b.yaml")
    #expect(budgets.optionalProfiles.isEmpty)
    #expect(budgets.scriptThresholds == .block)
    #expect(budgets.load.droppedWarning == 0.01)
    #expect(budgets.load.droppedInconclusive == 0.1)
    #expect(budgets.minimumSamples(profile: "baseline", endpoint: "*") == 20)
    #expect(budgets.naming == NamingRules())
    #expect(budgets.owner == nil)
  }

  @Test(
    "The most specific min_samples wins: entry, profile, file",
    arguments: [
      ("baseline", "*", 30), ("spike", "*", 50), ("soak", "other", 5), ("spike", "pay", 100),
      ("baseline", "pay.card", 10), ("lighthouse-mobile", "/search", 3), ("lighthouse-mobile", "/help", 30),
      ("baseline", "/search", 30),
    ])
  func samples(profile: String, endpoint: String, expected: Int) throws {
    let budgets = try Budgets.parse(Self.text, file: "b.yaml")
    #expect(budgets.minimumSamples(profile: profile, endpoint: endpoint) == expected)
  }

  @Test(
    "An endpoint's owner is that of its entry, else of the file",
    arguments: [("pay", "payments"), ("pay.card", "platform"), ("other", "platform"), ("*", "platform")])
  func owners(endpoint: String, owner: String) throws {
    let budgets = try Budgets.parse(Self.text, file: "b.yaml")
    #expect(budgets.owner(profile: "baseline", endpoint: endpoint) == owner)
  }

  @Test(
    "One key alone moves the other only as far as it has to",
    arguments: [("warn: 20%", 0.2, 0.2), ("inconclusive: 0.5%", 0.005, 0.005), ("warn: 0.1%", 0.001, 0.1)])
  func load(text: String, warning: Double, inconclusive: Double) throws {
    let load = try Budgets.parse("load: { dropped: { \(text) } }", file: "b.yaml").load
    #expect(load.droppedWarning == warning)
    #expect(load.droppedInconclusive == inconclusive)
  }

  @Test(
    "Two files that say the same are one; two that do not are reported with both places",
    arguments: [
      ("min_samples: 5", "min_samples: 6", "⟨1⟩"), ("k6_thresholds: warn", "k6_thresholds: block", "⟨1⟩"),
    ])
  func merging(first: String, second: String, _: String) throws {
    _ = try parse(files: [("a.yaml", first), ("b.yaml", first)])
    let error = #expect(throws: BudgetProblems.self) {
      try parse(files: [("a.yaml", first), ("b.yaml", second)])
    }
    #expect(error?.description.contains("b.yaml:1:") == true)
    #expect(error?.description.contains("is already set at a.yaml:1:") == true)
  }

  @Test(
    "So are profiles, hosts, metrics, queries and samples of one entry",
    arguments: [
      ("profiles: { s: { optional: true } }", "profiles: { s: { optional: false } }"),
      ("profiles: { s: { min_samples: 5 } }", "profiles: { s: { min_samples: 6 } }"),
      ("hosts: { a.example: a }", "hosts: { a.example: b }"),
      ("metrics: { a: { unit: s } }", "metrics: { a: { unit: ms } }"),
      ("load: { dropped: { warn: 1% } }", "load: { dropped: { warn: 2% } }"),
      ("pages: { /a: { query: q } }", "pages: { /a: { query: r } }"),
      ("endpoints: { a: { min_samples: 5 } }", "endpoints: { a: { min_samples: 6 } }"),
      (
        "run: { x: { p95: { max_increase: 5% } } }",
        "run: { x: { p95: { max_increase: { block: 5%, warn: 2% } } } }"
      ),
    ])
  func mergingEntries(first: String, second: String) throws {
    let error = #expect(throws: BudgetProblems.self) {
      try parse(files: [("a.yaml", first), ("b.yaml", second)])
    }
    #expect(
      error?.description.contains("is already set at a.yaml:1:") == true, "\(String(describing: error))")
  }

  @Test(
    "Two files add their profiles, hosts and metrics up")
  func addUp() throws {
    let budgets = try parse(files: [
      ("a.yaml", "profiles: { s: { optional: true } }\nmetrics: { a: { unit: s } }\nhosts: { a: b }"),
      ("b.yaml", "profiles: { s: { min_samples: 9 }, t: { optional: true } }\nhosts: { c: d }"),
    ])
    #expect(budgets.optionalProfiles == ["s", "t"])
    #expect(budgets.minimumSamples(profile: "s", endpoint: "*") == 9)
    #expect(budgets.naming.hosts == ["a": "b", "c": "d"])
    #expect(budgets.metrics.keys.sorted() == ["a"])
  }

  static let mistakes = [
    Diagnostic("profiles: { ⟨1⟩\"*\": { optional: true } }", "'*' is no profile"),
    Diagnostic("profiles: { spike: { ⟨1⟩optinal: true } }", "unknown key 'optinal'", hint: "'optional'"),
    Diagnostic("profiles: { spike: { optional: ⟨1⟩yes } }", "must be true or false"),
    Diagnostic("min_samples: ⟨1⟩0", "'min_samples' must be a whole number from 1"),
    Diagnostic("k6_thresholds: ⟨1⟩blok", "must be block, warn, ignore, found 'blok'", hint: "'block'"),
    Diagnostic("load: { ⟨1⟩droped: 1% }", "unknown key 'droped' in 'load'", hint: "'dropped'"),
    Diagnostic("load: { dropped: ⟨1⟩1% }", "'dropped' must be a mapping, found '1%'"),
    Diagnostic("load: { dropped: ⟨1⟩{ warn: 5%, inconclusive: 2% } }", "it would never warn"),
    Diagnostic("metrics: { wait: { unit: ⟨1⟩sek } }", "'sek' is no unit of a metric"),
    Diagnostic("metrics: { wait: { unit: ⟨1⟩kb } }", "'kb' is no unit of a metric", hint: "'KB'"),
    Diagnostic("metrics: { wait: { better: ⟨1⟩less } }", "must be lower or higher"),
    Diagnostic("metrics: { wait: ⟨1⟩{} }", "declares nothing"),
    Diagnostic("metrics: { ⟨1⟩http_req_duration: { unit: s } }", "is no custom metric"),
    Diagnostic("metrics: { ⟨1⟩\"wait{a:b}\": { unit: s } }", "has tags", hint: "wait"),
    Diagnostic("hosts: { ⟨1⟩\"https://a.example\": a }", "is no host"),
    Diagnostic("pages: { /a: { query: ⟨1⟩{ a: b } } }", "'query' must be a text"),
    Diagnostic(
      "endpoints: { e: { match: { method: GET }, min_samples: ⟨1⟩5 } }", "an entry that names no endpoint"),
  ]

  @Test("Every mistake is reported where it stands", arguments: mistakes)
  func mistake(_ diagnostic: Diagnostic) {
    let source = MarkedSource(diagnostic.source)
    let found = problems(in: source.text)
    #expect(found.map(\.place) == source.places, "\(found)")
    #expect(found.first?.message.contains(diagnostic.messages[0]) == true, "\(found)")
    if let hint = diagnostic.hint { #expect(found.first?.hint?.contains(hint) == true, "\(found)") }
  }
}
