import SLOModel
import SLOSupport

/// The requests of a run as a load tool writes them one by one, by the name the tool gives them.
struct LoadSamples {
  /// The requests of one name.
  private struct Group {
    var durations = SampleSet()
    var failed = 0
  }

  private var places: [String: Int] = [:]
  private var groups: [Group] = []
  /// The name of each group: of requests without one, nil.
  private var labels: [String?] = []
  /// The place of the requests without a name.
  private var unnamed: Int?
  /// When the first request began and the last one ended, in nanoseconds since 1970; nil where the file has no times.
  private(set) var times: ClosedRange<Int64>?
  /// How many there are.
  private(set) var count = 0

  /// Adds a request.
  /// - Parameters:
  ///   - label: the name the tool gives it; nil where it gives none.
  ///   - duration: what it took, in milliseconds.
  mutating func add(_ label: String?, duration: Double, isFailed: Bool) {
    let place = place(of: label)
    count += 1
    groups[place].durations.append(duration, at: SampleSet.Place(block: 0, sample: count))
    if isFailed { groups[place].failed += 1 }
  }

  /// Notes when something was measured.
  /// - Parameters:
  ///   - start: its beginning, in nanoseconds since 1970.
  ///   - duration: its length in milliseconds.
  mutating func note(start: Int64, duration: Double) {
    let (end, isOverflow) = start.addingReportingOverflow(Int64(exactly: (duration * 1e6).rounded()) ?? 0)
    let last = isOverflow ? start : max(start, end)
    times = times.map { min($0.lowerBound, start)...max($0.upperBound, last) } ?? start...last
  }

  private mutating func place(of label: String?) -> Int {
    if let known = label.map({ places[$0] }) ?? unnamed { return known }
    if let label { places[label] = groups.count } else { unnamed = groups.count }
    labels.append(label)
    groups.append(Group())
    return groups.count - 1
  }

  /// When the first request began.
  var start: Timestamp? { times.map { Timestamp(milliseconds: $0.lowerBound / 1_000_000) } }

  /// From the beginning of the first request to the end of the last, in seconds; nil where that is no time.
  var duration: Double? {
    guard let times, times.upperBound > times.lowerBound else { return nil }
    let (length, isOverflow) = times.upperBound.subtractingReportingOverflow(times.lowerBound)
    return isOverflow ? nil : Double(length) / 1e9
  }

  /// The requests of each name, in the order in which the names came first.
  /// - Parameter hasOutcome: whether the file says which requests failed.
  func figures(hasOutcome: Bool = true) -> [(label: String?, figures: LoadFigures)] {
    zip(labels, groups).map { label, group in
      var samples = group.durations
      samples.sort()
      return (label, LoadFigures(samples, failed: hasOutcome ? group.failed : nil))
    }
  }
}
