extension Series {
  /// What it is of, whatever has it.
  package var figure: MetricFigure { MetricFigure(metric, statistic) }
}

/// One figure, of whatever endpoint or page.
package struct MetricFigure: Sendable, Hashable {
  /// The metric, spelled as in `Series.metric`.
  package var metric: String
  /// The statistic.
  package var statistic: Statistic

  /// Names a figure.
  package init(metric: String, statistic: Statistic) {
    self.metric = metric
    self.statistic = statistic
  }

  /// Names a figure in a list of them.
  package init(_ metric: String, _ statistic: Statistic) { self.init(metric: metric, statistic: statistic) }

  /// Reads `METRIC.STATISTIC`, cut at the last dot behind the tags that leaves a statistic: `a.p99.9` is `a` and `p99.9`.
  /// - Returns: nil for a name without a statistic.
  package init?(spelled text: String) {
    let start = text.lastIndex(of: "}") ?? text.startIndex
    var found: MetricFigure?
    for dot in text[start...].indices.reversed() where text[dot] == "." && dot > text.startIndex {
      guard let statistic = Statistic(spelled: String(text[text.index(after: dot)...])) else { continue }
      found = found ?? MetricFigure(String(text[..<dot]), statistic)
    }
    guard let found else { return nil }
    self = found
  }
}
