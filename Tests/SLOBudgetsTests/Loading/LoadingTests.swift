import FoundationEssentials
import Testing

@testable import SLOBudgets

@Suite("Files and folders")
struct LoadingTests {
  /// Runs with a folder that holds the files named, and removes it.
  private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "slogate-budgets-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder + "/inner", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: folder + "/" + name)) }
    try body(folder)
  }

  @Test("Of a folder the *.yaml and *.yml directly in it are read, by name")
  func folder() throws {
    let files = [
      "b.yml": "defaults: { b: { p95: 1s } }", "a.yaml": "service: s", "notes.md": "- [", ".hidden.yaml": "[",
      "inner/c.yaml": "[",
    ]
    try withFolder(files) { folder in
      let budgets = try Budgets.load(paths: [folder])
      #expect(budgets.files == ["\(folder)/a.yaml", "\(folder)/b.yml"])
      let again = try Budgets.load(paths: [folder + "/", "\(folder)/b.yml"])
      #expect(again.files.count == 2)
    }
  }

  @Test("What is missing or holds no budget is a problem, beside the problems of what is there")
  func missing() throws {
    try withFolder(["a.yaml": "rulez: 1", "b.yaml": ""]) { folder in
      let error = #expect(throws: BudgetProblems.self) {
        try Budgets.load(paths: [folder, "\(folder)/none.yaml", "\(folder)/inner"])
      }
      #expect(
        error?.problems.map(\.description) == [
          "\(folder)/a.yaml:1:1: unknown key 'rulez' in a budget file\n    hint: did you mean 'rules'?",
          "\(folder)/b.yaml:1:1: is empty, expected a budget\n    hint: a budget file starts with `version: 1`",
          "\(folder)/inner: holds no budget file\n    hint: budget files end in .yaml or .yml",
          "\(folder)/none.yaml: cannot be read: No such file or directory\n"
            + "    hint: give a budget file or a folder of them",
        ])
    }
  }

  @Test("A link in a folder that leads nowhere is a problem, never skipped")
  func danglingLink() throws {
    try withFolder(["a.yaml": "service: s"]) { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/b.yaml", withDestinationPath: folder + "/gone.yaml")
      let error = #expect(throws: BudgetProblems.self) { try Budgets.load(paths: [folder]) }
      #expect(error?.problems.map(\.place.file) == ["\(folder)/b.yaml"])
      #expect(error?.problems.first?.message == "cannot be read: No such file or directory")
    }
  }

  @Test("A file far too large is refused without reading it whole")
  func tooLarge() {
    let error = #expect(throws: BudgetProblems.self) { try Budgets.load(paths: ["/dev/zero"]) }
    #expect(error?.description.contains("larger than a budget file may be") == true)
  }
}
