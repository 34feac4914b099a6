import Foundation
import Testing

@Suite("Many services: slogate.yaml")
struct ServicesTests {
  private static let file = """
    version: 1
    defaults: { environment: perf }
    services:
      orders: { profiles: { baseline: results/orders.json } }
      search: { profiles: { baseline: "results/search-*.json" } }
    """

  private func prepare(_ workplace: borrowing Workplace, orders: String = summary()) throws {
    try workplace.write("slogate.yaml", Self.file)
    for service in ["orders", "search"] {
      try workplace.write(
        "budgets/\(service).yaml",
        """
        service: \(service)
        environments: { perf: { stage: perf } }
        defaults: { baseline: { p95: 400ms } }

        """)
    }
    try workplace.write("results/orders.json", orders)
    try workplace.write("results/search-1.json", summary(med: "51"))
    try workplace.write("results/search-2.json", summary(med: "52"))
  }

  @Test("--all judges each by its own budgets and results, and records each")
  func all() throws {
    let workplace = try Workplace()
    try prepare(workplace)
    let result = try workplace.slogate(
      "check", "--all", "--bootstrap", "--commit", "abcdef1", "--format", "json")
    #expect(result.code == 0, "\(result.errors)")
    let services = try #require(try result.json()["services"] as? [[String: Any]])
    #expect(services.map { $0["service"] as? String } == ["orders", "search"])
    let runs = services.map { (($0["verdict"] as? [String: Any])?["runs"] as? [Any])?.count }
    #expect(runs == [1, 2])
    let listed = try workplace.slogate("history", "list")
    #expect(listed.output.contains("orders") && listed.output.contains("search"))
  }

  @Test("One that is blocked blocks, and the others are judged and reported in the same comment and page")
  func blocked() throws {
    let workplace = try Workplace()
    try prepare(workplace, orders: summary(p95: "450"))
    let result = try workplace.slogate(
      "check", "--all", "--bootstrap", "--commit", "abcdef1", "--report", "markdown=r/all.md", "--report",
      "html=r/all.html")
    #expect(result.code == 1)
    #expect(result.output.hasPrefix("BLOCKED  1 of 2 services blocked. orders: "))
    for name in ["r/all.md", "r/all.html"] {
      let text = String(decoding: workplace.bytes(name) ?? Data(), as: UTF8.self)
      #expect(text.contains("orders") && text.contains("search"), "\(name)")
    }
  }

  @Test("One without results keeps no other from being judged, and none of all from exit code 0")
  func missing() throws {
    let workplace = try Workplace()
    try prepare(workplace)
    try FileManager.default.removeItem(atPath: workplace.path("results/orders.json"))
    let result = try workplace.slogate("check", "--all", "--bootstrap", "--commit", "abcdef1")
    #expect(result.code == 66)
    #expect(result.errors.contains("service orders: results/orders.json"))
    #expect(result.output.contains("✓ search  pass"))
  }

  @Test("--service stands for what the file says of it; what the command line says counts")
  func one() throws {
    let workplace = try Workplace()
    try prepare(workplace)
    let own = try workplace.slogate(
      "check", "--service", "search", "--bootstrap", "--commit", "abcdef1", "--format", "json")
    #expect(own.code == 0, "\(own.errors)")
    #expect((try own.json()["environment"] as? [String: Any])?["name"] as? String == "perf")
    let given = try workplace.slogate(
      "check", "--service=search", "--baseline", "results/orders.json", "--commit", "abcdef1", "--format",
      "json",
      "--no-record")
    let runs = try #require(try given.json()["runs"] as? [[String: Any]])
    #expect(runs.map { ($0["source"] as? [String: Any])?["path"] as? String } == ["results/orders.json"])
  }

  @Test("Other commands ask the history of the service")
  func questions() throws {
    let workplace = try Workplace()
    try prepare(workplace)
    try workplace.write(
      "slogate.yaml",
      Self.file.replacing(
        "profiles: { baseline: results/orders.json }",
        with:
          "history: own.sqlite, profiles: { baseline: results/orders.json }"))
    try #require(try workplace.slogate("check", "--all", "--bootstrap", "--commit", "abcdef1").code == 0)
    #expect(workplace.bytes("own.sqlite") != nil)
    let trend = try workplace.slogate("trend", "--service", "orders", "--metric", "p95", "--branch", "*")
    #expect(trend.code == 0 && trend.output.contains("service orders"), "\(trend.errors)")
  }

  @Test("What is wrong is said before anything is judged")
  func mistakes() throws {
    let workplace = try Workplace()
    let none = try workplace.slogate("check", "--all")
    #expect(none.code == 64 && none.errors.contains("there is no such file in this folder"))
    try prepare(workplace)
    let which = try workplace.slogate("check", "--baseline", "results/orders.json")
    #expect(which.code == 64 && which.errors.contains("names orders, search: say which with --service NAME"))
    let misspelt = try workplace.slogate("check", "--service", "odrers")
    #expect(misspelt.code == 64 && misspelt.errors.contains("did you mean 'orders'?"))
    let both = try workplace.slogate("check", "--all", "--baseline", "results/orders.json")
    #expect(both.code == 64 && both.errors.contains("results is for one service"))
    try workplace.write("slogate.yaml", "services:\n  orders: { profile: x }\n")
    let wrong = try workplace.slogate("check", "--all")
    #expect(wrong.code == 78 && wrong.errors.contains("slogate.yaml:2:13: unknown key 'profile'"))
    #expect(workplace.bytes("history/slogate.sqlite") == nil)
  }

  @Test("A review of budgets that names no service reviews those of each")
  func reviews() throws {
    let workplace = try Workplace()
    try prepare(workplace)
    try workplace.git("init", "-q")
    try workplace.git("add", ".")
    try workplace.commit("first", day: 1)
    let search = try workplace.text("budgets/search.yaml")
    try workplace.write("budgets/search.yaml", search.replacing("400ms", with: "900ms"))
    let diff = try workplace.slogate("budgets", "diff", "HEAD", "--fail-on", "loosened")
    #expect(
      diff.code == 1 && diff.output.contains("── orders\n") && diff.output.contains("900 ms"), "\(diff)")
    try workplace.write("budgets/search.yaml", search + "versoin: 1\n")
    let lint = try workplace.slogate("budgets", "lint")
    #expect(lint.code == 78 && lint.output.contains("unknown key 'versoin'"), "\(lint)")
    #expect(try workplace.slogate("budgets", "lint", "--format", "json").code == 64)
    #expect(try workplace.slogate("budgets", "lint", "--service", "orders").code == 0)
  }

  @Test("Commands that a report prints name the service")
  func commands() throws {
    let workplace = try Workplace()
    try prepare(workplace, orders: summary(p95: "450"))
    let result = try workplace.slogate(
      "check", "--all", "--bootstrap", "--commit", "abcdef1", "--format", "markdown")
    let commands = result.output.split(separator: "\n").filter {
      $0.contains("slogate trend") || $0.contains("slogate explain")
    }
    #expect(!commands.isEmpty && commands.allSatisfy { $0.contains("--service orders") }, "\(commands)")
  }

  @Test("A service without results, and a mistake of several lines, are told in a line each")
  func lines() throws {
    let workplace = try Workplace()
    try prepare(workplace)
    try workplace.write("slogate.yaml", Self.file + "\n  billing: {}\n")
    try workplace.write("budgets/orders.yaml", "service: orders\nrun: { baseline: { p95: 400 } }\n")
    let result = try workplace.slogate("check", "--all", "--bootstrap", "--commit", "abcdef1")
    #expect(result.errors.contains("names no results of 'billing'"))
    #expect(!result.output.contains("u{a}") && result.output.contains("billing"), "\(result.output)")
  }

  @Test(
    "Facts of the file hold beside those of the command line, key by key",
    arguments: [
      (["--set", "pool=20"], ["region": "eu", "stage": "perf"]),
      (["--environment", "perf"], ["region": "eu", "stage": "perf"]),
      (["--env", "region=us", "--set", "region=blue"], ["region": "us", "stage": "perf"]),
      (["--environment", "other"], ["stage": "other"]),
    ])
  func facts(options: [String], sizing: [String: String]) throws {
    let workplace = try Workplace()
    try prepare(workplace)
    try workplace.write(
      "slogate.yaml",
      Self.file.replacing("environment: perf }", with: "environment: perf, env: { region: eu } }"))
    let budgets = try workplace.text("budgets/search.yaml")
    try workplace.write(
      "budgets/search.yaml", budgets.replacing("{ perf:", with: "{ other: { stage: other }, perf:"))
    let result = try workplace.run(
      ["check", "--service", "search", "--no-record", "--bootstrap", "--format", "json"] + options)
    #expect((try result.json()["environment"] as? [String: Any])?["sizing"] as? [String: String] == sizing)
  }

  @Test(
    "A report does not overwrite what names the services, and explain --all is about the service's own history"
  )
  func files() throws {
    let workplace = try Workplace()
    try prepare(workplace)
    let file = try workplace.text("slogate.yaml")
    let report = try workplace.slogate("check", "--all", "--bootstrap", "--report", "json=slogate.yaml")
    let kept = try workplace.text("slogate.yaml")
    #expect(report.code == 64 && kept == file)
    try workplace.write(
      "slogate.yaml", Self.file.replacing("orders: {", with: "orders: { history: own.sqlite,"))
    try #require(try workplace.slogate("check", "--all", "--bootstrap", "--commit", "abcdef1").code == 0)
    let explained = try workplace.slogate("explain", "--all", "--service", "orders")
    #expect(explained.code == 0, "\(explained.errors)")
  }
}
