import FoundationEssentials
import SLOStatistics
import TestSupport
import Testing

/// Real histories with hand-set labels, and simulated ones, where the shared fixtures are at hand.
@Suite(.enabled(if: LabelledSeries.folder != nil, "no shared fixtures"))
struct LabelledSeriesTests {
  @Test func `Labelled steps of real histories are found, and little else`() throws {
    let score = try LabelledSeries(values: "perf.csv", labels: "labels.json").score
    #expect(score.f1 >= 0.92)
    #expect(score.nearShare >= 0.97)
  }

  @Test func `Steps of simulated histories are found, and little else`() throws {
    let score = try LabelledSeries(values: "sim.csv", labels: "sim_labels.json").score
    #expect(score.f1 >= 0.885)
    #expect(score.nearShare >= 0.98)
  }
}

private struct LabelledSeries {
  struct Labels: Decodable {
    var must: [Int]
    var may: [Int]
  }

  struct Score {
    var hits = 0.0
    var nearHits = 0.0
    var falsePoints = 0.0
    var misses = 0.0

    var f1: Double { 2 * hits / (2 * hits + falsePoints + misses) }
    var nearShare: Double { nearHits / hits }
  }

  /// The folder of the series; nil where it is not at hand.
  static let folder = sharedFixtures(with: "series/labels.json")?.appending(path: "series").path

  private static let margin = 5

  private(set) var score = Score()

  init(values: String, labels: String) throws {
    let folder = try #require(LabelledSeries.folder)
    let labels = try JSONDecoder().decode(
      [String: Labels].self, from: Data(contentsOf: URL(filePath: folder + "/" + labels)))
    var series: [String: [Double]] = [:]
    for line in try String(contentsOfFile: folder + "/" + values, encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst()
    {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      series[String(fields[0]), default: []].append(Double(fields[2]) ?? .nan)
    }
    for (name, labels) in labels {
      let found = ChangePointSearch().changePoints(in: try #require(series[name])).map(\.index)
      add(found, labels)
    }
  }

  /// A label is met by one point, the nearest free one; a doubtful label counts neither way.
  private mutating func add(_ found: [Int], _ labels: Labels) {
    var free = found
    let pairs = found.flatMap { point in labels.must.map { (point, $0, abs(point - $0)) } }
    var missing = labels.must
    for (point, label, distance) in pairs.sorted(by: { $0.2 < $1.2 }) where distance <= Self.margin {
      guard let point = free.firstIndex(of: point), let label = missing.firstIndex(of: label) else {
        continue
      }
      free.remove(at: point)
      missing.remove(at: label)
      score.hits += 1
      if distance <= 1 { score.nearHits += 1 }
    }
    score.misses += Double(missing.count)
    let wrong = free.filter { point in !labels.may.contains { abs($0 - point) <= Self.margin } }
    score.falsePoints += Double(wrong.count)
  }
}
