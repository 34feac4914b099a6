internal import FoundationEssentials
internal import SLOStatistics

/// Series of one CSV file (`series_id,index,value`, an empty value is a gap), each searched alone.
struct LabelledFile {
  private struct Labels: Decodable {
    var must: [Int]
    var may: [Int]
  }

  private var order: [String] = []
  private var series: [String: [Double]] = [:]

  init(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 3 else { continue }
      if series[fields[0]] == nil { order.append(fields[0]) }
      series[fields[0], default: []].append(Double(fields[2]) ?? .nan)
    }
  }

  /// One JSON object a series.
  func showChangePoints() {
    for id in order {
      print("{\"series\": \"\(id)\", \"change_points\": \(ChangeRule.slogate.changes(series[id] ?? []))}")
    }
  }

  /// Ours and the common rules against labels.
  func showScore(labelsPath: String) throws {
    let labels = try JSONDecoder().decode(
      [String: Labels].self, from: Data(contentsOf: URL(filePath: labelsPath)))
    let labelled = order.filter { labels[$0] != nil }
    var table = Table(
      title: "Labelled change points of \(labelled.count) series: per cent",
      header: ["rule", "precision", "recall", "F1", "hits within one run"])
    for rule in ChangeRule.all {
      let score = labelled.reduce(into: ChangeScore()) { score, id in
        guard let label = labels[id], let values = series[id] else { return }
        score.add(found: rule.changes(filled(values)), true: label.must, doubtful: label.may)
      }
      table.rows.append([rule.name] + score.cells)
    }
    table.show()
  }

  /// Gaps filled with the value before, which other rules need.
  private func filled(_ values: [Double]) -> [Double] {
    var last = values.first { $0.isFinite } ?? 0
    return values.map { value in
      if value.isFinite { last = value }
      return last
    }
  }
}
