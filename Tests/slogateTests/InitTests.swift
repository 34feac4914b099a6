import Foundation
import Testing

@Suite("slogate init")
struct InitTests {
  private func files(_ workplace: borrowing Workplace, in folder: String = ".") throws -> Set<String> {
    let names =
      FileManager.default.enumerator(atPath: workplace.path(folder))?.compactMap { $0 as? String } ?? []
    return Set(
      names.filter {
        $0.hasSuffix(".js") || $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") || $0.hasSuffix(".txt")
          || $0.hasSuffix(".json")
      })
  }

  @Test("Away from a terminal it asks nothing, takes the folder's name, and its budgets have no mistake")
  func start() throws {
    let workplace = try Workplace()
    let result = try workplace.slogate("init", "shop")
    #expect(result.code == 0 && result.errors.isEmpty)
    #expect(
      try files(workplace, in: "shop") == [
        "budgets/slogate.yaml", "budgets/slogate.schema.json", ".github/workflows/performance.yml",
        ".github/workflows/budget-review.yml", ".github/workflows/performance-comment.yml",
        ".github/k6/endpoints.js", ".github/k6/baseline.js", ".github/k6/spike.js",
        ".github/k6/requirements.txt",
      ])
    #expect(result.output.contains("wrote shop/budgets/slogate.yaml"))
    #expect(result.output.contains("next\n"))
    let budgets = String(decoding: workplace.bytes("shop/budgets/slogate.yaml") ?? Data(), as: UTF8.self)
    #expect(budgets.contains("service: service\n") || budgets.contains("service: shop\n"))
    let lint = try workplace.slogate("budgets", "lint", "shop/budgets", "--strict")
    #expect(lint.code == 0, "\(lint.output)\(lint.errors)")
  }

  @Test("What is there is kept and named, unless it is to be replaced")
  func keeping() throws {
    let workplace = try Workplace()
    try workplace.write("budgets/slogate.yaml", "mine\n")
    let kept = try workplace.slogate("init", "--service", "shop")
    #expect(kept.code == 0)
    #expect(kept.output.contains("kept budgets/slogate.yaml") && kept.output.contains("--force"))
    #expect(workplace.bytes("budgets/slogate.yaml") == Data("mine\n".utf8))
    #expect(workplace.bytes(".github/k6/spike.js") != nil)
    let forced = try workplace.slogate("init", "--service", "shop", "--owner", "us", "--force")
    #expect(forced.output.contains("replaced budgets/slogate.yaml"))
    let text = String(decoding: workplace.bytes("budgets/slogate.yaml") ?? Data(), as: UTF8.self)
    #expect(text.contains("service: shop\nowner: us\n"))
  }

  @Test("A dry run shows every file and writes none")
  func dryRun() throws {
    let workplace = try Workplace()
    let result = try workplace.slogate("init", "--dry-run")
    #expect(result.code == 0)
    #expect(result.output.contains("would write .github/k6/spike.js:\n\n// The spike profile"))
    #expect(try files(workplace).isEmpty)
  }

  @Test("A name nobody can read is a usage error, a file in the way of a folder cannot be written over")
  func failures() throws {
    let workplace = try Workplace()
    #expect(try workplace.slogate("init", "--service", "a\nb").code == 64)
    #expect(try workplace.slogate("init", "--owner", " ").code == 64)
    try workplace.write("budgets", "a file")
    let blocked = try workplace.slogate("init")
    #expect(blocked.code == 74 && blocked.errors.contains("budgets/slogate.yaml: cannot be written"))
  }
}
