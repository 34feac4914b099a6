internal import SLOModel
internal import SLOSupport

/// The snapshots of one run as a reading.
struct SnapshotReading {
  var reading: Reading
  let run: MetricRun
  let metrics: [String: ExposedMetric]
  private let demand: SampleDemand
  private let declared: DeclaredMetrics
  var figures: MetricFigures
  /// Whether a metric has its unit, by its name; else its values cannot be in it.
  private var units: [String: SourceUnit?] = [:]
  private var subjects: Set<String> = []
  private var leftOut = 0

  /// The metrics that figures of the run as a whole are given of, those that a budget names first.
  static let mostMetrics = 2_000
  /// The label sets that are subjects of their own.
  static let mostSubjects = 1_000

  /// The reading of a run.
  /// - Throws: `malformed` for snapshots in the wrong order, and for values that cannot be.
  static func reading(
    of run: MetricRun, source: Reading.Source, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> Reading {
    var run = run
    let all = ExposedMetric.all(of: run)
    let metrics = all.compactMapValues(NumberlessSeries(of: run.files).usable)
    if !run.isTimed, let clock = SnapshotFacts(run, metrics).clock, clock.allSatisfy(ExposedNumber.isPossible)
    {
      run.take(times: clock)
    }
    let facts = SnapshotFacts(run, metrics)
    try facts.disorder()
    let reading = Reading(profile: profile ?? EvidenceKind.snapshot.profiles.usual[0], source: source)
    var builder = SnapshotReading(reading, run, metrics, options)
    try builder.demandPossible()
    builder.addAll()
    builder.addDerived()
    builder.addFacts(facts)
    builder.warn(ofUnusable: Set(all.keys).subtracting(metrics.keys))
    builder.reading.measurements.sort { $0.series < $1.series }
    return builder.reading
  }

  private init(
    _ reading: Reading, _ run: MetricRun, _ metrics: [String: ExposedMetric], _ options: ReadOptions
  ) {
    (self.reading, self.run, self.metrics, declared) = (reading, run, metrics, options.metrics)
    demand = options.demand()
    figures = MetricFigures(run, percentiles: demand.percentiles)
  }

  /// Counters are never below 0, and buckets and quantiles say of what they are.
  private func demandPossible() throws(InputError) {
    for metric in metrics.values {
      for series in metric.buckets where figures.bound(of: series) == nil {
        throw impossible(series, found: "a bucket without its bound", "a number as its label le")
      }
      for series in metric.kind == .summary ? metric.series : [] where figures.share(of: series) == nil {
        throw impossible(
          series, found: "a quantile that is none", "a share from 0 to 1 as its label quantile")
      }
      guard metric.isCumulative, metric.kind != .gauge, metric.kind != .state else { continue }
      for series in (metric.kind == .counter ? metric.series : []) + metric.buckets + metric.counts {
        guard let point = run.points(series).first(where: { $0.value < 0 }) else { continue }
        throw impossible(series, point, found: "\(point.value)", "a total from 0 up")
      }
    }
  }

  private func impossible(
    _ series: Int32, _ point: MetricRun.Point? = nil, found: String, _ expected: String
  ) -> InputError {
    let place = point ?? run.points(series).first
    let path = place.flatMap { run.paths.isEmpty ? nil : run.paths[$0.snapshot] } ?? run.files.first?.path
    let name = UntrustedText.quoted(run.table.names[Int(run.table.nameOfSeries[Int(series)])], limit: 80)
    return InputError(
      .malformed, file: path ?? reading.source.path, found: "\(found) in \(name)", expected: expected,
      remedy: "the exporter that shows it has to be repaired")
  }

  // MARK: Metrics

  private mutating func addAll() {
    let asked = Set(demand.figures.map { MetricName.base(of: $0.metric) })
    let names = metrics.keys.sorted { (asked.contains($0) ? 0 : 1, $0) < (asked.contains($1) ? 0 : 1, $1) }
    for name in names.prefix(SnapshotReading.mostMetrics) {
      guard let metric = metrics[name] else { continue }
      add(metric, of: Series.wholeRun)
      if asked.contains(name) { addParts(of: metric) }
    }
    if names.count > SnapshotReading.mostMetrics {
      reading.notices.append(
        "left out \(names.count - SnapshotReading.mostMetrics) metrics beyond \(SnapshotReading.mostMetrics) that no"
          + " budget names")
    }
    if leftOut > 0 {
      reading.notices.append("left out \(leftOut) label sets beyond \(SnapshotReading.mostSubjects)")
    }
  }

  /// The parts of a metric that budgets ask for: label sets, and those that labels in braces select.
  private mutating func addParts(of metric: ExposedMetric) {
    let patterns = demand.subjects.filter { !$0.text.allSatisfy { $0 == "*" } }
    if !patterns.isEmpty {
      let exact = Set(patterns.filter(\.isExact).map(\.text))
      let globs = patterns.filter { !$0.isExact }
      let parts = metric.parts(run.table) { labels in
        let subject = labels.subject
        guard !subject.isEmpty else { return nil }
        return exact.contains(subject) || globs.contains { $0.matches(subject) } ? subject : nil
      }
      for (subject, part) in parts.sorted(by: { $0.key < $1.key }) where takes(subject) {
        add(part, of: subject)
      }
    }
    for selection in demand.selections where selection.metric == metric.name && !selection.tags.isEmpty {
      let name = MetricName(base: metric.name, tags: selection.tags.mapValues(\.text)).description
      let parts = metric.parts(run.table) { labels in
        selection.tags.allSatisfy { tag, pattern in labels[tag].map(pattern.matches) == true } ? name : nil
      }
      if let part = parts[name] { add(part, of: Series.wholeRun, as: name) }
    }
  }

  mutating func takes(_ subject: String) -> Bool {
    if subjects.contains(subject) { return true }
    guard subjects.count < SnapshotReading.mostSubjects else {
      leftOut += 1
      return false
    }
    subjects.insert(subject)
    return true
  }

  private mutating func add(_ metric: ExposedMetric, of subject: String, as name: String? = nil) {
    let source = SnapshotReading.unit(of: metric.name, declared)
    let all = figures.figures(of: metric, isShare: source?.canonical == .ratio)
    let unit = units[metric.name] ?? SnapshotReading.fitting(source, all)
    units[metric.name] = .some(unit)
    for figure in all where figure.value.isFinite {
      var (value, own) = (figure.value, metric.kind == .counter ? MetricUnit.count : .unitless)
      switch figure.measure {
      case .number: own = .count
      case .perSecond: own = .perSecond
      case .own:
        if let unit { (value, own) = (unit.canonical(value), unit.canonical) }
      }
      guard value.isFinite else { continue }
      // Negative zero is zero.
      value += 0
      let series = Series(
        profile: reading.profile, endpoint: subject, metric: name ?? metric.name, statistic: figure.statistic)
      reading.measurements.append(
        MetricValue(
          series: series, value: value, unit: own, better: better(metric, figure.statistic),
          samples: figure.samples))
    }
  }

  /// The unit of a metric, as it is declared or its name says it.
  private static func unit(of name: String, _ declared: DeclaredMetrics) -> SourceUnit? {
    if let unit = MetricCatalogue.sourceUnit(ofCustom: name, declared: declared) { return unit }
    return name.hasSuffix("_total") ? SourceUnit(endOf: String(name.dropLast("_total".count))) : nil
  }

  /// A unit, unless a value cannot be in it: a share of 3, a size of −1 for none.
  private static func fitting(_ unit: SourceUnit?, _ figures: [ExposedFigure]) -> SourceUnit? {
    guard let unit else { return nil }
    let isPossible = figures.allSatisfy {
      $0.measure != .own || unit.canonical.possibleValues.contains(unit.canonical($0.value))
    }
    return isPossible ? unit : nil
  }

  /// Which way is better: as a budget that limits the metric understands it.
  private func better(_ metric: ExposedMetric, _ statistic: Statistic) -> Direction? {
    if statistic == .growth { return .lower }
    if let declared = declared[metric.name]?.better { return declared }
    let shape: MetricShape =
      switch metric.kind {
      case .counter: .total
      case .gauge, .state: .level
      case .histogram, .summary: [.count, .rate].contains(statistic) ? .level : .distribution
      }
    return MetricCatalogue.guessedDirection(ofCustom: metric.name, shape: shape)
  }

  // MARK: What else is known

  private mutating func addFacts(_ facts: SnapshotFacts) {
    if let version = facts.version { reading.facts["version"] = version }
    if let start = facts.start { reading.facts["started"] = start.description }
    if run.isTimed, let first = run.times.first {
      reading.startedAt = Int64(exactly: (first * 1_000).rounded()).map { Timestamp(milliseconds: $0) }
    }
    reading.duration = run.duration
    reading.warnings += facts.warnings + run.files.flatMap(\.warnings)
    reading.notices += run.files.flatMap(\.notices)
    if metrics.isEmpty { reading.failure = "no metric has a value" }
    if run.count == 1 {
      reading.notices.append(
        "one snapshot: histograms say what came since the system started, and counters nothing of the run; pass"
          + " BEFORE,AFTER")
    }
    if !figures.above.isEmpty { reading.notices.append(aboveLastBound) }
    if !figures.mixed.isEmpty {
      let names = SnapshotReading.list(figures.mixed.sorted())
      reading.notices.append(
        "series of \(names) have different bounds: their percentiles go by the bounds that all have; name one by its"
          + " labels for its own")
    }
    if !figures.corrected.isEmpty {
      let names = figures.corrected.sorted()
      reading.warnings.append(
        "buckets of \(SnapshotReading.list(names)) count less than smaller ones: they were raised to these")
    }
  }

  private mutating func warn(ofUnusable names: Set<String>) {
    guard !names.isEmpty else { return }
    reading.warnings.append(
      "values of \(SnapshotReading.list(names.sorted())) are infinite or no number: no figure is made of what is left"
    )
  }

  /// Percentiles of which a lower bound alone is known are no figures: a limit above it would pass unseen.
  private var aboveLastBound: String {
    let asked = Set(demand.figures.map(\.metric))
    let names = figures.above.keys.sorted {
      (asked.contains($0) ? 0 : 1, $0) < (asked.contains($1) ? 0 : 1, $1)
    }
    let texts = names.prefix(5).compactMap { name in
      figures.above[name].map { found in
        let statistics = Set(found.statistics).sorted().map(\.rawValue).joined(separator: ", ")
        return "\(statistics) of \(UntrustedText.escaped(name)) above \(found.bound)"
      }
    }
    let more = names.count > 5 ? " and of \(names.count - 5) more" : ""
    return "percentiles beyond the last bound of their histogram are not given: "
      + texts.joined(separator: "; ") + more
      + "; add a bucket above it"
  }

  private static func list(_ names: [String]) -> String {
    let first = names.prefix(5).map { UntrustedText.escaped($0) }.joined(separator: ", ")
    return first + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
