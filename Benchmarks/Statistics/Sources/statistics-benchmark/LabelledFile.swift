internal import SLOStatistics

/// Series of one CSV file, each searched alone.
struct LabelledFile {
  private let file: HistoryCSV

  init(path: String) throws { file = try HistoryCSV(path: path) }

  /// One JSON object a series.
  func showChangePoints() {
    for id in file.order {
      print("{\"series\": \"\(id)\", \"change_points\": \(ChangeRule.slogate.changes(values(of: id)))}")
    }
  }

  /// Ours and the common rules against labels.
  func showScore(labelsPath: String) throws {
    let labels = try HistoryCSV.labels(path: labelsPath)
    let labelled = file.order.filter { labels[$0] != nil }
    var table = Table(
      title: "Labelled change points of \(labelled.count) series: per cent",
      header: ["rule", "precision", "recall", "F1", "hits within one run"])
    for rule in ChangeRule.all {
      let score = labelled.reduce(into: ChangeScore()) { score, id in
        guard let label = labels[id] else { return }
        score.add(found: rule.changes(filled(values(of: id))), true: label.must, doubtful: label.may)
      }
      table.rows.append([rule.name] + score.cells)
    }
    table.show()
    let coverage = labelled.reduce(into: SuspectCoverage()) { coverage, id in
      coverage.add(values(of: id), true: labels[id]?.must ?? [])
    }
    var suspects = Table(
      title: "The commits named for a change, with a probability of 95 %: per cent",
      header: SuspectCoverage.header)
    suspects.rows = [coverage.cells]
    suspects.show()
  }

  private func values(of id: String) -> [Double] { file.runs[id, default: []].map(\.value) }

  /// Gaps filled with the value before, which other rules need.
  private func filled(_ values: [Double]) -> [Double] {
    var last = values.first { $0.isFinite } ?? 0
    return values.map { value in
      if value.isFinite { last = value }
      return last
    }
  }
}
