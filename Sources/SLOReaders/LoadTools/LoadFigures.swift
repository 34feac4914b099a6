import SLOModel

/// What a load tool says of the requests to one endpoint, or of all: either the samples, or the figures it made of them.
struct LoadFigures {
  /// The requests that were made.
  var requests: Double?
  /// Those of them that failed, as the tool counts.
  var failed: Double?
  /// Requests per second; nil where it follows from the length of the run.
  var rate: Double?
  /// The requests that the durations are of, where they are not those of all: of a request without an answer some tools
  /// give none.
  var timed: Double?
  /// Figures of the durations, in milliseconds.
  var durations: [Statistic: Double] = [:]
  /// The durations themselves, in milliseconds, each set sorted; empty where the file has figures alone.
  var samples: [SampleSet] = []
  /// How many names of requests it is of.
  var parts = 1

  /// Adds the figures of other requests to the same endpoint: counts, sums and extremes exactly. A percentile of all of
  /// them lies between those of each, and the worst stands for it, unless the samples are there.
  mutating func join(_ other: LoadFigures) {
    let (mine, theirs) = (timed ?? requests, other.timed ?? other.requests)
    if theirs == 0 || mine == 0 {
      durations = theirs == 0 ? durations : other.durations
    } else {
      durations = durations.reduce(into: [:]) { joined, figure in
        guard let value = other.durations[figure.key] else { return }
        joined[figure.key] = LoadFigures.joined(figure.key, (figure.value, mine), (value, theirs))
      }
    }
    timed = LoadFigures.sum(mine, theirs)
    requests = LoadFigures.sum(requests, other.requests)
    failed = LoadFigures.sum(failed, other.failed)
    rate = LoadFigures.sum(rate, other.rate)
    samples += other.samples
    parts += other.parts
  }

  private static func joined(
    _ statistic: Statistic, _ mine: (value: Double, count: Double?), _ theirs: (value: Double, count: Double?)
  ) -> Double? {
    switch statistic {
    case .minimum: return min(mine.value, theirs.value)
    case .average:
      guard let count = mine.count, let others = theirs.count else { return nil }
      return (mine.value * count + theirs.value * others) / (count + others)
    default: return max(mine.value, theirs.value)
    }
  }

  private static func sum(_ left: Double?, _ right: Double?) -> Double? {
    left.flatMap { left in right.map { left + $0 } }
  }

  /// The figures of the durations: of samples every one, computed as of raw samples of every load.
  func statistics(_ percentiles: Set<Statistic>) -> [(Statistic, Double)] {
    let samples = SampleUnion(samples)
    guard samples.count > 0 else { return durations.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    let values: [(Statistic, Double?)] =
      [
        (.average, samples.sum / Double(samples.count)), (.minimum, samples.minimum),
        (.median, samples.quantile(0.5)), (.maximum, samples.maximum),
      ]
      + percentiles.union(SampleSummary.usual).subtracting([.median, .p50]).sorted().map {
        ($0, samples.quantile(($0.percentile ?? 0) / 100))
      }
    return values.compactMap { name, value in value.map { (name, $0) } }
  }
}

extension LoadFigures {
  /// Figures of samples.
  init(_ samples: SampleSet, failed: Int?) {
    (requests, self.failed) = (Double(samples.count), failed.map(Double.init))
    self.samples = [samples]
  }

  /// All of several, as one: those of samples exactly.
  static func all(_ parts: [LoadFigures]) -> LoadFigures {
    guard var all = parts.first else { return LoadFigures(requests: 0, failed: 0) }
    for part in parts.dropFirst() { all.join(part) }
    return all
  }
}
