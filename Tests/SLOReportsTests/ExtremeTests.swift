import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import TestSupport
import Testing

@testable import SLOReports

/// Numbers, times and names that no measurement has and that somebody may write all the same: no report may end the
/// process or have no end.
@Suite("The largest, the smallest and the emptiest there is", .timeLimit(.minutes(15)))
struct ExtremeTests {
  static let numbers = [
    1e308, -1e308, 1e300, 1e-300, .leastNonzeroMagnitude, 0, -0.0, 1e15, 1e16, 0x1p63, -0x1p63,
    .greatestFiniteMagnitude, 1,
    .leastNormalMagnitude, 123_456.789,
  ]
  private static let names = ["", "x", String(repeating: "é", count: 2_000), "::", "\u{301}", " "]
  private static let times = [Int64.min, -1, 0, 1_767_225_600_000, .max]

  /// A number, more often than not one of the extremes.
  private static func number(_ generator: inout SeededGenerator) -> Double {
    Bool.random(using: &generator)
      ? numbers.randomElement(using: &generator) ?? 0
      : Double(bitPattern: UInt64.random(in: 0...0x7FEF_FFFF_FFFF_FFFF, using: &generator))
  }

  private static func scene(seed: UInt64) -> Scene {
    var generator = SeededGenerator(seed: seed)
    let endpoint = names.randomElement(using: &generator) ?? ""
    let figures = [
      latency(.p95, 0), latency(.median, 0), latency(.p95, 0, of: endpoint),
      value("odd_figure", .p95, 0, better: .lower, samples: 1_000),
      value("payment_time", .median, 0, of: endpoint, unit: .bytes, better: .higher, samples: Int.max),
    ]
    var scene = Scene()
    scene.budget = """
      version: 1
      defaults: { baseline: { p95: 400ms, odd_figure.p95: 1000000 } }
      """
    let sample: (inout SeededGenerator) -> [MetricValue] = { generator in
      figures.map { figure in
        var figure = figure
        figure.value = number(&generator)
        return figure
      }
    }
    scene.runs = (0..<Int.random(in: 1...3, using: &generator)).map { _ in sample(&generator) }
    var window = ReferenceWindow()
    let commits = Int.random(in: 0...30, using: &generator)
    window.commits = (0..<commits).map { index in
      ReferenceCommit(
        sha: "\(names.randomElement(using: &generator) ?? "")\(index)",
        branch: names.randomElement(using: &generator),
        time: Timestamp(milliseconds: times.randomElement(using: &generator) ?? 0), runs: [])
    }
    // Half of the series keep a level and step, so that changes, noise and levels are drawn.
    let (before, after) = (number(&generator), number(&generator))
    for figure in figures {
      let steps = Bool.random(using: &generator)
      window.values[figure.series] = (0..<commits).map { index in
        let level = steps ? (index < commits / 2 ? before : after) : number(&generator)
        return ReferenceValue(commit: index, repetitions: [.init(value: level, samples: 1_000)])
      }
    }
    scene.windows = ["baseline": window]
    scene.commit = Commit(sha: names.randomElement(using: &generator) ?? "", branch: endpoint)
    return scene
  }

  @Test("Every form of a verdict is written", arguments: 0..<20)
  func verdicts(seed: Int) throws {
    let scene = ExtremeTests.scene(seed: UInt64(seed))
    let evaluation = try scene.evaluation()
    let verdict = evaluation.verdict()
    for width in [1, 60, 1_000] {
      let style = TextStyle(isColoured: width == 60, width: width)
      for format in ReportFormat.allCases where width == 60 || format == .text {
        let review = Review(of: verdict) { _ in nil }
        #expect(!format.report(of: verdict, review: review, style: style).isEmpty)
      }
      for finding in verdict.findings.prefix(4) {
        guard let explanation = explain(finding.series, in: verdict) else { continue }
        #expect(
          !textReport(of: explanation, next: nextSteps(after: explanation), style: style).isEmpty)
        #expect(!jsonReport(of: [(explanation, nextSteps(after: explanation))], total: 1).isEmpty)
      }
    }
    #expect(!datedReport(of: verdict, at: Timestamp(milliseconds: .max)).isEmpty)
  }

  @Test("Every form of a trend is drawn", arguments: 0..<20)
  func trends(seed: Int) throws {
    let verdict = try ExtremeTests.scene(seed: UInt64(1_000 + seed)).evaluation().verdict()
    var trends = Array(SLOGate.trends(of: verdict.findings, in: verdict).values)
      .sorted { $0.series < $1.series }
    trends.append(TrendScenes.trend(latency(.p95, 0), [ExtremeTests.numbers[seed % 15], -1e308], at: [20]))
    trends.append(TrendScenes.trend(latency(.p95, 0), [1e300, 1e300.nextUp], at: [20], limit: 1e-300))
    for width in [1, 40, 1_000] {
      let style = TextStyle(isColoured: false, width: width)
      #expect(!chartReport(of: trends, style: style).isEmpty)
      #expect(!tableReport(of: trends, style: style).isEmpty)
      for trend in trends { #expect(!tableReport(of: [trend], style: style).isEmpty) }
    }
    for text in [csvReport(of: trends), jsonReport(of: trends), svgReport(of: trends)] {
      #expect(!text.isEmpty)
    }
  }

  @Test("A name of a hundred thousand characters is written in every form")
  func longName() throws {
    let name = String(repeating: "é", count: 100_000)
    var scene = Scene()
    scene.runs = [[latency(.p95, 500, of: name), latency(.p95, 900)]]
    scene.windows = ["baseline": window(of: [(latency(.p95, 0, of: name).series, 100)])]
    let evaluation = try scene.evaluation()
    let verdict = evaluation.verdict()
    for format in ReportFormat.allCases {
      let review = Review(of: verdict) { _ in nil }
      let style = TextStyle(isColoured: false, width: 100)
      #expect(!format.report(of: verdict, review: review, style: style).isEmpty)
    }
  }

  @Test("A scale has an end, and its ticks lie on it")
  func scales() {
    for low in ExtremeTests.numbers {
      for high in ExtremeTests.numbers {
        let trend = TrendScenes.trend(latency(.p95, 0), [low, high], at: [20], limit: high)
        for count in [1, 4, 12] {
          let scale = ChartScale(of: trend, ticks: count)
          #expect(scale.low.isFinite && scale.high.isFinite && scale.ticks.count <= 2 * count + 2)
          #expect(!scale.ticks.contains { !$0.isFinite })
          for value in [low, high, 0] { #expect((0...1).contains(scale.height(of: value))) }
        }
      }
    }
  }

  @Test("Numbers of any size are written in every unit")
  func quantities() {
    for number in ExtremeTests.numbers {
      for unit in MetricUnit.allCases {
        #expect(!quantity(number, unit).isEmpty && !quantity(ofLimit: number, unit).isEmpty)
        for other in ExtremeTests.numbers {
          #expect(!quantity(number, unit, noise: other).isEmpty)
          #expect(!quantity(number, unit, besideLimit: other).isEmpty)
        }
      }
      #expect(!signedPercent(number).isEmpty && !percent(number).isEmpty && !probability(number).isEmpty)
    }
  }

  @Test("Two commits that have nothing reasonable in common are compared", arguments: 0..<15)
  func comparisons(index: Int) {
    var scene = ComparisonScene()
    scene.after.factor = ExtremeTests.numbers[index]
    scene.before.extra = [value("odd_figure", .p95, 1e308, better: .lower, samples: 9)]
    scene.after.extra = [value("odd_figure", .p95, -1e308, better: .lower, samples: 9)]
    scene.after.sizing = ["memory": "1Gi", "stage": "sin-perf"]
    let comparison = scene.comparison()
    for width in [1, 120] {
      #expect(
        !textReport(of: comparison, style: TextStyle(isColoured: false, width: width), showsAll: true).isEmpty
      )
    }
    #expect(!jsonReport(of: comparison, failsOnRegression: true).isEmpty)
  }
}
