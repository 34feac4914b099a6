import SLOGate
import SLOModel
import SLOStatistics
import TestSupport
import Testing

@testable import SLOReports

@Suite("How the samples of a finding moved")
struct ShiftTests {
  /// A thousand samples, the slowest of them far from the others; each is changed by its place among them.
  private static func sketch(_ change: (Double) -> Double = { _ in 1 }) -> QuantileSketch {
    let values = (1...1_000).map { index -> Double in
      let share = Double(index) / 1_001
      return 40 / (1 - share).squareRoot() * change(share)
    }
    return QuantileSketch(sorted: values.sorted())
  }

  private static func shift(_ change: @escaping (Double) -> Double, better: Direction? = .lower) throws
    -> SampleShift
  {
    try #require(
      SampleShift(
        before: [sketch(), sketch(), sketch { _ in 9 }], after: sketch(change), unit: .milliseconds,
        better: better))
  }

  private static func tail(_ share: Double) -> Double { share < 0.9 ? 1 : 1 + (share - 0.9) * 8 }

  @Test("Where nothing changed the change is flat, and one odd reference moves nothing")
  func equal() throws {
    let shift = try ShiftTests.shift { _ in 1 }
    #expect(shift.shifts.count == 99 && shift.references == 3)
    #expect(shift.shifts.allSatisfy { $0.relative == 0 })
    let markup = ShiftDrawing(of: shift, name: "a").html.source
    #expect(!markup.contains("<polygon"))
    #expect(ShiftWords(of: shift).summary == "nothing moved by more than 2 %: p50 +0 %, p95 +0 %, p99 +0 %")
  }

  @Test("Where only the tail moved the change shows there alone")
  func tailOnly() throws {
    let shift = try ShiftTests.shift(ShiftTests.tail)
    #expect(abs(shift[50].relative ?? 1) < 0.02 && abs(shift[89].relative ?? 1) < 0.02)
    #expect(shift[95].relative.map { (0.3...0.5).contains($0) } == true)
    #expect(shift[99].relative.map { (0.6...0.8).contains($0) } == true)
    #expect(ShiftWords(of: shift).summary.hasPrefix("the slow tail moved: p50 +0 %, p95 +"))
    let html = ShiftDrawing(of: shift, name: "POST /<pay>").html.source
    #expect(html.contains("<desc>the slow tail moved: p50"))
    #expect(html.contains("slo-more-bad") && !html.contains("slo-more-good"))
    #expect(html.contains("POST /&lt;pay&gt;") && !html.contains("<pay>"))
    try expectGolden(html + "\n", "shift-tail.svg")
  }

  @Test(
    "What moved is said in words",
    arguments: [
      (1.3, 1.3, "all of it moved: p50 +"), (0.8, 1.4, "the middle and the slow tail moved apart: p50 -"),
      (1.3, 1, "the middle moved, the slow tail hardly: "),
      (1.1, 1.25, "all of it moved, the slow tail most: "), (1, 1.4, "the slow tail moved: "),
    ])
  func words(most: Double, slowest: Double, expected: String) throws {
    let shift = try ShiftTests.shift { $0 < 0.9 ? most : slowest }
    let summary = ShiftWords(of: shift).summary
    #expect(summary.hasPrefix(expected), "\(summary)")
  }

  @Test("More is coloured by whether it is better, and by neither where that is not known")
  func colours() throws {
    func markup(_ better: Direction?) throws -> String {
      ShiftDrawing(of: try ShiftTests.shift({ _ in 1.5 }, better: better), name: "a").html.source
    }
    #expect(try markup(.higher).contains("slo-more-good"))
    #expect(try !markup(nil).contains("slo-more"))
    #expect(try markup(nil).contains("<polygon class=\"slo-band\""))
  }

  @Test("Without samples on one side, or with none that took any time, there is nothing to draw")
  func absent() {
    let (some, none) = (ShiftTests.sketch(), QuantileSketch())
    for (before, after) in [
      ([], some), ([none], some), ([some], none), ([QuantileSketch(sorted: [0, 0])], some),
    ] {
      #expect(SampleShift(before: before, after: after, unit: .milliseconds, better: nil) == nil)
    }
  }

  @Test("The card of the finding has it, and one without kept samples has none")
  func card() throws {
    var verdict = try Scenes.blocked.verdict()
    #expect(!htmlReport(of: Review(of: verdict)).contains("<svg class=\"slo-shift\""))
    let finding = try #require(verdict.findingsWithShifts.first)
    #expect(verdict.findingsWithShifts.count <= 10)
    verdict.context.shifts[finding.series] = try ShiftTests.shift(ShiftTests.tail)
    let page = htmlReport(of: Review(of: verdict))
    #expect(page.components(of: "<svg class=\"slo-shift\"") == 1)
    #expect(page.contains("the median of 3 commits"))
  }
}

extension String {
  /// How often a text is in it.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
