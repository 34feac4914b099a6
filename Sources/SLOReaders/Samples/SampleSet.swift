/// The samples of one kind: how often each value occurred. In which order they came does not matter but for
/// the last.
struct SampleSet {
  /// Samples that are 0. Most of what k6 writes is 0 or 1: counters, rates, phases of requests that reuse a
  /// connection. Counting them keeps memory to what varies.
  private(set) var zeros = 0
  /// Samples that are 1.
  private(set) var ones = 0
  /// All other samples, ascending once `sort` was called.
  private(set) var others: [Double] = []
  /// The sample that came last.
  private(set) var last = 0.0
  /// Where that was: block and place in it.
  private(set) var lastPlace = Place(block: -1, sample: 0)

  /// When that was, in nanoseconds since 1970.
  private var lastTime: Int64 = 0

  /// A place in the order of the samples: that of the text in one file, that of time in several.
  struct Place: Comparable {
    /// The time and the file's number where there are several files; 0 in one.
    var time: Int64 = 0
    var file: UInt64 = 0
    var block: Int
    var sample: Int

    static func < (left: Place, right: Place) -> Bool {
      if left.block == right.block, left.file == right.file, left.time == right.time {
        return left.sample < right.sample
      }
      return (left.time, left.file, left.block) < (right.time, right.file, right.block)
    }
  }

  /// How many samples there are.
  var count: Int { zeros + ones + others.count }

  /// Adds a sample that comes after all others of its worker.
  /// - Parameter time: when it was taken, in nanoseconds since 1970.
  @inline(__always)
  mutating func append(_ value: Double, at place: Place, time: Int64 = 0) {
    if value == 0 {
      zeros += 1
    } else if value == 1 {
      ones += 1
    } else {
      others.append(value)
    }
    last = value
    lastPlace = place
    lastTime = time
  }

  /// From now on the last sample is compared with those of other files by its time, and at the same time by the
  /// number of the file.
  mutating func orderByTime(file: UInt64) { (lastPlace.time, lastPlace.file) = (lastTime, file) }

  /// Adds the samples of another set.
  mutating func merge(_ other: SampleSet) {
    zeros += other.zeros
    ones += other.ones
    if others.isEmpty { others = other.others } else { others += other.others }
    if other.lastPlace > lastPlace || count == other.count {
      (last, lastPlace, lastTime) = (other.last, other.lastPlace, other.lastTime)
    }
  }

  /// Puts the samples in order.
  mutating func sort() { RadixSort.sort(&others) }

  /// The sum of sorted samples: ascending, so that it does not depend on the order they came in.
  var sum: Double { others.reduce(Double(ones), +) }

  /// How many of sorted samples are at most a value.
  func count(upTo value: Double) -> Int {
    others.partitionPoint { $0 <= value } + (value >= 0 ? zeros : 0) + (value >= 1 ? ones : 0)
  }

  /// The smallest of sorted samples.
  var minimum: Double? { extreme(others.first, zeros > 0 ? 0 : ones > 0 ? 1 : nil, by: min) }

  /// The largest of sorted samples.
  var maximum: Double? { extreme(others.last, ones > 0 ? 1 : zeros > 0 ? 0 : nil, by: max) }

  private func extreme(_ first: Double?, _ second: Double?, by choose: (Double, Double) -> Double) -> Double?
  {
    guard let first, let second else { return first ?? second }
    return choose(first, second)
  }
}

extension Array {
  /// The first place from which on a condition no longer holds, in an array that it holds for a beginning of.
  func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
