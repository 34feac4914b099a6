import SLOGate
import SLOModel
import Testing

@testable import SLOReports

@Suite("One slow endpoint is one story")
struct StoryTests {
  /// A check of `checkout`, `search` and the run as a whole, each against a limit of its own.
  private func verdict(
    checkout: Double, search: Double = 100, run: Double, throughput: Double? = nil
  ) throws -> Verdict {
    var scene = Scene(
      budget: """
        owner: shop
        run: { baseline: { p95: 300ms, throughput: ">= 10/s" } }
        endpoints:
          checkout: { baseline: { p95: 160ms, p99: 400ms } }
          search: { baseline: { p95: 160ms } }
        """,
      runs: [
        [
          latency(.p95, run), latency(.p95, checkout, of: "checkout"),
          latency(.p99, 2 * checkout, of: "checkout"), latency(.p95, search, of: "search"),
          value("http_reqs", .rate, throughput ?? 20),
        ]
      ])
    scene.environment = Environment(name: nil, sizing: [:])
    return try scene.verdict()
  }

  @Test("The endpoint comes first, and what the whole run shows of it follows")
  func consequences() throws {
    let stories = try verdict(checkout: 172, run: 900).stories([.over])
    #expect(stories.map(\.endpoint) == ["checkout"])
    #expect(stories[0].findings.map(\.series.endpoint) == ["checkout"])
    #expect(stories[0].consequences.map(\.series.endpoint) == [Series.wholeRun])
  }

  @Test("What no endpoint explains is a story of the whole run: another metric, or no endpoint that is worse")
  func ownStory() throws {
    let slow = try verdict(checkout: 172, run: 200, throughput: 5).stories([.over])
    #expect(slow.map(\.endpoint).sorted() == [Series.wholeRun, "checkout"].sorted())
    #expect(slow.allSatisfy { $0.consequences.isEmpty })
    #expect(try verdict(checkout: 100, run: 900).stories([.over]).map(\.endpoint) == [Series.wholeRun])
  }

  @Test("Several figures of an endpoint are told together, the one furthest off first")
  func figures() throws {
    let stories = try verdict(checkout: 300, search: 170, run: 200).stories([.over])
    #expect(stories.map(\.endpoint) == ["checkout", "search"])
    #expect(stories[0].findings.map(\.series.statistic) == [.p95, .p99])
  }

  @Test("Every finding stands in one story", arguments: ["blocked", "drifted", "unruly", "inconclusive"])
  func complete(name: String) throws {
    let verdict = try GoldenTests.scene(name).verdict()
    let told = verdict.stories(Finding.Outcome.byGravity).flatMap(\.all).map(\.series)
    #expect(told.count == Set(told).count)
    #expect(
      Set(told)
        == Set(verdict.findings.filter { Finding.Outcome.byGravity.contains($0.outcome) }.map(\.series)))
  }

  @Test("The title names what broke, its value, its limit and by how much")
  func title() throws {
    let over = try #require(try verdict(checkout: 172, run: 200).title)
    #expect(over == "checkout p95 172 ms (limit < 160 ms, 7.5 % over)")
    let two = try #require(try verdict(checkout: 172, search: 400, run: 200).title)
    #expect(two.hasPrefix("search p95 400 ms") && two.hasSuffix("and 1 more endpoint"))
    #expect(try verdict(checkout: 100, run: 200).title == nil, "nothing broke")
  }

  @Test("Where the history decides, the title says how far it is from it")
  func titleOfRegression() throws {
    let title = try #require(try Scenes.drifted.verdict().title)
    #expect(title.contains(" % against history"))
  }

  @Test("An open verdict is titled by what is missing")
  func titleOfGap() throws {
    let title = try #require(try Scenes.inconclusive.verdict().title)
    #expect(title.contains("p99.9 is missing"))
  }
}
