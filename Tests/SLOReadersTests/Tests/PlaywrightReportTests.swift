import SLOModel
import Testing

@testable import SLOReaders

@Suite("Playwright's report: what the last attempt of each test came to")
struct PlaywrightReportTests {
  private let mixed = TestReports.playwright([
    TestReports.playwrightTest("adds", "expected", [("passed", 20)]),
    TestReports.playwrightTest("pays", "unexpected", [("failed", 30_000), ("timedOut", 40)]),
    TestReports.playwrightTest("counts", "flaky", [("failed", 5_000), ("passed", 60)]),
    TestReports.playwrightTest("refunds", "skipped", []),
  ])

  @Test(
    "Its figures are of the file, and of the run as a whole", arguments: ["cart.spec.ts", Series.wholeRun])
  func figures(file: String) throws {
    let result = try TestReports.read([mixed], ext: "json")
    #expect(result.errors.isEmpty && result.usable.map(\.profile) == ["tests"])
    #expect(result.figure("tests", of: file) == 4 && result.figure("failed", of: file) == 1)
    #expect(result.figure("flaky", of: file) == 1 && result.figure("skipped", of: file) == 1)
    // Of each test the last attempt alone.
    #expect(result.figure("duration", of: file) == 120)
  }

  @Test("Which tests failed is known, and flaky ones are reported")
  func details() throws {
    let result = try TestReports.read([mixed], ext: "json")
    #expect(result.details("failed", of: "cart.spec.ts") == ["cart › pays (chromium)"])
    #expect(result.details("flaky", of: "cart.spec.ts") == ["cart › counts (chromium)"])
    #expect(
      result.usable.first?.notices == [
        "1 flaky test, passed when tried again: cart.spec.ts: cart › counts (chromium)"
      ])
  }

  @Test("A test in two browsers is two tests")
  func projects() throws {
    let specs = ["chromium", "webkit"].map {
      TestReports.playwrightTest("adds", "expected", [("passed", 20)], project: $0)
    }
    #expect(try TestReports.read([TestReports.playwright(specs)], ext: "json").figure("tests") == 2)
  }

  @Test("More than one worker is noted: durations include what the others took", arguments: [1, 4])
  func workers(count: Int) throws {
    let specs = [TestReports.playwrightTest("adds", "expected", [("passed", 20)])]
    let result = try TestReports.read([TestReports.playwright(specs, workers: count)], ext: "json")
    #expect(result.usable.first?.notices.contains { $0.contains("\(count) workers") } == (count > 1))
  }

  @Test("Where the runner itself failed, or ran nothing, the run is none to judge by")
  func failures() throws {
    let specs = [TestReports.playwrightTest("adds", "expected", [("passed", 20)])]
    let broken = try TestReports.read(
      [TestReports.playwright(specs, errors: ["no tests found"])], ext: "json")
    #expect(broken.usable.first?.failure == "the runner itself failed: no tests found")
    for specs in [[], [TestReports.playwrightTest("adds", "skipped", [])]] {
      let result = try TestReports.read([TestReports.playwright(specs)], ext: "json")
      #expect(result.usable.first?.failure == "no test was run")
    }
  }

  @Test("A duration that cannot be is an error at its place")
  func impossible() throws {
    let spec = TestReports.playwrightTest("adds", "expected", [("passed", -1)])
    let error = try #require(try TestReports.read([TestReports.playwright([spec])], ext: "json").errors.first)
    #expect(error.description.contains("results[0].duration"))
  }

  @Test("It is no load, whoever asks for one")
  func load() throws {
    let error = try #require(
      try TestReports.read([mixed], ext: "json", as: .profile("baseline")).errors.first)
    #expect(error.found == "a Playwright report" && error.remedy == "pass it with --evidence")
  }
}
