import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Repetitions")
struct RepetitionTests {
  private func check(_ values: [Double?], asked: Int = 1, profile: String = "baseline") -> Check {
    var check = Check([], budget: "defaults: { \(profile): { p95: 400ms } }")
    check.runs = values.enumerated().map { index, value in
      run(
        value.map { [p95($0, profile: profile)] } ?? [], profile: profile, file: "\(index).json",
        failure: value == nil ? "no request was made" : nil)
    }
    check.policy.repetitions = asked
    return check
  }

  @Test(
    "The judged value is the median",
    arguments: [
      ([300], 300), ([300, 500, 310], 310), ([300, 310], 305), ([900, 100, 399, 398, 50], 398),
    ] as [([Double], Double)])
  func median(values: [Double], median: Double) throws {
    let verdict = try check(values).verdict()
    #expect(verdict.finding(p95(0))?.value == median)
    #expect(verdict.finding(p95(0))?.repetitions == values)
    #expect(verdict.code == .pass)
  }

  @Test("The observations of all repetitions are added up, where all are known")
  func samples() throws {
    func samples(_ counts: [Int?]) throws -> Int? {
      var check = Check([])
      check.runs = counts.map { run([errorRate(0, requests: $0)]) }
      return try check.verdict().finding(errorRate(0))?.samples
    }
    #expect(try samples([100, 200]) == 300)
    #expect(try samples([100, nil]) == nil)
  }

  @Test(
    "Fewer good repetitions than the budget asks for are inconclusive",
    arguments: [
      ([300, 310, 320], 3, [String]()),
      ([300, 310], 3, ["baseline: 2 good repetitions, the budget asks for 3"]),
      ([300], 2, ["baseline: 1 good repetition, the budget asks for 2"]),
      ([300, nil], 1, ["baseline: no request was made"]),
    ] as [([Double?], Int, [String])])
  func tooFew(values: [Double?], asked: Int, gaps: [String]) throws {
    let verdict = try check(values, asked: asked).verdict()
    #expect(verdict.gaps == gaps)
    #expect(verdict.code == (gaps.isEmpty ? .pass : .inconclusive))
  }

  @Test("A profile whose every run failed is inconclusive, and why is reported")
  func failed() throws {
    let verdict = try check([nil, nil]).verdict()
    #expect(verdict.code == .inconclusive)
    #expect(verdict.gaps.contains("baseline: no request was made"))
    #expect(verdict.p95Outcome() == .missing)
    #expect(verdict.notices.contains("0.json and 1 more: no request was made"))
  }

  @Test("A failed run gives no values, whatever its file holds")
  func failedValues() throws {
    var check = check([300, nil])
    check.runs[1].reading.measurements = [p95(9_999)]
    #expect(try check.verdict().finding(p95(0))?.repetitions == [300])
  }

  @Test("Too many milliseconds block before too few repetitions are inconclusive")
  func over() throws { #expect(try check([500], asked: 3).verdict().code == .overBudget) }

  @Test("Runs are numbered within their profile")
  func numbers() throws {
    var check = check([300, 310])
    check.runs += [run([p95(1, profile: "spike")]), run([p95(1)])]
    #expect(try check.verdict().runs.map(\.repetition) == [1, 2, 1, 3])
  }

  @Test("Lighthouse reports repeat their page; every page needs enough of them")
  func pages() throws {
    var check = Check([], budget: "rules: [performance >= 0.5]")
    check.runs = ["/", "/search", "/"].enumerated().map { index, page in
      run(
        [value("performance", .score, 0.9, of: page, profile: "lighthouse-mobile")], file: "\(index).json",
        format: "lighthouse")
    }
    check.policy.repetitions = 2
    let verdict = try check.verdict()
    #expect(verdict.runs.map(\.repetition) == [1, 1, 2])
    #expect(verdict.gaps == ["lighthouse-mobile /search: 1 good repetition, the budget asks for 2"])
  }
}
