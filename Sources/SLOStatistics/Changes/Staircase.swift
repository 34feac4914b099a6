/// Whether the changes of a series are the steps of a staircase, which a trend or a curve makes of its levels.
struct Staircase {
  /// So many values a side are looked at, at most.
  private static let reach = 200
  /// A residual counts for at most this many scales.
  private static let clip = 2.5

  /// Whether one straight line tells the two sides of most changes as well as two levels do.
  let isDrift: Bool

  /// Looks at rising changes, none at an end of the series.
  init(of series: LevelSeries, changes: [Int]) {
    let bounds = [0] + changes + [series.levels.count]
    let slopes = changes.indices.count { at in
      let left = series.levels[max(bounds[at], bounds[at + 1] - Staircase.reach)..<bounds[at + 1]]
      let right = series.levels[bounds[at + 1]..<min(bounds[at + 2], bounds[at + 1] + Staircase.reach)]
      let clipped = Staircase.clipped(left, right, noise: series.noise)
      return LineVeto.ratio(of: clipped[...], change: left.count) > 1
    }
    isDrift = 2 * slopes > changes.count
  }

  /// Both sides without their spikes.
  private static func clipped(
    _ left: ArraySlice<Double>, _ right: ArraySlice<Double>, noise: Double
  ) -> [Double] {
    let centres = (median(of: left), median(of: right))
    let distances = left.map { abs($0 - centres.0) } + right.map { abs($0 - centres.1) }
    let bound = clip * max(1.4826 * median(of: distances), 0.5 * noise)
    return left.map { min(max($0, centres.0 - bound), centres.0 + bound) }
      + right.map { min(max($0, centres.1 - bound), centres.1 + bound) }
  }
}
