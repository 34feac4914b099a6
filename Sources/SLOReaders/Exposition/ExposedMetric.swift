/// One metric of a run: its series, each by the part it plays.
struct ExposedMetric {
  /// What kinds of values there are, as far as figures are concerned.
  enum Kind: Sendable {
    /// Totals that never fall but to 0.
    case counter
    /// Values that go up and down.
    case gauge
    /// Which of several states something is in: 1 of one, 0 of the others.
    case state
    /// Observations in buckets.
    case histogram
    /// Observations of which a client computed quantiles.
    case summary
  }

  let name: String
  let kind: Kind
  /// Whether buckets, sums and counts are totals since a start; else they are of now.
  var isCumulative = true
  /// The values of a counter, gauge or state; of a histogram the series with their own buckets; of a summary quantiles.
  var series: [Int32] = []
  var buckets: [Int32] = []
  var sums: [Int32] = []
  var counts: [Int32] = []

  /// All its series.
  var all: [Int32] { series + buckets + sums + counts }

  /// Its parts by what a function says of their labels, those of buckets and quantiles left out; nil for those of no part.
  func parts(
    _ table: MetricTable, by key: (LabelSet) -> String?
  ) -> [String: ExposedMetric] {
    var parts: [String: ExposedMetric] = [:]
    func add(_ list: WritableKeyPath<ExposedMetric, [Int32]>) {
      for series in self[keyPath: list] {
        var labels = LabelSet(written: table.labelsOfSeries[Int(series)])
        if list == \.buckets { labels = labels.without("le") }
        if kind == .summary, list == \.series { labels = labels.without("quantile") }
        guard let key = key(labels) else { continue }
        parts[key, default: ExposedMetric(name: name, kind: kind, isCumulative: isCumulative)][keyPath: list]
          .append(series)
      }
    }
    for list in [\ExposedMetric.series, \.buckets, \.sums, \.counts] { add(list) }
    return parts
  }

  /// The metrics of a run, by name.
  static func all(of run: MetricRun) -> [String: ExposedMetric] {
    let roles = SampleRoles(run.table)
    let parts = run.table.names.indices.map { roles.part(of: $0) }
    var metrics: [ExposedMetric] = []
    var places: [String: Int] = [:]
    // Of each name the place of its metric: names are few beside series.
    let owners = parts.map { part -> Int? in
      guard let part else { return nil }
      if let place = places[part.metric] { return place }
      places[part.metric] = metrics.count
      metrics.append(ExposedMetric(name: part.metric, kind: part.kind, isCumulative: part.isCumulative))
      return metrics.count - 1
    }
    for series in 0..<run.table.count {
      let name = Int(run.table.nameOfSeries[series])
      guard let part = parts[name], let owner = owners[name] else { continue }
      metrics[owner][keyPath: part.list].append(Int32(clamping: series))
    }
    return Dictionary(uniqueKeysWithValues: metrics.map { ($0.name, $0) })
  }
}

/// What the names of samples mean: by the types that a source states, else by the endings that names have
/// (<https://prometheus.io/docs/practices/naming/>).
struct SampleRoles {
  /// The part that samples of a name play in a metric.
  struct Part {
    var metric: String
    var kind: ExposedMetric.Kind
    var list: WritableKeyPath<ExposedMetric, [Int32]>
    var isCumulative = true
  }

  private let table: MetricTable
  private let names: Set<String>
  /// The names of which a series has a label `quantile`, and those with one called `le`.
  private let (quantiles, bounds): (Set<String>, Set<String>)

  init(_ table: MetricTable) {
    self.table = table
    names = Set(table.names)
    var (quantiles, bounds): (Set<String>, Set<String>) = ([], [])
    var seen = [Bool](repeating: false, count: table.names.count)
    for (series, number) in table.nameOfSeries.enumerated() where !seen[Int(number)] {
      seen[Int(number)] = true
      let labels = LabelSet(written: table.labelsOfSeries[series])
      if labels["quantile"] != nil { quantiles.insert(table.names[Int(number)]) }
      if labels["le"] != nil { bounds.insert(table.names[Int(number)]) }
    }
    (self.quantiles, self.bounds) = (quantiles, bounds)
  }

  /// The part of samples of a name; nil for those that are no figure, such as the time at which a series began.
  func part(of number: Int) -> Part? {
    let name = table.names[number]
    if let base = base(name, "_created"), isCreated(base) { return nil }
    switch table.types[name] {
    case .counter: return Part(metric: name, kind: .counter, list: \.series)
    case .gauge: return Part(metric: name, kind: .gauge, list: \.series)
    case .summary: return Part(metric: name, kind: .summary, list: \.series)
    case .histogram: return Part(metric: name, kind: .histogram, list: \.series)
    case .gaugehistogram: return Part(metric: name, kind: .histogram, list: \.series, isCumulative: false)
    case .stateset: return Part(metric: name, kind: .state, list: \.series)
    case .info: return nil
    case .untyped, .unknown, nil: return stated(name) ?? guessed(name)
    }
  }

  /// By the type of the metric that a name is a part of.
  private func stated(_ name: String) -> Part? {
    let endings: [(String, WritableKeyPath<ExposedMetric, [Int32]>, Set<ExposedType>)] = [
      ("_total", \.series, [.counter]), ("_bucket", \.buckets, [.histogram, .gaugehistogram]),
      ("_sum", \.sums, [.histogram, .summary]), ("_count", \.counts, [.histogram, .summary]),
      ("_gsum", \.sums, [.gaugehistogram]), ("_gcount", \.counts, [.gaugehistogram]),
    ]
    for (ending, list, types) in endings {
      guard let base = base(name, ending), let type = table.types[base], types.contains(type) else {
        continue
      }
      switch type {
      case .counter: return Part(metric: name, kind: .counter, list: list)
      case .summary: return Part(metric: base, kind: .summary, list: list)
      default:
        return Part(metric: base, kind: .histogram, list: list, isCumulative: type == .histogram)
      }
    }
    return nil
  }

  /// By the endings of names alone, as replies of Prometheus' API and its federation have them.
  private func guessed(_ name: String) -> Part? {
    if base(name, "_info") != nil { return nil }
    if base(name, "_total") != nil { return Part(metric: name, kind: .counter, list: \.series) }
    if let base = base(name, "_bucket"), bounds.contains(name) {
      return Part(metric: base, kind: .histogram, list: \.buckets)
    }
    for (ending, list) in [("_sum", \ExposedMetric.sums), ("_count", \.counts)] {
      guard let base = base(name, ending) else { continue }
      if bounds.contains(base + "_bucket") { return Part(metric: base, kind: .histogram, list: list) }
      if quantiles.contains(base) || names.contains(base + (ending == "_sum" ? "_count" : "_sum")) {
        return Part(metric: base, kind: .summary, list: list)
      }
    }
    return quantiles.contains(name)
      ? Part(metric: name, kind: .summary, list: \.series) : Part(metric: name, kind: .gauge, list: \.series)
  }

  /// Whether a name with `_created` behind it is the time at which the series of this metric began.
  private func isCreated(_ base: String) -> Bool {
    let types: Set<ExposedType> = [.counter, .histogram, .summary, .gaugehistogram]
    return [base, base + "_total"].contains { table.types[$0].map(types.contains) == true }
      || names.contains(base + "_total") || names.contains(base + "_count")
  }

  private func base(_ name: String, _ ending: String) -> String? {
    name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : nil
  }
}
