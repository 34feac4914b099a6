internal import SLOStatistics

/// How long the search for change points takes, on one core.
struct ChangeSpeed {
  var seed: UInt64

  func show() {
    var table = Table(
      title: "Time of the search for change points", header: ["series", "values each", "ms", "points found"])
    for (series, count) in [(1, 100), (1, 1_000), (1, 10_000), (1, 100_000), (1_000, 500)] {
      var random = SplitMix64(seed: seed)
      let histories = (0..<series).map { _ in
        SteppedSeries(.typical, count: count, steps: count / 120, using: &random).values
      }
      var found = 0
      let time = milliseconds {
        found = histories.reduce(0) { $0 + ChangePointSearch().changePoints(in: $1).count }
      }
      table.rows.append([grouped(series), grouped(count), fixed(time, 2), grouped(found)])
    }
    table.show()
  }
}
