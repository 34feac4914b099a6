import Foundation
import Testing

@Suite("What a shell completes by")
struct CompletionTests {
  @Test("Options that take files complete file names, those that take folders folders, --metric the metrics")
  func kinds() throws {
    let workplace = try Workplace()
    let script = try workplace.slogate("--generate-completion-script", "fish").output
    let lines = script.split(separator: "\n").map(String.init)
    for option in ["baseline", "spike", "lighthouse", "budgets", "history", "report", "output"] {
      let told = lines.filter { $0.contains("-l '\(option)'") || $0.contains("-l \(option) ") }
      #expect(
        !told.isEmpty && told.allSatisfy { $0.contains("-F") || $0.contains(" -r") }, "\(option) \(told)")
    }
    let bash = try workplace.slogate("--generate-completion-script", "bash").output
    #expect(bash.contains("'--baseline'|'--baseline-summary')\n        __slogate_add_completions -f"))
    #expect(bash.contains("'p95'") && bash.contains("'largest-contentful-paint'"))
  }

  @Test("Endpoints and commits are those of the history, and no name is offered that a shell would run")
  func recorded() throws {
    let workplace = try Workplace()
    let endpoints = ["search", "GET /a b", "$(touch pwned)", "`id`", "a;b", "-rf", "cart/{id}", "pay'"]
    let samples = endpoints.map { endpoint in
      """
      {"type":"Point","data":{"time":"2026-01-02T00:00:00Z","value":20,"tags":{"endpoint":"\(endpoint)"}},\
      "metric":"http_req_duration"}
      """
    }
    try workplace.write("s.json", samples.joined(separator: "\n") + "\n")
    let recorded = try workplace.slogate(
      "record", "--baseline", "s.json", "--commit", "41d0e77abc0123", "--env", "stage=a", "--branch", "main")
    try #require(recorded.code == 0, "\(recorded.errors)")
    func offered(_ option: String) throws -> [String] {
      let result = try workplace.slogate(
        "---completion", "explain", "--", option, "3", "0", "slogate", "explain", option, "")
      return result.output.split(separator: "\n").map(String.init)
    }
    #expect(try offered("--endpoint") == ["search"])
    #expect(try offered("--commit") == ["41d0e77abc"])
  }

  @Test("Profiles, services, branches and environments are those that history, slogate.yaml and budgets know")
  func names() throws {
    let workplace = try Workplace()
    try workplace.write("slogate.yaml", "services: { orders: {}, search: {} }\n")
    try workplace.write("budgets/a.yaml", "environments: { perf: { stage: perf }, \"$(x)\": { stage: x } }\n")
    try workplace.write("s.json", summary())
    let recorded = try workplace.slogate(
      "record", "--profile", "soak=s.json", "--service", "orders", "--commit", "41d0e77abc0123", "--branch",
      "trunk",
      "--environment", "perf")
    try #require(recorded.code == 0, "\(recorded.errors)")
    func offered(_ option: String) throws -> [String] {
      let words = ["---completion", "trend", "--", option, "3", "0", "slogate", "trend", option, ""]
      return try workplace.run(words).output.split(separator: "\n").map(String.init)
    }
    #expect(try offered("--profile") == ["baseline", "spike", "soak"])
    #expect(try offered("--service") == ["orders", "search"])
    #expect(try offered("--environment") == ["perf"])
  }

  @Test("Without a history nothing is offered, and nothing is said")
  func nothing() throws {
    let result = try Workplace().slogate(
      "---completion", "explain", "--", "--endpoint", "3", "0", "slogate", "explain", "--endpoint", "")
    #expect(result.output.allSatisfy(\.isWhitespace) && result.errors.isEmpty)
  }
}
