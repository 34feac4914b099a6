import SLOGate
import SLOHistory
import SLOModel
import TestSupport
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

  @Test("Several figures of an endpoint are reported together, the one furthest off first")
  func figures() throws {
    let stories = try verdict(checkout: 300, search: 170, run: 200).stories([.over])
    #expect(stories.map(\.endpoint) == ["checkout", "search"])
    #expect(stories[0].findings.map(\.series.statistic) == [.p95, .p99])
  }

  @Test("Every finding stands in one story", arguments: ["blocked", "drifted", "unruly", "inconclusive"])
  func complete(name: String) throws {
    let verdict = try GoldenTests.scene(name).verdict()
    let told = verdict.stories(Finding.Outcome.bySeverity).flatMap(\.all).map(\.series)
    #expect(told.count == Set(told).count)
    #expect(
      Set(told)
        == Set(verdict.findings.filter { Finding.Outcome.bySeverity.contains($0.outcome) }.map(\.series)))
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

  @Test("What shows the very same figures under another name is part of the story; equal rates are not")
  func echoes() throws {
    let levels = ["checkout", "::pay"].flatMap { name in
      [(latency(.p95, 0, of: name).series, 100.0), (latency(.median, 0, of: name).series, 40.0)]
    }
    var window = window(of: levels)
    for statistic in [Statistic.p95, .median] {
      window.values[latency(statistic, 0, of: "::pay").series] =
        window.values[latency(statistic, 0, of: "checkout").series]
    }
    let run = ["checkout", "::pay"].flatMap {
      [latency(.p95, 150.5, of: $0), latency(.median, 60.25, of: $0)]
    }
    var scene = Scene(runs: [run], windows: ["baseline": window])
    let stories = try scene.verdict().stories([.regressed])
    #expect(stories.count == 1 && stories[0].echoes.count == 2)
    scene.budget = "defaults: { baseline: { error_rate: 1% } }"
    scene.runs = [["a", "b"].map { value("http_req_failed", .rate, 0.025, of: $0, samples: 1_000) }]
    #expect(try scene.verdict().stories([.over]).map(\.endpoint) == ["a", "b"])
  }

  @Test("What hits nearly every endpoint alike is one story, and one that hits a few is not")
  func breadth() throws {
    let verdict = try Scenes.slowHost.verdict()
    let stories = verdict.stories([.over, .missing, .regressed])
    #expect(stories.count == 1 && stories[0].breadth == Story.Breadth(moved: 8, compared: 8))
    #expect(verdict.title?.hasSuffix("8 of 8 endpoints slower") == true)
    #expect(verdict.advice.first?.words.hasPrefix("repeat the run") == true)
    #expect(try Scenes.slowEndpoint.verdict().stories([.over, .regressed]).allSatisfy { $0.breadth == nil })
  }

  @Test("The title counts every endpoint that blocks, whatever for")
  func counted() throws {
    var scene = Scenes.slowEndpoint
    scene.runs[0] = scene.runs[0].map { measurement in
      var measurement = measurement
      if measurement.series.endpoint == "search" { measurement.value *= 1.3 }
      return measurement
    }
    let title = try #require(try scene.verdict().title)
    #expect(title.hasPrefix("checkout p95 174 ms") && title.hasSuffix("and 1 more endpoint"))
  }

  @Test("A commit is named as the cause only where it is the only one since the newest reference")
  func since() throws {
    var scene = Scenes.slowEndpoint
    let lead = try #require(try scene.verdict().stories([.over]).first?.lead)
    func since() throws -> String? { try scene.verdict().facts(of: lead).first { $0.label == .since }?.text }
    #expect(try since()?.hasPrefix("this change, 9f3c1ab04d checkout: score") == true)
    let newest = try #require(try scene.verdict().comparisons.first?.window?.commits.last?.sha)
    scene.context.commitsSince = [newest: 3]
    #expect(
      try since()?.hasPrefix("one of 3 commits since \(newest.prefix(10)), the newest 9f3c1ab04d") == true)
  }

  @Test("Of a value that rests on too few samples the title says that it cannot be judged")
  func fewSamples() throws {
    let scene = Scene(
      budget: "min_samples: 20\nendpoints: { a: { baseline: { error_rate: 1% } } }",
      runs: [[value("http_req_failed", .rate, 0, of: "a", samples: 15)]])
    let verdict = try scene.verdict()
    #expect(verdict.title == "a error_rate of 15 samples cannot be judged (limit < 1 %)")
    let finding = try #require(verdict.findings.first { $0.outcome == .missing })
    #expect(verdict.facts(of: finding).map(\.label) == [.owner, .why])
  }

  @Test("A warning that --strict refuses is reported as what it is")
  func strict() throws {
    var verdict = try Scene(
      budget: "defaults: { baseline: { p95: { warn: 400ms } } }", runs: [[latency(.p95, 500)]]
    ).verdict()
    let style = TextStyle(isColoured: false, width: 120)
    #expect(textReport(of: verdict, style: style).hasPrefix("PASS  "))
    verdict.isStrict = true
    let text = textReport(of: verdict, style: style)
    #expect(text.hasPrefix("WARNINGS  (whole run) p95 500 ms") && text.contains("\n! (whole run) p95"))
    #expect(text.contains("--strict lets no warning pass"))
    #expect(try ReadXML(junitReport(of: verdict)).elements.contains { $0.name == "failure" })
  }

  @Test("The owner is that of the endpoint's entry, also under a limit that all endpoints have")
  func owner() throws {
    let scene = Scene(
      budget: """
        owner: platform-team
        defaults: { baseline: { p99: 1s } }
        endpoints: { a: { owner: a-team, baseline: { p95: 1s } } }
        """, runs: [[latency(.p95, 500, of: "a"), latency(.p99, 2_000, of: "a")]])
    let over = try #require(try scene.verdict().findings.first { $0.outcome == .over })
    #expect(over.responsible == "a-team")
  }

  @Test("An error rate moves by points")
  func points() throws {
    let series = value("http_req_failed", .rate, 0, of: "a").series
    let scene = Scene(
      runs: [[value("http_req_failed", .rate, 0.1, of: "a", samples: 10_000)]],
      windows: ["baseline": window(of: [(series, 0.01)])])
    let finding = try #require(try scene.verdict().findings.first { $0.series == series })
    #expect(FindingRow(finding).change.hasSuffix(" points"))
  }

  @Test("A story is named by what a regression made, not by a limit that was broken before")
  func leadOfStory() throws {
    var scene = Scenes.slowEndpoint
    let rate = value("http_req_failed", .rate, 0.02, of: "checkout", samples: 12_000)
    scene.budget = scene.budget.replacing(
      "baseline: { p95: 160ms }", with: "baseline: { p95: 160ms, error_rate: 0.1% }")
    scene.runs[0].append(rate)
    let old = window(of: [(rate.series, 0.02)])
    scene.windows["baseline"]?.values[rate.series] = old.values[rate.series]
    let story = try #require(try scene.verdict().stories([.over]).first)
    #expect(story.endpoint == "checkout" && story.lead?.series.statistic == .p95)
  }

  @Test("The counts of a rate are shown beside the value that they make")
  func trials() throws {
    func trials(_ runs: Int) throws -> String {
      let run = [value("http_req_failed", .rate, 0.05, of: "a", samples: 100)]
      let scene = Scene(runs: Array(repeating: run, count: runs))
      return FindingRow(try #require(try scene.verdict().findings.first)).trials
    }
    #expect(try trials(1) == " (5 of 100)")
    #expect(try trials(3).isEmpty)
  }

  @Test("The title names what decided: a gap or a rule, though something else regressed")
  func decided() throws {
    var scene = Scenes.slowEndpoint
    scene.budget = "defaults: { spike: { p95: 500ms } }\nservice: gateway"
    let open = try scene.verdict()
    #expect(open.code == .inconclusive && open.title == "spike: no result was given")
    scene.budget = "rules: [\"baseline.p95 <= 1ms\"]"
    let broken = try scene.verdict()
    #expect(broken.code == .overBudget && broken.title?.contains("baseline.p95 <= 1ms") == true)
  }
}
