import SLOModel
import Testing

@Suite("Thresholds of k6")
struct ThresholdExpressionTests {
  @Test(
    "An expression is an aggregation, a comparison and a number",
    arguments: [
      ("p(95)<400", "p95", "<", 400.0), (" p( 99.9 )  >= 1e3 ", "p99.9", ">=", 1_000),
      ("avg<=-5", "avg", "<=", -5),
      ("med>.5", "med", ">", 0.5), ("count===0", "count", "===", 0), ("rate==1", "rate", "==", 1),
      ("value != 3", "value", "!=", 3), ("max<+7", "max", "<", 7), ("min\t>\n2", "min", ">", 2),
    ])
  func reading(text: String, statistic: String, comparison: String, bound: Double) throws {
    let expression = try #require(ThresholdExpression(text))
    #expect(expression.statistic.rawValue == statistic)
    #expect(expression.comparison.rawValue == comparison && expression.bound == bound)
  }

  @Test(
    "What k6 refuses is none",
    arguments: [
      "p95<400", "p(101)<1", "p()<1", "p(a)<1", "avg", "avg<", "<5", "avg<5ms", "avg<inf", "avg<nan",
      "avg=5",
      "avg<>5", "avg<5<6", "sum<5", "avg < 5 && max < 9", "", "score>1", "size<2",
    ])
  func refusals(text: String) {
    #expect(ThresholdExpression(text) == nil)
  }

  @Test("Each comparison means what it says of the values below, at and above the bound")
  func comparisons() {
    let outcomes = ThresholdExpression.Comparison.allCases.map { comparison in
      [1.0, 2, 3].map { ThresholdExpression("avg\(comparison.rawValue)2")?.holds($0) == true }
    }
    #expect(
      outcomes == [
        [true, false, false], [true, true, false], [false, false, true], [false, true, true],
        [false, true, false], [false, true, false], [true, false, true],
      ])
  }
}
