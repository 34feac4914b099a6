import Testing

@testable import SLOReaders

@Suite("The order of file names")
struct PathOrderTests {
  @Test("Numbers in names count by their value")
  func numbers() {
    let names = ["run-10.json", "run-9.json", "run-010.json", "run.json", "run-1", "a2b10", "a2b9", "a10b1"]
    #expect(
      names.sorted(by: PathExpansion.isOrdered) == [
        "a2b9", "a2b10", "a10b1", "run-1", "run-9.json", "run-010.json", "run-10.json", "run.json",
      ])
  }

  @Test("What was taken before a run comes before what was taken after it")
  func moments() {
    let names = [
      "db-after.csv", "db-before.csv", "m/post.prom", "m/pre.prom", "x-start-2", "x-start-1", "x-end-1",
      "after-1", "before-2", "afternoon", "beforehand",
    ]
    #expect(
      names.sorted(by: PathExpansion.isOrdered) == [
        "before-2", "after-1", "afternoon", "beforehand", "db-before.csv", "db-after.csv", "m/pre.prom",
        "m/post.prom", "x-start-1", "x-start-2", "x-end-1",
      ])
  }

  @Test("Numbers of any length are compared, and the order is one")
  func order() {
    let long = String(repeating: "9", count: 40)
    #expect(PathExpansion.isOrdered("x\(long)", before: "x1\(long)"))
    #expect(!PathExpansion.isOrdered("x1\(long)", before: "x\(long)"))
    #expect(!PathExpansion.isOrdered("same", before: "same"))
    #expect(PathExpansion.isOrdered("", before: "a") && !PathExpansion.isOrdered("a", before: ""))
  }
}
