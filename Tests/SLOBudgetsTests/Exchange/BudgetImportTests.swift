import SLOModel
import TestSupport
import Testing

@testable import SLOBudgets

@Suite("Importing budgets")
struct BudgetImportTests {
  @Test(
    "A format is seen from the content",
    arguments: [
      (#"{"thresholds": {"a": ["avg<1"]}}"#, ImportFormat.k6),
      (#"{"options": {"thresholds": {"a": ["avg<1"]}}}"#, .k6),
      (#"{"db": {"p95_ms": 1}}"#, .baselines), (#"[{"timings": []}]"#, .lighthouse),
      (#"{"budget": {"timings": {"SpeedIndex": 1}}}"#, .sitespeed),
      (#"{"budget": {"https://a.example/": {"requests": {"total": 1}}}}"#, .sitespeed),
      ("ci: { assert: {} }", .lighthouseCI), (#"{"assertions": {}}"#, .lighthouseCI),
      ("apiVersion: openslo/v1\nkind: Service\n", .openSLO),
      ("apiVersion: v1\n---\napiVersion: openslo/v1\n", .openSLO),
    ])
  func recognition(document: String, format: ImportFormat) throws {
    var composer = try YAMLComposer(YAMLText(bytes: Array(document.utf8), file: "in"))
    #expect(ImportFormat(of: try composer.documents()) == format)
  }

  @Test(
    "What is none of them is one error with its place, what was found and what to give",
    arguments: [
      ("", nil, "in: holds nothing, expected limits"), ("words", nil, "in:1:1: holds no mapping and no list"),
      (#"{"budget": {"score": {}}}"#, nil, "in:1:1: holds a mapping with 'budget', expected limits"),
      (
        #"{"budget": {"timings": {"SpeedIndex": "3 s"}}}"#, nil,
        "in:1:1: holds a mapping with 'budget', expected"
      ),
      (
        #"{"budget": {}}"#, .sitespeed,
        "in:1:1: holds a mapping with 'budget', expected a sitespeed.io budget"
      ),
      ("{}", ImportFormat.lighthouse, "in:1:1: holds no mapping and no list, expected a Lighthouse budget"),
      (#"{"a": 1}"#, .k6, "in:1:1: holds a mapping with 'a', expected k6's thresholds"),
      (#"{"thresholds": {}}"#, nil, "in:1:1: holds a mapping with 'thresholds', expected k6's thresholds"),
      ("ci: {}", nil, "in:1:1: holds a mapping with 'ci', expected Lighthouse CI's assertions"),
      ("a: 1\na: 2\n", nil, "in:2:1: "), ("{\"a\": [", nil, "in:"),
      ("a\u{0}", nil, "in:1:2: found a NUL byte"),
    ] as [(String, ImportFormat?, String)])
  func refused(document: String, format: ImportFormat?, message: String) {
    let problems = #expect(throws: BudgetProblems.self) { try Imported(document, as: format) }
    #expect(problems?.description.hasPrefix(message) == true, "\(problems?.description ?? "")")
  }

  @Test("A result without thresholds says where some are")
  func withoutThresholds() {
    let source = Reading.Source(path: "s.json", format: "k6-summary-1.0.0", sha256: "")
    var budget = BudgetImport()
    let problems = #expect(throws: BudgetProblems.self) {
      try budget.add(Reading(profile: "baseline", source: source))
    }
    #expect(problems?.description.contains("k6 inspect SCRIPT prints those of the script") == true)
  }

  @Test("Several files are one budget, and each remark names its file")
  func several() throws {
    var budget = BudgetImport(profile: "spike")
    try budget.add(Array(#"{"thresholds": {"a": ["avg<1", "avg!=2"]}}"#.utf8), file: "a.json")
    try budget.add(Array(#"[{"timings": [{"metric": "interactive", "budget": 1}]}]"#.utf8), file: "b.json")
    #expect(budget.limits == 2)
    #expect(budget.remarks == ["a.json:1:32: a: avg!=2: no limit says that a value is, or is not, 2"])
    #expect(budget.text.hasPrefix("# Imported by slogate budgets import from a.json, b.json.\n"))
  }

  @Test("Untrusted text breaks neither line nor quote")
  func hostile() throws {
    let name = "a\\\"b'\\n- c: [x]\\u001b[31m#{}*&!\\ud83d\\ude80 ##vso"
    let budget = try Imported(
      #"{"thresholds": {"http_req_duration{endpoint:\#(name)}": ["avg<1", "\#(name)"]}}"#)
    #expect(budget.text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    #expect(!budget.text.contains("##"))
    let limits = budget.limits("baseline", "a\"b'\n- c: [x]\u{1B}[31m#{}*&!🚀 ##vso")
    #expect(limits == ["http_req_duration.avg < 1"])
  }

  @Test("Whatever is imported is loaded again to the same limits")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      var draft = BudgetDraft()
      for _ in 0..<Int.random(in: 1...25, using: &generator) { draft.add(wish(&generator)) }
      let text = draft.text(from: ["in"])
      let budgets = try Budgets.parse(text, file: "out.yaml")
      for slot in draft.slots {
        let (profile, endpoint, tag) = slot.place
        let own = budgets.limits(profile: profile, endpoint: endpoint, endpointTag: tag)
        for line in draft.lines[slot] ?? [] {
          let found = own.filter { $0.metric == line.key.metric && $0.statistic == line.key.statistic }
          for (severity, bound) in line.bounds {
            #expect(
              found.contains {
                $0.severity == severity && $0.comparison == bound.bound.comparison
                  && $0.bound == bound.bound.value
                  && $0.unit == bound.bound.unit && $0.isOptional == line.isOptional
              }, "\(line.key.text) of \(slot) in \(text)")
          }
          #expect(found.count == line.bounds.count)
        }
      }
    }
  }

  private func wish(_ generator: inout SeededGenerator) -> BudgetDraft.Wish {
    let names = ["search", "GET /a/{id}", "yes", "404", "a: b", "ü\u{200B}", " x ", "- #", "\"'", "::pay"]
    let name = names.randomElement(using: &generator) ?? ""
    let onPage = Int.random(in: 0..<4, using: &generator) == 0
    let profile =
      (onPage ? ["*", "mobile", "desktop"] : ["*", "baseline", "on"]).randomElement(using: &generator) ?? "*"
    let target: BudgetDraft.Target =
      onPage
      ? .page("/\(profile)/\(name)")
      : Bool.random(using: &generator)
        ? .run : .endpoint(name, tag: ["endpoint", "name"].randomElement(using: &generator) ?? "")
    let keys =
      onPage
      ? ["lcp", "performance", "resource.script.size", "dom-size", "cumulative-layout-shift"]
      : [
        "p95", "p99.9", "error_rate", "checks", "throughput", "data_sent.rate", "wait.p90", "Größe.value",
        "vus_max",
      ]
    let value = Double.random(in: 0...3, using: &generator)
    return BudgetDraft.Wish(
      target: target, profile: profile,
      key: keys.randomElement(using: &generator) ?? "",
      comparison: Comparison.allCases.randomElement(using: &generator),
      value: Bool.random(using: &generator) ? value : (value * 1_000).rounded(),
      unit: [nil, .milliseconds, .bytes].randomElement(using: &generator) ?? nil,
      severity: Bool.random(using: &generator) ? .block : .warn, isOptional: Bool.random(using: &generator),
      origin: "it says \(name)", place: Place(file: "in", line: 1, column: 1))
  }
}

extension BudgetDraft.Slot {
  /// The profile, endpoint and tag its limits are found under.
  fileprivate var place: (profile: String, endpoint: String, tag: String?) {
    switch target {
    case .run: (profile == "*" ? "any" : profile, Series.wholeRun, nil)
    case .endpoint(let name, let tag): (profile == "*" ? "any" : profile, name, tag)
    case .bundle(let name): ("sizes", name, nil)
    case .page(let page): ("lighthouse-" + (profile == "*" ? "mobile" : profile), page, nil)
    }
  }
}
