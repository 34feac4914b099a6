import Foundation
import Testing

@Suite("slogate budgets export")
struct BudgetsExportTests {
  private static let budget = """
    service: shop
    defaults:
      baseline: { p95: 400ms, error_rate: { warn: 1% } }
      spike: { p95: 700ms }
    endpoints: { search: { baseline: { p95: 300ms } } }
    pages: { "/": { lcp: 2s } }
    sizes: { app.js: { gzip: 90KB } }

    """

  @Test("The budgets lying there are written to standard output, notes to standard error")
  func output() throws {
    let workplace = try Workplace()
    try workplace.write("budgets/b.yaml", BudgetsExportTests.budget)
    let result = try workplace.slogate("budgets", "export", "--to", "k6", "--profile", "baseline")
    #expect(result.code == 0)
    let thresholds = try result.json()["thresholds"] as? [String: [String]]
    #expect(thresholds?["http_req_duration{endpoint:search}"] == ["p(95)<300"])
    #expect(
      result.errors.contains(
        "note: budgets/b.yaml:3:41: * http_req_failed.rate < 1 %: k6 has no thresholds that warn"))
    #expect(result.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("note: ") })
  }

  @Test(
    "A folder gets every file, made where it is missing; a file is one, Prometheus's with its tests beside")
  func files() throws {
    let workplace = try Workplace()
    try workplace.write("b.yaml", BudgetsExportTests.budget)
    let names = [
      "k6": ["thresholds.json", "thresholds.js"], "lighthouse": ["budget.json"],
      "sitespeed": ["sitespeed.budget.json"], "baselines": ["baselines.json"],
      "size-limit": [".size-limit.json"],
      "grafana": ["slogate.dashboard.json"],
      "prometheus": ["slogate.rules.yml", "slogate.rules.test.yml"], "openslo": ["slogate.openslo.yaml"],
    ]
    for (target, names) in names {
      #expect(
        try workplace.slogate("budgets", "export", "b.yaml", "--to", target, "--output", "new/\(target)/")
          .code == 0)
      let folder = try FileManager.default.contentsOfDirectory(atPath: workplace.path("new/\(target)"))
      #expect(Set(folder) == Set(names))
    }
    #expect(
      try workplace.slogate("budgets", "export", "b.yaml", "--to", "prometheus", "--output", "a/shop.yml")
        .code == 0)
    let tests = String(decoding: workplace.bytes("a/shop.test.yml") ?? Data(), as: UTF8.self)
    #expect(tests.contains("rule_files:\n  - shop.yml\n"))
    #expect(workplace.bytes("a/shop.yml") != nil)
    #expect(try workplace.slogate("budgets", "export", "b.yaml", "--to", "k6", "--output", "t.js").code == 0)
    #expect(
      String(decoding: workplace.bytes("t.js") ?? Data(), as: UTF8.self).contains("export default {"))
  }

  @Test(
    "What was exported as OpenSLO or thresholds comes back as the same limits", arguments: ["openslo", "k6"])
  func roundTrip(target: String) throws {
    let workplace = try Workplace()
    try workplace.write("b.yaml", BudgetsExportTests.budget)
    let export = try workplace.slogate("budgets", "export", "b.yaml", "--to", target, "--profile", "baseline")
    try workplace.write("exported", export.output)
    let back = try workplace.slogate("budgets", "import", "exported")
    #expect(back.code == 0, "\(back.errors)")
    try workplace.write("back.yaml", back.output)
    let explained = try workplace.slogate(
      "budgets", "explain", "search", "--budgets", "back.yaml", "--profile", "baseline")
    #expect(
      explained.output.contains("300ms") || explained.output.contains("300 ms"),
      "\(back.output)\(explained.output)")
    let whole = try workplace.slogate(
      "budgets", "explain", "*", "--budgets", "back.yaml", "--profile", "baseline")
    #expect(
      whole.output.contains("400ms") || whole.output.contains("400 ms"), "\(back.output)\(whole.output)")
  }

  @Test("Wrong budgets exit 78, nothing to say too, an unwritable file 74, an unknown target 64")
  func failures() throws {
    let workplace = try Workplace()
    try workplace.write("wrong.yaml", "defaults: { baseline: { p95: 400 } }\n")
    try workplace.write("load.yaml", "defaults: { baseline: { p95: 400ms } }\n")
    #expect(try workplace.slogate("budgets", "export", "wrong.yaml", "--to", "k6").code == 78)
    let nothing = try workplace.slogate("budgets", "export", "load.yaml", "--to", "lighthouse")
    #expect(nothing.code == 78 && nothing.output.isEmpty)
    #expect(nothing.errors.contains("the budgets have no limit that lighthouse could be given"))
    #expect(
      try workplace.slogate("budgets", "export", "load.yaml", "--to", "k6", "--output", "load.yaml/x/").code
        == 74)
    #expect(try workplace.slogate("budgets", "export", "load.yaml", "--to", "jmeter").code == 64)
  }
}
