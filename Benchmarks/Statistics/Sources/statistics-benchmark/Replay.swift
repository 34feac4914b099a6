internal import SLOStatistics

/// Real histories judged run by run, as a gate would have met them.
///
/// A quiet point lies farther than five runs from every label: an alarm there is false, and the same run made
/// worse by a known factor should be found. A labelled step that made the series worse by more than 3 % should be
/// found within three runs. Every series weighs the same, however long.
struct Replay {
  private static let factors = [1, 1.05, 1.1, 1.2, 1.5]
  /// The first run judged; until then a series has too few earlier ones.
  private static let first = 8

  private struct History {
    var values: [Double]
    var quiet: [Int]
    var steps: [Int]
  }

  private let histories: [History]

  /// - Parameters:
  ///   - path: CSV as `HistoryCSV` reads it.
  ///   - labelsPath: JSON as `HistoryCSV.labels` reads it.
  init(path: String, labelsPath: String) throws {
    let file = try HistoryCSV(path: path)
    histories = try HistoryCSV.labels(path: labelsPath).sorted { $0.key < $1.key }.compactMap { id, labels in
      file.runs[id].map { Replay.history($0.map(\.value).filter { $0 > 0 }, labels) }
    }
  }

  /// Rates are turned into times a unit: all rules here take less for better.
  private static func history(_ values: [Double], _ labels: HistoryCSV.Labels) -> History {
    let values = labels.better == "higher" ? values.map { 1e6 / $0 } : values
    let quiet = values.indices.dropFirst(first).filter { labels.isQuiet(at: $0) }
    let steps = labels.must.filter { step in
      guard let before = SortedSample(values[max(0, step - 8)..<step]), step >= 4,
        let after = SortedSample(values[step..<min(values.count, step + 8)])
      else { return false }
      return after.median > 1.03 * before.median
    }
    return History(values: values, quiet: Array(quiet), steps: steps)
  }

  func show() {
    for window in [5, 10, 30] {
      let points = histories.reduce(0) { $0 + $1.quiet.count }
      let steps = histories.reduce(0) { $0 + $1.steps.count }
      var table = Table(
        title: "\(histories.count) real histories, \(points) quiet points, window \(window): per cent",
        header: ["rule", "alarms", "+5 % seen", "+10 %", "+20 %", "+50 %", "labelled steps seen of \(steps)"])
      for rule in Rule.all {
        let seen = histories.reduce(0) { $0 + stepsSeen(by: rule, in: $1, window: window) }
        let shares = Replay.factors.map { fixed(alarms(of: rule, factor: $0, window: window)) }
        table.rows.append([rule.name] + shares + ["\(seen)"])
      }
      table.show()
    }
  }

  private func alarms(of rule: Rule, factor: Double, window: Int) -> Double {
    let shares = histories.filter { !$0.quiet.isEmpty }.map { history in
      percent(history.quiet.count) { index in
        let run = history.quiet[index]
        return rule.isWorse(earlier(than: run, in: history, window: window), factor * history.values[run])
      }
    }
    return shares.reduce(0, +) / Double(shares.count)
  }

  private func stepsSeen(by rule: Rule, in history: History, window: Int) -> Int {
    history.steps.filter { step in
      (step..<min(step + 3, history.values.count)).contains { run in
        rule.isWorse(earlier(than: run, in: history, window: window), history.values[run])
      }
    }.count
  }

  private func earlier(than run: Int, in history: History, window: Int) -> [Double] {
    Array(history.values[max(0, run - window)..<run])
  }
}
