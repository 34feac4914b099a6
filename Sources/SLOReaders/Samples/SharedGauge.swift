internal import SLOModel

/// The gauges of which each instance of k6 has its own part: the virtual users that it runs, and those that it has
/// room for. Those of a distributed run are the sums over its instances at the same time.
///
/// k6 samples both once a second, each instance at its own moment. At the time of a sample every other instance
/// counts with the sample next to it, at most `reach` away; one that has none there has not begun, or has ended.
enum SharedGauge {
  /// The metrics.
  static let names: Set<String> = ["vus", "vus_max"]

  /// How far from a time a sample tells the level at it: 0.75 s, in nanoseconds. Every time has a sample within half
  /// a second of it, and the next but one is a second away.
  static let reach: Int64 = 750_000_000

  /// One sample.
  struct Level: Sendable, Equatable {
    /// Nanoseconds since 1970.
    var time: Int64
    var value: Double
  }

  /// The sum of all levels at a time, and how many instances that is of.
  private typealias Sum = (level: Double, instances: Int)

  /// The last, the smallest and the largest sum; none where no instance has a sample. Instances do not begin and end at
  /// one moment: the last and the smallest are of the times when the most of them had samples.
  /// - Parameter instances: the samples of each instance, in any order.
  static func statistics(_ instances: [[Level]]) -> [(name: Statistic, value: Double)] {
    let sums = sums(instances.map { $0.sorted { $0.time < $1.time } })
    let most = sums.map(\.instances).max()
    let full = sums.filter { $0.instances == most }.map(\.level)
    guard let last = full.last, let least = full.min(), let peak = sums.map(\.level).max() else { return [] }
    return [(.value, last), (.minimum, least), (.maximum, peak)]
  }

  /// The sums at the times of all samples, in the order of time.
  private static func sums(_ instances: [[Level]]) -> [Sum] {
    var next = Array(repeating: 0, count: instances.count)
    return instances.joined().map(\.time).sorted().map { time in
      instances.indices.reduce(into: Sum(0, 0)) { sum, index in
        let levels = instances[index]
        while next[index] < levels.count, levels[next[index]].time <= time { next[index] += 1 }
        guard let level = level(at: time, in: levels, before: next[index]) else { return }
        sum = (sum.level + level, sum.instances + 1)
      }
    }
  }

  /// The level at a time, which lies between two neighbours.
  private static func level(at time: Int64, in levels: [Level], before next: Int) -> Double? {
    let neighbours = [next - 1, next].filter(levels.indices.contains).map { levels[$0] }
    let distances = neighbours.map { distance($0.time, time) }
    guard let nearest = distances.min(), nearest <= reach else { return nil }
    return distances.firstIndex(of: nearest).map { neighbours[$0].value }
  }

  private static func distance(_ first: Int64, _ second: Int64) -> Int64 {
    let (distance, isOverflow) = first.subtractingReportingOverflow(second)
    return isOverflow || distance == .min ? .max : abs(distance)
  }
}
