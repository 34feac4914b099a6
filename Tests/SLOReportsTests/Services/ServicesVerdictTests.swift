import Foundation
import SLOGate
import TestSupport
import Testing

@testable import SLOReports

@Suite("The verdicts of several services as one")
struct ServicesVerdictTests {
  private static func answer(_ name: String, _ scene: Scene) throws -> ServiceAnswer {
    let verdict = try scene.verdict()
    return ServiceAnswer(name: name, result: .judged(verdict), explained: explanationTexts(of: verdict))
  }

  private static let failed = ServiceAnswer(
    name: "billing",
    result: .failed(code: 66, message: "results/billing.json: found no such file; expected a readable file"))

  private static func services() throws -> ServicesVerdict {
    ServicesVerdict([
      try answer("search", Scenes.passing), try answer("orders", Scenes.blocked),
      try answer("stock", Scenes.inconclusive),
    ])
  }

  private func report(_ format: ReportFormat, of services: ServicesVerdict, width: Int = 120) -> String {
    services.report(format, style: TextStyle(isColoured: false, width: width)) { Review(of: $0) }
  }

  @Test("The most severe verdict is that of all; a service without one leaves all without")
  func severity() throws {
    let services = try Self.services()
    #expect(services.code == .overBudget && services.exitCode == 1)
    #expect(services.title.hasPrefix("1 of 3 services blocked, 1 inconclusive. orders: "))
    let inconclusive = ServicesVerdict([services.answers[0], services.answers[2]])
    #expect(inconclusive.exitCode == 3)
    let passed = ServicesVerdict([services.answers[0]])
    #expect(passed.exitCode == 0 && passed.title == "1 service passed")
    let broken = ServicesVerdict(services.answers + [Self.failed])
    #expect(broken.code == nil && broken.exitCode == 66)
    #expect(
      broken.title.hasPrefix(
        "1 of 4 services without a verdict, 1 blocked, 1 inconclusive. billing: exit code 66: "))
    #expect(!broken.title.contains("expected a readable"))
  }

  @Test(
    "The forms that people read",
    arguments: [ReportFormat.text, .markdown, .github, .html, .junit, .badge, .gitlabMetrics])
  func goldens(format: ReportFormat) throws {
    let services = ServicesVerdict(try Self.services().answers + [Self.failed])
    try expectGolden(report(format, of: services), "services/\(format.rawValue).txt")
  }

  @Test("JSON has the verdict of each as a check of it alone would write it, and why another has none")
  func json() throws {
    let services = ServicesVerdict(try Self.services().answers + [Self.failed])
    let document = try JSONSerialization.jsonObject(with: Data(report(.json, of: services).utf8))
    let root = try #require(document as? [String: Any])
    #expect(root["schema"] as? String == "slogate.services/v1" && root["exit_code"] as? Int == 66)
    #expect(root["verdict"] is NSNull)
    let listed = try #require(root["services"] as? [[String: Any]])
    #expect(listed.map { $0["exit_code"] as? Int } == [0, 1, 3, 66])
    let own = try JSONSerialization.jsonObject(
      with: Data(jsonReport(of: Scenes.blocked.verdict()).utf8))
    #expect(listed[1]["verdict"] as? NSDictionary == own as? NSDictionary)
    #expect(
      listed[3]["verdict"] is NSNull && (listed[3]["error"] as? String)?.contains("no such file") == true)
  }

  @Test("SARIF has a run, and Code Quality an issue, for a service without a verdict too")
  func annotations() throws {
    let services = ServicesVerdict([try Self.services().answers[0], Self.failed])
    let log =
      try JSONSerialization.jsonObject(with: Data(report(.sarif, of: services).utf8)) as? [String: Any]
    let runs = try #require(log?["runs"] as? [[String: Any]])
    let isSuccessful = runs.map { run in
      (run["invocations"] as? [[String: Any]])?.first?["executionSuccessful"] as? Bool
    }
    #expect(isSuccessful == [true, false])
    let issues = try JSONSerialization.jsonObject(with: Data(report(.gitlab, of: services).utf8))
    let severities = (issues as? [[String: Any]])?.map { $0["severity"] as? String }
    #expect(severities?.last == "blocker" && severities?.filter { $0 == "blocker" }.count == 1)
  }

  @Test("What a job tells later steps: blocked where any service is, whatever another has")
  func outputs() throws {
    let services = ServicesVerdict([try Self.services().answers[1], Self.failed])
    let output = try #require(services.gitHubOutput(delimiter: "slogate_0"))
    for line in ["verdict=", "exit-code=66", "blocked=true", "key=all-services_perf"] {
      #expect(output.split(separator: "\n").contains { $0 == line }, "\(line)")
    }
  }

  @Test("The page has no place twice, and every link within it leads somewhere")
  func places() throws {
    let services = try Self.services()
    let twice = ServicesVerdict(services.answers + [try Self.answer("orders-eu", Scenes.blocked)])
    let page = report(.html, of: twice)
    let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    let links = page.matches(of: /href="#([^"]*)"/).map { String($0.1) }
    #expect(links.count > 10 && Set(links).isSubset(of: Set(ids)))
    #expect(try Markup(page).flaws.isEmpty)
  }

  @Test("A comment over many services stays within its room, and says what had none")
  func room() throws {
    let blocked = try Self.answer("orders", Scenes.blocked)
    let many = ServicesVerdict((1...60).map { ServiceAnswer(name: "orders-\($0)", result: blocked.result) })
    let comment = report(.markdown, of: many)
    #expect(comment.utf8.count <= 60_000)
    #expect(comment.contains("<code>orders-60</code>") && comment.contains("had no room here"))
    #expect(comment.hasPrefix("<!-- slogate:sticky all-services_"))
  }

  @Test("A name acts nowhere: neither in the text nor in Markdown nor on the page")
  func hostile() throws {
    let name = "x\u{1b}[31m<script>|`@all`\n::error::y"
    let answer = ServiceAnswer(name: name, result: .failed(code: 65, message: name))
    let services = ServicesVerdict([
      answer, ServiceAnswer(name: name, result: try Self.services().answers[1].result),
    ])
    for format in ReportFormat.allCases where format != .github {
      let text = report(format, of: services)
      #expect(!text.contains("\u{1b}"), "\(format)")
      #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::error::y") }, "\(format)")
    }
    for format in [ReportFormat.html, .markdown, .junit, .badge] {
      #expect(!report(format, of: services).contains("<script>"), "\(format)")
    }
    let commands = report(.github, of: services).split(separator: "\n").filter { $0.hasPrefix("::") }
    #expect(!commands.contains { $0.hasPrefix("::error::y") })
  }
}
