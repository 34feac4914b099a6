internal import SLOModel

/// Turns a k6 summary into measurements.
struct K6Reading {
  private let summary: K6Summary
  private let names: K6SeriesNames
  private let named: K6NamedMetrics
  private let samples: K6Samples
  private let profile: String
  /// The custom metrics that are declared.
  private var declared: DeclaredMetrics = [:]
  /// Where `checks` is next to `checks_succeeded`.
  private let endpointsWithChecks: Set<String>

  /// The reading of a summary.
  static func reading(
    _ summary: K6Summary, profile: String, source: Reading.Source, endpointTag: String?,
    naming: NamingRules = NamingRules(), declared: DeclaredMetrics = [:], takesSingleIterations: Bool = false
  ) -> Reading {
    let summary = summary.withUndropped
    var builder = K6Reading(summary, profile, endpointTag, naming)
    builder.declared = declared
    var reading = Reading(profile: profile, source: source)
    reading.toolVersion = summary.toolVersion
    reading.duration = summary.duration
    reading.startedAt = start(of: summary)
    reading.measurements = builder.named.elements.flatMap(builder.measurements)
    reading.distributions = builder.named.elements.compactMap(builder.distribution)
    reading.thresholds = builder.named.elements.flatMap(builder.thresholds)
    reading.observeThresholds()
    reading.endpointTags = builder.names.tags
    reading.addresses = builder.names.addresses
    reading.notices = builder.notices
    if summary.metrics.contains(where: \.hidesThresholds) {
      reading.notices.append(
        "this format does not have the script's thresholds, so that none of them is judged; the files of"
          + " --summary-export and handleSummary, and raw samples, have them")
    }
    reading.failure = K6Traffic(summary.metrics, builder.samples).failure
    reading.add(summary.method, isOfSamples: summary.isOfSamples)
    if summary.isSingle, !takesSingleIterations, reading.failure == nil {
      reading.failure = K6Method.single
    }
    if !summary.isOfSamples, !summary.method.estimatesPercentiles,
      K6Percentiles.areEstimated(in: summary.metrics)
    {
      reading.facts[Reading.percentilesFact] = Reading.estimatedPercentiles
      reading.notices.append(
        "percentiles are not those of samples, for these lie between whole nanoseconds: a histogram (k6 run --features"
          + " native-histograms) or an average over runs gave them, and they may be some per cent off; raw samples"
          + " (--out json) give exact ones")
    }
    return reading
  }

  /// A summary is written when its run ends.
  private static func start(of summary: K6Summary) -> Timestamp? {
    guard let end = summary.generatedAt?.milliseconds,
      let length = Int64(exactly: ((summary.duration ?? 0) * 1_000).rounded()), length >= 0, length <= end
    else { return nil }
    let start = Timestamp(milliseconds: end - length)
    return Timestamp.plausible.contains(start) ? start : nil
  }

  private init(_ summary: K6Summary, _ profile: String, _ endpointTag: String?, _ naming: NamingRules) {
    self.summary = summary
    self.profile = profile
    names = K6SeriesNames(summary.metrics, endpointTag: endpointTag, naming: naming)
    samples = K6Samples(summary.metrics)
    named = K6NamedMetrics(summary.metrics, names, samples)
    let checks = named.elements.filter { $0.metric.name.base == "checks" }.map { $0.identities[0] }
    endpointsWithChecks = Set(checks.filter { $0.metric == "checks" }.map(\.endpoint))
  }

  /// Tells of endpoints whose figures were put together of several addresses.
  private var notices: [String] {
    named.joined.filter { $0.value > 1 }.sorted { $0.key < $1.key }.map { endpoint, count in
      "\(count) addresses are one endpoint \(UntrustedText.escaped(endpoint)): its percentiles are the worst of theirs;"
        + " raw samples (--out json) have those of all requests"
    }
  }

  private func thresholds(of element: K6NamedMetrics.Element) -> [Reading.Threshold] {
    guard !element.metric.thresholds.isEmpty else { return [] }
    let (place, metric) = (element.identities[0], element.metric)
    let values = values(of: metric)
    return metric.thresholds.map {
      Reading.Threshold(
        endpoint: place.endpoint, metric: place.metric,
        expression: AddressText.cleaned(ComposedText.composed($0.expression)),
        passed: $0.passed ?? K6Reading.outcome(of: $0.expression, values, metric.kind))
    }
  }

  /// Whether an expression holds, as k6 has it: of what was never measured a rate holds every threshold, and
  /// everything else is 0. Nil where the figure is not known, or k6 of today takes no such expression.
  private static func outcome(
    of expression: String, _ values: [(Statistic, Double)], _ kind: SampledMetricType
  ) -> Bool? {
    guard let threshold = ThresholdExpression(expression) else { return nil }
    if values.isEmpty { return kind == .rate || threshold.holds(0) }
    return values.first { $0.0 == threshold.statistic }.map { threshold.holds($0.1) }
  }

  private func measurements(of element: K6NamedMetrics.Element) -> [MetricValue] {
    element.identities.flatMap { measurements(of: element, at: $0) }
  }

  private func measurements(
    of element: K6NamedMetrics.Element, at place: K6SeriesNames.Identity
  ) -> [MetricValue] {
    let (endpoint, name, metric) = (place.endpoint, place.metric, element.metric)
    let count = element.samples.flatMap { $0 < 0 ? nil : Int(exactly: $0) }
    let traits = traits(of: metric)
    let measurements = canonicalValues(of: metric).map { statistic, value in
      MetricValue(
        series: Series(profile: profile, endpoint: endpoint, metric: name, statistic: statistic),
        value: value,
        unit: traits.unit(of: statistic), better: traits.better(of: statistic), samples: count)
    }
    guard name == "checks_succeeded", !endpointsWithChecks.contains(endpoint) else { return measurements }
    // The machine-readable summary's name for what every other format calls `checks`.
    return measurements
      + measurements.map {
        var alias = $0
        alias.series.metric = "checks"
        return alias
      }
  }

  private func distribution(of element: K6NamedMetrics.Element) -> Distribution? {
    guard let sketch = element.metric.sketch else { return nil }
    let place = element.identities[0]
    let traits = traits(of: element.metric)
    return Distribution(
      endpoint: place.endpoint, metric: place.metric, unit: traits.unit, better: traits.better, sketch: sketch
    )
  }

  /// The values worth giving: what was never measured has none.
  private func values(of metric: K6Metric) -> [(Statistic, Double)] {
    switch metric.kind {
    case .trend: samples.isEmpty(metric) ? [] : K6Reading.withBothMedians(metric.statistics)
    case .rate: rate(of: metric)
    case .counter: counter(metric)
    default: metric.statistics.map { ($0.name, $0.value) }
    }
  }

  /// Always from the counts: k6 0.26 to 0.29 write 0 for every rate.
  private func rate(of metric: K6Metric) -> [(Statistic, Double)] {
    if let trials = metric.trials { return trials.total > 0 ? [(.rate, trials.hits / trials.total)] : [] }
    return (metric.value(.rate) ?? metric.value(.value)).map { [(.rate, $0)] } ?? []
  }

  private func counter(_ metric: K6Metric) -> [(Statistic, Double)] {
    var values = metric.statistics.map { ($0.name, $0.value) }
    if metric.value(.rate) == nil, let count = metric.value(.count), let duration = summary.duration,
      duration > 0, (count / duration).isFinite
    {
      values.append((.rate, count / duration))
    }
    return values
  }

  private static func withBothMedians(_ statistics: [(name: Statistic, value: Double)]) -> [(
    Statistic, Double
  )] {
    var values = statistics.map { ($0.name, $0.value) }
    let median = statistics.first { $0.name == .median }?.value
    let p50 = statistics.first { $0.name == .p50 }?.value
    if median == nil, let p50 { values.append((.median, p50)) }
    if p50 == nil, let median { values.append((.p50, median)) }
    return values
  }

  /// What is known of a metric by its name, else by what the file says of it.
  private func traits(of metric: K6Metric) -> MetricTraits {
    if let known = MetricCatalogue.traits(of: metric.name.base), known.shape == metric.kind.shape {
      return known
    }
    let better = MetricCatalogue.direction(
      ofCustom: metric.name.base, shape: metric.kind.shape, declared: declared)
    return MetricTraits(metric.kind.shape, K6Reading.customUnit(of: metric, declared), better: better)
  }

  /// The same of values as a file writes them: a percentage is a number that no share bounds, and a level that only
  /// its name gives a unit may lie below zero, as a clock skew does.
  static func writtenTraits(of metric: K6Metric) -> MetricTraits {
    if let known = MetricCatalogue.traits(of: metric.name.base), known.shape == metric.kind.shape {
      return known
    }
    let better = MetricCatalogue.guessedDirection(ofCustom: metric.name.base, shape: metric.kind.shape)
    let isLevel = metric.kind == .gauge && metric.contents == nil
    let unit = isLevel ? .unitless : customUnit(of: metric, [:])
    return MetricTraits(metric.kind.shape, unit == .ratio ? .unitless : unit, better: better)
  }

  /// The legacy export does not say what a custom metric contains; a name in `_duration` says time.
  private static func customUnit(of metric: K6Metric, _ declared: DeclaredMetrics) -> MetricUnit {
    if let unit = metric.sourceUnit(declared) { return unit.canonical }
    if metric.contents == nil, metric.kind == .trend, metric.name.base.hasSuffix("_duration") {
      return .milliseconds
    }
    return metric.kind == .counter ? .count : .unitless
  }

  /// The values in their canonical units. How many samples there were has none.
  private func canonicalValues(of metric: K6Metric) -> [(Statistic, Double)] {
    guard let unit = metric.sourceUnit(declared) else { return values(of: metric) }
    return values(of: metric).compactMap { statistic, value in
      let value = metric.kind == .trend && statistic == .count ? value : unit.canonical(value)
      return value.isFinite ? (statistic, value) : nil
    }
  }
}

extension Reading {
  /// Adds how k6 measured.
  fileprivate mutating func add(_ method: K6Method, isOfSamples: Bool) {
    conditions.merge(method.conditions(isOfSamples: isOfSamples)) { own, _ in own }
    facts.merge(method.facts) { own, _ in own }
    guard method.estimatesPercentiles, !isOfSamples else { return }
    facts[Reading.percentilesFact] = Reading.estimatedPercentiles
    notices.append(K6Method.estimates)
  }
}

extension K6Metric {
  /// The unit the values of a custom metric come in; nil of a share, of k6's own metrics, and where nothing says it. A
  /// total of shares is none.
  func sourceUnit(_ declared: DeclaredMetrics) -> SourceUnit? {
    guard kind != .rate, MetricCatalogue.traits(of: name.base) == nil else { return nil }
    let contained: MetricUnit? =
      switch contents {
      case .time: .milliseconds
      case .data: .bytes
      case .default, nil: nil
      }
    let unit = MetricCatalogue.sourceUnit(ofCustom: name.base, contents: contained, declared: declared)
    return kind == .counter && unit?.canonical == .ratio ? nil : unit
  }
}
