import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics
import Testing

@testable import SLOGate

@Suite("Where a change comes from is reported by the figures beside it")
struct SurroundingsTests {
  private func figure(
    _ metric: String, _ value: Double, of endpoint: String = "search", _ statistic: Statistic = .p95,
    profile: String = "baseline"
  ) -> MetricValue {
    MetricValue(
      series: Series(profile: profile, endpoint: endpoint, metric: metric, statistic: statistic),
      value: value,
      unit: .milliseconds, better: .lower, samples: 5_000)
  }

  /// What ten commits before had, and what is now: `search` a third slower.
  private func relatedChanges(_ others: [(MetricValue, before: [Double])]) throws -> RelatedChanges {
    let slow = figure("http_req_duration", 270)
    var check = Check([slow] + others.map(\.0))
    let history = others.map { ($0.0.series, $0.before) } + [(slow.series, calm)]
    check.windows = ["baseline": window(Dictionary(uniqueKeysWithValues: history))]
    let draft = try check.draft()
    let verdict = draft.verdict()
    let finding = try #require(verdict.findings.first { $0.series == slow.series })
    return RelatedChanges(of: finding, in: verdict)
  }

  @Test("The phase that grew by most of the change carries it")
  func carrier() throws {
    let found = try relatedChanges([
      (figure("http_req_waiting", 250), calm.map { $0 - 20 }),
      (figure("http_req_receiving", 18), calm.map { $0 / 10 }),
      (figure("http_req_connecting", 90), calm.map { $0 / 100 }),
    ])
    #expect(found.carrier?.part.series.metric == "http_req_waiting")
    #expect(try #require(found.carrier).share > 0.9)
    // Connecting is no part of http_req_duration, however much it grew.
    #expect(found.parts.first { $0.series.metric == "http_req_connecting" }?.movement == .worse)
  }

  @Test("Where no phase grew by half of it, none carries it")
  func noCarrier() throws {
    let found = try relatedChanges([
      (figure("http_req_waiting", 200), calm), (figure("http_req_receiving", 20), calm.map { $0 / 10 }),
    ])
    #expect(found.carrier == nil)
  }

  @Test("Endpoints, profiles and statistics beside it are distinguished, the run as a whole is no endpoint")
  func kinds() throws {
    let found = try relatedChanges([
      (figure("http_req_duration", 201, of: "cart"), calm), (figure("http_req_duration", 250, of: "*"), calm),
      (figure("http_req_duration", 100, of: "search", .median), calm.map { $0 / 2 }),
      (figure("http_req_failed", 1, of: "cart"), calm),
    ])
    #expect(found.endpoints.map(\.series.endpoint) == ["cart"])
    #expect(found.endpoints.map(\.movement) == [.none])
    #expect(found.statistics.map(\.series.statistic) == [.median])
    #expect(found.profiles.isEmpty && found.parts.isEmpty)
  }

  @Test(
    "A figure without a test has moved where it is further from the earlier values than these are from each other",
    arguments: [
      (Array(repeating: 100.0, count: 3), 500.0, Neighbour.Movement.unknown),
      ([100, 110, 105, 102], 119, .none), ([100, 110, 105, 102], 125, .worse),
      ([100, 110, 105, 102], 85, .better),
      ([100, 100, 100, 100], 102, .none), ([], 5, .unknown), ([0, 0, 0, 0], 0.5, .none),
      ([0, 0, 0, 0], 2, .worse),
    ])
  func untested(before: [Double], now: Double, movement: Neighbour.Movement) throws {
    let found = try relatedChanges([(figure("http_req_blocked", now), before)])
    #expect(found.parts.map(\.movement) == [movement])
  }

  @Test(
    "The commits after the last good reference are suspected, of what is not new none or those of its step")
  func suspects() throws {
    func range(_ value: Double, after history: [Double]) throws -> Suspects? {
      var check = Check([p95(value)])
      check.windows = ["baseline": window([p95(0).series: history])]
      let draft = try check.draft()
      return try #require(explain(p95(0).series, in: draft.verdict())).suspects
    }
    #expect(try range(260, after: calm)?.after == "c9")
    #expect(try range(201, after: calm) == nil)
    let step = try range(260, after: calm + calm.map { $0 * 1.3 })
    #expect(step?.after == "c9" && step?.upTo == "c10" && step?.measured.map(\.sha) == ["c10"])
    let blurred = try range(260, after: calm + [228] + calm.map { $0 * 1.3 })
    #expect(blurred?.after == "c9" && blurred?.upTo == "c11" && blurred?.areSeveral == true)
    #expect(blurred?.measured.map(\.sha) == ["c10", "c11"])
  }

  @Test("The odds are a bound over all that was judged, and never worse than the rate at which it blocks")
  func odds() throws {
    var check = Check([p95(260), figure("http_req_duration", 200, of: "cart")])
    check.windows = [
      "baseline": window([p95(0).series: calm, figure("http_req_duration", 0, of: "cart").series: calm])
    ]
    let draft = try check.draft()
    let verdict = draft.verdict()
    let explanation = try #require(explain(p95(0).series, in: verdict))
    let judgement = try #require(explanation.finding.regression?.judgement)
    let p = try #require(judgement.p)
    #expect(try #require(explanation.odds) <= min(2 * p, 0.05))
    #expect(try #require(explanation.odds) >= p)
  }

  @Test("What is missing is looked up too, and of an endpoint that is gone those that are there are reported")
  func gone() throws {
    let check = Check([p95(200, of: "cart")], budget: "endpoints: { search: { baseline: { p95: 1s } } }")
    let draft = try check.draft()
    let verdict = draft.verdict()
    let missing = try #require(verdict.findings.first { $0.outcome == .missing })
    #expect(verdict.companions(of: [missing]).map(\.series) == [missing.series])
    #expect(RelatedChanges(of: missing, in: verdict).measured == ["cart"])
  }
}
