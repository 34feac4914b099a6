internal import SLOModel

/// The metrics of a summary under their names, each name once.
///
/// A summary may have figures for several addresses that are one endpoint: `/users/17` and `/users/18`. Their
/// counts, sums and extremes are joined exactly; a percentile of all of them lies between those of each, and the
/// worst stands for it.
struct K6NamedMetrics {
  /// A metric and where it is, the endpoint's place first.
  struct Element {
    var metric: K6Metric
    var identities: [K6SeriesNames.Identity]
    /// The samples behind it, where known.
    var samples: Double?
  }

  /// The metrics in the order of the summary.
  private(set) var elements: [Element] = []
  /// The endpoints that several addresses are, and how many.
  private(set) var joined: [String: Int] = [:]

  /// Names metrics.
  init(_ metrics: [K6Metric], _ names: K6SeriesNames, _ samples: K6Samples) {
    var places: [K6SeriesNames.Identity: Int] = [:]
    for metric in metrics {
      let identities = names.identities(of: metric)
      let count = metric.kind == .trend ? samples.count(of: metric) : metric.trials?.total
      // What was never called adds nothing to what was.
      let isEmpty = metric.kind == .trend && samples.isEmpty(metric)
      let element = Element(metric: metric, identities: identities, samples: count)
      guard metric.endpoint == nil, let place = places.updateValue(elements.count, forKey: identities[0])
      else {
        elements.append(element)
        continue
      }
      places[identities[0]] = place
      let known = elements[place]
      joined[identities[0].endpoint, default: 1] += known.metric.name.base == "http_req_duration" ? 1 : 0
      elements[place].metric.thresholds += metric.thresholds.filter { !known.metric.thresholds.contains($0) }
      if isEmpty { continue }
      if known.metric.kind == .trend, samples.isEmpty(known.metric), known.samples ?? 0 == 0 {
        elements[place].metric.statistics = metric.statistics
        elements[place].samples = count
      } else {
        elements[place].join(element)
      }
    }
  }
}

extension K6NamedMetrics.Element {
  /// Adds the figures of another address of the same endpoint.
  fileprivate mutating func join(_ other: Self) {
    let mine = self
    let direction =
      MetricCatalogue.traits(of: metric.name.base)?.better
      ?? MetricCatalogue.guessedDirection(ofCustom: metric.name.base, shape: metric.kind.shape)
    metric.statistics = mine.metric.statistics.compactMap { name, value in
      guard let theirs = other.metric.value(name) else { return nil }
      return mine.joined(name, value, theirs, other, direction).map { (name, $0) }
    }
    metric.trials = mine.metric.trials.flatMap { mine in
      other.metric.trials.map { K6Metric.Trials(hits: mine.hits + $0.hits, total: mine.total + $0.total) }
    }
    samples = mine.samples.flatMap { mine in other.samples.map { mine + $0 } }
  }

  private func joined(
    _ name: Statistic, _ mine: Double, _ theirs: Double, _ other: Self, _ direction: Direction?
  ) -> Double? {
    switch name {
    case .minimum: return min(mine, theirs)
    case .maximum: return max(mine, theirs)
    case .count: return mine + theirs
    case .rate: return metric.kind == .counter ? mine + theirs : nil
    case .average:
      guard let count = samples, let others = other.samples, count + others > 0 else { return nil }
      return (mine * count + theirs * others) / (count + others)
    default:
      guard name.percentile != nil || name == .median else { return nil }
      return direction.map { $0 == .lower ? max(mine, theirs) : min(mine, theirs) }
    }
  }
}
