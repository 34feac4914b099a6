internal import SLOModel
internal import SLOStatistics

/// Dead letters and pools.
extension SnapshotReading {
  mutating func addDerived() {
    let letters = DeadLetters(metrics, run.table)
    if !letters.names.isEmpty {
      add(letters.whole, of: Series.wholeRun, letters)
      for (subject, part) in letters.parts.sorted(by: { $0.key < $1.key }) where takes(subject) {
        add(part, of: subject, letters)
      }
    }
    let pools = Pools(metrics, figures).pools
    let fullest = pools.max { ($0.most, $1.subject) < ($1.most, $0.subject) }
    if let fullest {
      add(
        worst(of: pools), of: Series.wholeRun,
        details: ["\(fullest.metric)\(fullest.subject.isEmpty ? "" : "{\(fullest.subject)}")"])
    }
    let named = Dictionary(grouping: pools.filter { !$0.subject.isEmpty }, by: \.subject)
    for (subject, pools) in named.sorted(by: { $0.key < $1.key }) where takes(subject) {
      add(worst(of: pools), of: subject, details: pools.map(\.metric))
    }
  }

  private mutating func add(_ part: DeadLetters.Part, of subject: String, _ letters: DeadLetters) {
    var growths: [Double] = []
    if !part.depths.isEmpty {
      let level = figures.levels(of: part.depths)
      let lying = part.depths.compactMap { figures.current(run.points($0)) }.reduce(0, +)
      addDerived("dead_letters", .value, lying, subject)
      if let rise = MonotonicTrend.sustainedRise(of: level.values, at: run.positions(level.snapshots)) {
        growths.append(rise)
      } else if let first = level.values.first, let last = level.values.last, last > first {
        warn(ofRise: first, last, subject)
      }
    }
    if !part.totals.isEmpty, run.count > 1 {
      let totals = figures.totals(of: part.totals)
      addDerived("dead_letters", .count, figures.increase(of: part.totals), subject)
      if let rise = MonotonicTrend.sustainedRise(of: totals, at: run.positions()) {
        growths.append(rise)
      }
    }
    // What lies there and what came may be the same messages: the larger of the two, not both.
    if let growth = growths.max() {
      let rising = (part.depths + part.totals).filter { series in
        let values = run.points(series).map(\.value)
        return (MonotonicTrend.sustainedRise(of: values) ?? 0) > 0
      }
      addDerived(
        "dead_letters", .growth, growth, subject,
        details: growth > 0 ? rising.compactMap { letters.names[$0] }.sorted() : [])
    }
  }

  /// Says that dead letters rose between snapshots that are too few to tell whether they keep rising.
  private mutating func warn(ofRise first: Double, _ last: Double, _ subject: String) {
    let place = subject == Series.wholeRun ? "" : " of \(UntrustedText.cleaned(subject, limit: 160))"
    reading.warnings.append(
      "dead letters\(place) rose from \(figure(first)) to \(figure(last)): whether they keep rising takes four snapshots of"
        + " the run, or one of each of five commits")
  }

  /// The fullest of some pools at every snapshot.
  private func worst(of pools: [Pools.Pool]) -> [Double] {
    var most: [Int: Double] = [:]
    for share in pools.flatMap(\.shares) {
      most[share.snapshot] = max(most[share.snapshot] ?? 0, share.share)
    }
    return most.sorted { $0.key < $1.key }.map(\.value)
  }

  private mutating func add(_ shares: [Double], of subject: String, details: [String]) {
    guard let last = shares.last, let most = shares.max() else { return }
    addDerived("pool_utilisation", .maximum, most, subject, details: details)
    addDerived("pool_utilisation", .value, last, subject)
    addDerived("pool_utilisation", .average, shares.reduce(0, +) / Double(shares.count), subject)
  }

  private mutating func addDerived(
    _ metric: String, _ statistic: Statistic, _ value: Double, _ subject: String, details: [String] = []
  ) {
    reading.add(value < 0 ? 0 : value, metric, statistic, of: subject, in: .snapshot, details: details)
  }
}

extension Pools.Pool {
  fileprivate var most: Double { shares.map(\.share).max() ?? 0 }
}
