internal import SLOModel
internal import SLOStatistics
internal import SLOSupport

/// The facts of one file as a reading, each in the canonical unit of what it is in.
struct FactList {
  /// The reading so far.
  var reading: Reading
  /// The keys or columns that facts do not have, in the order in which they were found.
  private var unknown: [String] = []

  private let declared: DeclaredMetrics
  private let percentiles: [Statistic]
  private let line: (Int) -> Int
  private var offsets: [Series: Int] = [:]
  private var valueless: [String] = []
  private var seenUnknown: Set<String> = []

  /// Begins a list.
  /// - Parameter line: the line of an offset, which messages name.
  init(profile: String?, source: Reading.Source, _ options: ReadOptions, line: @escaping (Int) -> Int) {
    reading = Reading(profile: profile ?? EvidenceKind.fact.profiles.usual[0], source: source)
    declared = options.metrics
    let asked = options.demand().percentiles.subtracting([.median, .p50])
    percentiles = asked.union([.p90, .p95, .p99]).sorted()
    self.line = line
  }

  /// Notes a key or column that no fact has.
  mutating func note(unknown key: String) {
    if seenUnknown.insert(key).inserted { unknown.append(UntrustedText.quoted(key)) }
  }

  /// Adds a fact.
  /// - Parameter offset: where it begins, for messages.
  /// - Throws: a unit that its name contradicts, a value that cannot be, or the fact a second time.
  mutating func add(_ fact: Fact, at offset: Int) throws(Fact.Fault) {
    let unit = try unit(of: fact)
    let better = fact.better ?? declared[MetricName.base(of: fact.metric)]?.better
    for value in fact.observations { try check(value, .samples, unit) }
    if let value = fact.value, fact.samples != 0 {
      try check(value, .value, unit)
      let samples = fact.samples ?? (fact.observations.isEmpty ? nil : fact.observations.count)
      try add(
        fact, fact.statistic ?? .value, unit.canonical(value), unit.canonical, better, samples, at: offset)
    } else if fact.observations.isEmpty {
      try note(valueless: fact, at: offset)
    }
    if let sample = SortedSample(fact.observations.map(unit.canonical)) {
      try add(sample, of: fact, unit.canonical, better, at: offset)
    }
  }

  /// The reading with what is to be said of it.
  var whole: Reading {
    var whole = reading
    if !unknown.isEmpty {
      whole.notices.append(
        "left out \(FactList.list(unknown)): of a fact there are \(FactList.fields)")
    }
    if !valueless.isEmpty {
      whole.notices.append("left out what has no value: \(FactList.list(valueless))")
    }
    if offsets.isEmpty { whole.failure = "no fact is stated" }
    return whole
  }

  /// What can be said of a fact, as messages list it.
  static let fields = Fact.Field.allCases.map(\.rawValue).joined(separator: ", ")
}

extension FactList {
  /// The unit of a fact: as the file states it, else as it is declared, else as the name says it.
  private func unit(of fact: Fact) throws(Fact.Fault) -> SourceUnit {
    let said = MetricCatalogue.sourceUnit(ofCustom: fact.metric, declared: declared)
    if let stated = fact.unit, let said, said.canonical != stated.canonical {
      throw Fact.Fault(
        field: .unit,
        found:
          "the unit \(stated) of \(UntrustedText.quoted(fact.metric)), of which its name or a budget file says \(said)",
        expected: "one of the two",
        remedy: "correct one of them, or declare it: metrics: { NAME: { unit: \(stated) } } in a budget file")
    }
    return fact.unit ?? said ?? (fact.statistic == .count ? .count : .unitless)
  }

  /// The largest magnitude of a value, so that sums of millions of them are numbers too.
  private static let largest = 1e300

  /// A value that cannot be would hold every limit from above.
  private func check(_ value: Double, _ field: Fact.Field, _ unit: SourceUnit) throws(Fact.Fault) {
    let canonical = unit.canonical(value)
    let isHeld = canonical.magnitude <= FactList.largest
    if isHeld, unit.canonical.possibleValues.contains(canonical) { return }
    let remedy =
      switch unit.canonical {
      case .ratio where unit.isCanonical && value > 1 && value <= 100:
        "write it as a share of 1, or state the unit percent"
      case .ratio where value > 0: "correct the script, or state no unit where it can be more than 100 %"
      default: "correct the script, or the unit it states"
      }
    throw Fact.Fault(
      field: field, found: shortest(value) + (unit.canonical == .unitless ? "" : " in \(unit)"),
      expected: isHeld ? ImpossibleValue.expected(unit.canonical) : "a number of at most \(FactList.largest)",
      remedy: remedy)
  }

  private mutating func add(
    _ fact: Fact, _ statistic: Statistic, _ value: Double, _ unit: MetricUnit, _ better: Direction?,
    _ samples: Int?, at offset: Int
  ) throws(Fact.Fault) {
    let series = Series(
      profile: reading.profile, endpoint: fact.subject, metric: fact.metric, statistic: statistic)
    try claim(series, at: offset)
    reading.measurements.append(
      MetricValue(series: series, value: value + 0, unit: unit, better: better, samples: samples))
  }

  /// The statistics of observations, computed as those of raw samples are.
  private mutating func add(
    _ sample: SortedSample, of fact: Fact, _ unit: MetricUnit, _ better: Direction?, at offset: Int
  ) throws(Fact.Fault) {
    let values = sample.values
    let number = Double(values.count)
    try add(fact, .count, number, .count, nil, nil, at: offset)
    let figures: [(Statistic, Double)] =
      [
        (.average, values.reduce(0, +) / number), (.minimum, values[0]),
        (.median, sample.percentile(50)), (.maximum, values[values.count - 1]),
      ] + percentiles.map { ($0, sample.percentile($0.percentile ?? 0)) }
    for (statistic, value) in figures {
      try add(fact, statistic, value, unit, better, values.count, at: offset)
    }
    var sketch = QuantileSketch()
    for value in values { sketch.add(value) }
    reading.distributions.append(
      Distribution(endpoint: fact.subject, metric: fact.metric, unit: unit, better: better, sketch: sketch))
  }

  private mutating func note(valueless fact: Fact, at offset: Int) throws(Fact.Fault) {
    let series = Series(
      profile: reading.profile, endpoint: fact.subject, metric: fact.metric,
      statistic: fact.statistic ?? .value)
    try claim(series, at: offset)
    valueless.append(FactList.name(series))
  }

  private mutating func claim(_ series: Series, at offset: Int) throws(Fact.Fault) {
    guard let first = offsets.updateValue(offset, forKey: series) else { return }
    throw Fact.Fault(
      field: .name,
      found: "\(FactList.name(series)) a second time, first in line \(line(first))",
      expected: "every fact once", remedy: "remove one of the two, or give each a subject of its own")
  }

  private static func name(_ series: Series) -> String {
    let subject =
      series.endpoint == Series.wholeRun ? "" : " of \(UntrustedText.quoted(series.endpoint, limit: 80))"
    return UntrustedText.quoted(Metric.label(of: series.metric, series.statistic), limit: 80) + subject
  }

  private static func list(_ names: [String]) -> String {
    let more = names.count > 5 ? " and \(names.count - 5) more" : ""
    return names.prefix(5).joined(separator: ", ") + more
  }
}
