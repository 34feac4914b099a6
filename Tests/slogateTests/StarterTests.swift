import Foundation
import SLOBudgets
import SLOModel
import SLOReaders
import TestSupport
import Testing

@testable import slogate

@Suite("What a repository begins with")
struct StarterTests {
  private let starter = Starter(Starter.Facts(service: "shop", owner: "shop-team"))

  @Test("The k6 scripts are those of slogate's own repository")
  func scripts() throws {
    let scripts = starter.files.filter { $0.path.hasPrefix(".github/k6/") }
    #expect(scripts.count == 4)
    for file in scripts {
      let kept = try String(contentsOf: packageFolder.appending(path: file.path), encoding: .utf8)
      #expect(file.text == kept, "\(file.path)")
    }
  }

  @Test(
    "The budgets have no mistake, whatever the names, and hold what holds without them",
    arguments: [("shop", "shop-team"), ("a: \"b\" #c", "'x' {{ y }} \\"), ("null", "123")])
  func budgets(service: String, owner: String) throws {
    let starter = Starter(Starter.Facts(service: service, owner: owner))
    let budgets = try Budgets.parse(starter.files[0].text, file: starter.files[0].path)
    #expect(budgets.service == service)
    for profile in ["baseline", "spike"] {
      let limits = budgets.limits(profile: profile, endpoint: Series.wholeRun)
      let builtIn = Budgets.builtIn.limits(profile: profile, endpoint: Series.wholeRun)
      #expect(limits.map(\.bound) == builtIn.map(\.bound))
      #expect(limits.allSatisfy { $0.owner == owner })
    }
  }

  @Test("What stands in its comments is right once it is no comment")
  func comments() throws {
    let marks = [
      "# account:", "#   owner:", "#   \"*\":", "# pages:", "#   \"/\":", "# rules:", "#   - ", "# waivers:",
    ]
    let lines = starter.files[0].text.split(separator: "\n").map { line in
      marks.contains { line.hasPrefix($0) }
        ? line.dropFirst(
          line.hasPrefix("# account") || line.hasPrefix("#   owner") || line.hasPrefix("#   \"*\"") ? 0 : 2)
        : line
    }
    .map {
      $0.hasPrefix("# account") || $0.hasPrefix("#   owner") || $0.hasPrefix("#   \"*\"")
        ? "  " + $0.dropFirst(2) : String($0)
    }
    let budgets = try Budgets.parse(lines.joined(separator: "\n") + "\n", file: "b.yaml")
    #expect(budgets.rules.count == 1 && budgets.waivers.count == 1 && budgets.profiles(of: .page).count == 2)
    #expect(budgets.targets(profile: "baseline").map(\.name).contains("account"))
  }

  @Test("Endpoints of the budgets are endpoints of the script")
  func endpoints() throws {
    let budgets = try Budgets.parse(starter.files[0].text, file: "b.yaml")
    let script = try #require(starter.files.first { $0.path.hasSuffix("endpoints.js") }).text
    for target in budgets.targets(profile: "baseline") { #expect(script.contains("  \(target.name): ")) }
  }
}
