import SLOBudgets
import SLOGate
import SLOModel
import SLOStatistics
import Testing

@Suite("Edits that let more through")
struct LoosenedTests {
  static let base = """
    service: shop
    environments: { perf: { stage: perf, cpus: 4 } }
    defaults: { baseline: { p95: { block: 400ms, max_increase: 5% } } }
    regression: { window: 20 }
    """

  private func effects(_ before: String, _ after: String) throws -> [ChangeEffect: Int] {
    let review = BudgetReview(
      from: try Budgets.parse(before, file: "old.yaml"), to: try Budgets.parse(after, file: "new.yaml"))
    let counts = ChangeEffect.allCases.map { ($0, review.count($0)) }
    return Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 })
  }

  @Test(
    "They are called loosened",
    arguments: [
      ("service: shop", "service: shop2"), ("service: shop", "# none"), ("stage: perf,", "stage: perf2,"),
      (", cpus: 4", ""), ("cpus: 4", "cpus: 4, zone: a"), ("window: 20", "window: 7"),
      ("environments: { perf: { stage: perf, cpus: 4 } }", ""), ("max_increase: 5%", "max_increase: 6%"),
      (", max_increase: 5%", ""), ("max_increase: 5%", "max_increase: { warn: 5% }"),
    ])
  func edited(old: String, new: String) throws {
    #expect(try effects(Self.base, Self.base.replacing(old, with: new)) == [.loosened: 1])
  }

  @Test(
    "So are settings beside them",
    arguments: [
      ("", "profiles: { baseline: { optional: true } }"), ("", "k6_thresholds: warn"),
      ("k6_thresholds: warn", "k6_thresholds: ignore"), ("", "load: { dropped: { inconclusive: 20% } }"),
      ("", "load: { dropped: { warn: 2% } }"), ("", "min_samples: 5"), ("min_samples: 50", ""),
      ("min_samples: 50", "min_samples: 50\nprofiles: { baseline: { min_samples: 5 } }"),
      ("metrics: { a: { unit: s } }", "metrics: { a: { unit: ms } }"),
      ("metrics: { a_s: { better: higher } }", ""),
      ("metrics: { a: { better: lower } }", "metrics: { a: { better: higher } }"),
      ("", "hosts: { a.example: a }"),
      ("hosts: { a.example: a }", "hosts: { a.example: b }"), ("endpoints: { e: { min_samples: 50 } }", ""),
    ])
  func settings(old: String, new: String) throws {
    #expect(try effects(Self.base + "\n" + old, Self.base + "\n" + new) == [.loosened: 1])
  }

  @Test("So is the query of a page that is taken away")
  func query() throws {
    let pages = "pages: { /s: { query: [q], lcp: 2s } }"
    #expect(try effects(pages, pages.replacing("query: [q], ", with: "")) == [.loosened: 1])
  }

  @Test(
    "An entry * above a default is seen without any results", arguments: ["p95: 9s", "p95: { warn: 400ms }"])
  func everyEndpoint(limit: String) throws {
    let after = Self.base + "\nendpoints: { \"*\": { baseline: { \(limit) } } }"
    #expect(try effects(Self.base, after)[.loosened] == 1)
    let pages = "pages: { \"/a\": { lcp: 2s } }\ndefaults: { lighthouse-mobile: { lcp: 2s } }"
    #expect(try effects(pages, pages.replacing("}\nd", with: ", \"*\": { lcp: 9s } }\nd"))[.loosened] == 1)
  }

  @Test(
    "What is tighter, or only more, is not",
    arguments: [
      ("400ms", "300ms", .tightened), ("max_increase: 5%", "max_increase: 4%", .tightened),
      ("environments: {", "environments: { nightly: { stage: night },", .changed),
      ("window: 20", "window: 25", .changed), ("window: 20", "window: 8", .changed),
      ("service: shop", "service: shop\nmin_samples: 30", .tightened),
      ("perf: {", "perf2: {", .changed),
    ] as [(String, String, ChangeEffect)])
  func others(old: String, new: String, effect: ChangeEffect) throws {
    let found = try effects(Self.base, Self.base.replacing(old, with: new))
    #expect(found[.loosened] == nil && (found[effect] ?? 0) > 0, "\(found)")
  }

  @Test("The first file of all loosens nothing by naming the service")
  func first() {
    let review = BudgetReview(from: .builtIn, to: try? Budgets.parse("service: shop", file: "b.yaml"))
    #expect(review?.settings.first { $0.name == "service" }?.effect == .changed)
  }

  @Test("The fewest commits that the language takes for granted are those of the statistics")
  func defaults() {
    #expect(RegressionSettings.usualMinimumHistory == RegressionPolicy().minimumReferences)
    #expect(RegressionSettings.usualWindow == RegressionPolicy().window)
  }
}

extension BudgetReview {
  fileprivate init?(from before: Budgets, to after: Budgets?) {
    guard let after else { return nil }
    self.init(from: before, to: after)
  }
}
