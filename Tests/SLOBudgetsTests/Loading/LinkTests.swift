import Foundation
import Testing

@testable import SLOBudgets

@Suite("Links and pipes among budget files")
struct LinkTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "slogate-links-\(UUID().uuidString)")

  private var budgets: String { folder.appending(path: "budgets").path }

  private func made() throws {
    try FileManager.default.createDirectory(atPath: budgets, withIntermediateDirectories: true)
    try "version: 1\n".write(toFile: budgets + "/a.yaml", atomically: true, encoding: .utf8)
    try "S3CRET: x\n".write(toFile: folder.path + "/credentials", atomically: true, encoding: .utf8)
  }

  private func message(of paths: [String]) -> String? {
    do throws(BudgetProblems) {
      _ = try Budgets.load(paths: paths)
      return nil
    } catch { return error.description }
  }

  @Test("A link out of the folder is refused by every way to it, and shows nothing")
  func outside() throws {
    try made()
    defer { try? FileManager.default.removeItem(at: folder) }
    let link = budgets + "/team.yaml"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../credentials")
    for paths in [[budgets], [link], [budgets + "/"]] {
      let told = try #require(message(of: paths))
      #expect(told.contains("team.yaml: is a link to a place outside its folder"))
      #expect(!told.contains("S3CRET"))
    }
    #expect(Place(file: link, line: 1, column: 1).sourceLine == nil)
  }

  @Test("A link within the folder is read, and a folder that is one out of its own is not")
  func inside() throws {
    try made()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(atPath: budgets + "/b.yaml", withDestinationPath: "a.yaml")
    #expect(message(of: [budgets]) == nil)
    let elsewhere = folder.path + "/else"
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: elsewhere + "/budgets", withDestinationPath: "../budgets")
    #expect(message(of: [elsewhere + "/budgets"])?.contains("outside its folder") == true)
  }

  @Test("A pipe in the folder is refused and never waited for")
  func pipe() throws {
    try made()
    defer { try? FileManager.default.removeItem(at: folder) }
    mkfifo(budgets + "/p.yaml", 0o600)
    #expect(message(of: [budgets])?.contains("p.yaml: is no regular file") == true)
  }
}
