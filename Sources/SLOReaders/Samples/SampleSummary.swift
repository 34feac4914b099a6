internal import SLOModel
internal import SLOStatistics

/// Makes of samples the summary k6 would have written, had it been asked for everything: each metric of the
/// whole run and of each endpoint, with every statistic.
struct SampleSummary {
  /// The groups in their order, the samples of each sorted.
  let groups: [(group: SampleGrouping.Group, samples: SampleSet)]
  let grouping: SampleGrouping
  let declarations: SampleDeclarations
  /// What the user says of metrics that the file does not declare.
  let givenKinds: [String: SampledMetricType]
  /// Percentiles wanted besides the usual ones.
  let percentiles: Set<Statistic>
  /// The custom metrics whose unit is declared.
  let declared: DeclaredMetrics
  /// What the gauges of the whole run are that several instances share.
  var shared: [String: [(name: Statistic, value: Double)]] = [:]

  /// A series' name and the groups it is made of.
  private struct Member {
    var name: MetricName
    var endpoint: K6Metric.Endpoint?
    var groups: [Int]
    var mayBeEndpoint = true
  }

  /// The metrics in order of their names, the whole run first.
  func metrics() -> [K6Metric] {
    let byMetric = Dictionary(grouping: groups.indices) { groups[$0].group.metric }
    let members = byMetric.sorted { $0.key < $1.key }.flatMap { self.members(of: $0, $1) }
    return members.map(metric) + unsampled(members)
  }

  /// What is declared, or has a threshold, and was never added to. A counter of nothing and a rate of no hits are
  /// 0; nothing is known of a part of a metric that no sample belongs to.
  private func unsampled(_ members: [Member]) -> [K6Metric] {
    let sampled = Set(members.map(declaredName))
    let declared = declarations.metrics.keys.map { MetricName(base: $0) } + declarations.thresholds.keys
    return Set(declared).subtracting(sampled).sorted { $0.description < $1.description }.map { name in
      let kind = knownKind(of: name.base) ?? .trend
      var metric = K6Metric(
        name: name, spelling: name.description, kind: kind,
        contents: declarations.metrics[name.base]?.contents)
      if name.tags.isEmpty, kind == .counter { metric.statistics = [(.count, 0)] }
      if name.tags.isEmpty, kind == .rate { metric.statistics = [(.rate, 0)] }
      metric.isSampled = !metric.statistics.isEmpty
      metric.thresholds = thresholds(of: name)
      return metric
    }
  }

  /// The name a script has for a series.
  private func declaredName(_ member: Member) -> MetricName {
    var name = member.name
    if let endpoint = member.endpoint { name.tags[endpoint.tag] = endpoint.name }
    return name
  }

  private func thresholds(of name: MetricName) -> [K6Metric.Threshold] {
    (declarations.thresholds[name] ?? []).map { K6Metric.Threshold(expression: $0, passed: nil) }
  }

  /// What a person should know of the metrics.
  var notices: [String] {
    let untyped = Set(groups.map(\.group.metric)).filter { knownKind(of: $0) == nil }.sorted()
    var notices: [String] = []
    if let tag = grouping.splitTag, groups.allSatisfy({ $0.group.tags.split == nil }) {
      notices.append("no sample has the tag \(UntrustedText.escaped(tag)) of --split-by")
    }
    guard let first = untyped.first else { return notices }
    let names = untyped.prefix(10).map { UntrustedText.escaped($0) }.joined(separator: ", ")
    let more = untyped.count > 10 ? " and \(untyped.count - 10) more" : ""
    return notices + [
      "the file does not say what kind of metric \(names)\(more) is: read as a trend without its count; if it is"
        + " another, say so, as in --metric-type \(UntrustedText.escaped(first))=counter"
    ]
  }
}

extension SampleSummary {
  /// The series of a metric: the whole run, its endpoints, and the parts of both that are asked for.
  private func members(of metric: String, _ indices: [Int]) -> [Member] {
    var selected: [[String: String]: [Int]] = [:]
    for index in indices {
      for tags in groups[index].group.selected { selected[tags, default: []].append(index) }
    }
    let byEndpoint = Dictionary(grouping: indices) { groups[$0].group.tags.endpoint?.name }
    var members = parts(of: metric, nil, indices)
    for (name, indices) in byEndpoint.sorted(by: { $0.key ?? "" < $1.key ?? "" }) {
      guard let name, let tag = indices.compactMap({ groups[$0].group.tags.endpoint?.tag }).min(by: precedes)
      else {
        continue
      }
      // All samples with the tag are asked for, not only those that no earlier tag names.
      let all = Set(indices).union(selected.removeValue(forKey: [tag: name]) ?? [])
      let addresses = indices.compactMap { groups[$0].group.tags.endpoint?.address }
      let address = addresses.first.map { addresses.reduce($0) { $0.filled(from: $1) } }
      members += parts(of: metric, K6Metric.Endpoint(name: name, tag: tag, address: address), all.sorted())
    }
    let paths = Set(indices.compactMap { groups[$0].group.tags.endpoint?.address?.path })
    let names = Dictionary(uniqueKeysWithValues: selected.map { (MetricName(base: metric, tags: $0), $1) })
    let known = Set(members.filter { $0.endpoint == nil }.map(\.name))
    return members
      + names.filter { !known.contains($0.key) }.sorted { $0.key.description < $1.key.description }
      .map { name, groups in
        // What several hosts or methods have was split before: all of it together is no endpoint.
        let isTold = name.tags.contains { TagName.isOfAddresses($0.key) && paths.contains($0.value) }
        return Member(name: name, endpoint: nil, groups: groups, mayBeEndpoint: !isTold)
      }
  }

  private func precedes(_ left: String, _ right: String) -> Bool {
    (grouping.endpointTags.firstIndex(of: left) ?? .max)
      < (grouping.endpointTags.firstIndex(of: right) ?? .max)
  }

  private func parts(of metric: String, _ endpoint: K6Metric.Endpoint?, _ indices: [Int]) -> [Member] {
    var parts = [Member(name: MetricName(base: metric), endpoint: endpoint, groups: indices)]
    func add(_ tag: String, _ value: String, _ indices: [Int]) {
      parts.append(
        Member(name: MetricName(base: metric, tags: [tag: value]), endpoint: endpoint, groups: indices))
    }
    let expected = indices.filter { groups[$0].group.tags.isExpected == true }
    if metric == "http_req_duration", !expected.isEmpty, grouping.splitTag != SampleGrouping.expectedTag {
      add(SampleGrouping.expectedTag, "true", expected)
    }
    // The parts of the whole run by a tag that names endpoints are the endpoints.
    guard let tag = grouping.splitTag, endpoint != nil || !grouping.endpointTags.contains(tag) else {
      return parts
    }
    let bySplit = Dictionary(grouping: indices) { groups[$0].group.tags.split }
    for (value, indices) in bySplit.sorted(by: { $0.key ?? "" < $1.key ?? "" }) {
      if let value { add(tag, value, indices) }
    }
    return parts
  }
}

extension SampleSummary {
  private func metric(_ member: Member) -> K6Metric {
    let known = knownKind(of: member.name.base)
    let kind = known ?? .trend
    let samples = SampleUnion(member.groups.map { groups[$0].samples })
    var metric = K6Metric(
      name: member.name, spelling: member.name.description, endpoint: member.endpoint, kind: kind,
      contents: declarations.metrics[member.name.base]?.contents)
    metric.mayBeEndpoint = member.mayBeEndpoint
    let name = declaredName(member)
    metric.statistics = statistics(of: samples, kind, declarations.percentiles(of: name))
      .filter { $0.value.isFinite }
    if kind == .gauge, member.endpoint == nil, member.name.tags.isEmpty, let sums = shared[member.name.base] {
      metric.statistics = sums
    }
    // A counter's total and a trend's number of samples have one name: where the kind is a guess, neither is given.
    if known == nil { metric.statistics.removeAll { $0.name == .count } }
    if kind == .rate {
      metric.trials = K6Metric.Trials(hits: Double(samples.hits), total: Double(samples.count))
    }
    if kind == .trend {
      let unit = metric.sourceUnit(declared)
      metric.sketch = unit.map { samples.sketch(in: $0) } ?? samples.sketch
    }
    // What several tags name is also a series of the whole run.
    if member.endpoint == nil || member.name.tags.isEmpty { metric.thresholds = thresholds(of: name) }
    return metric
  }

  /// The unit of a metric of which no sample can be below zero; nil where one may be.
  func unitWithoutNegatives(_ name: String) -> MetricUnit? {
    let kind = knownKind(of: name) ?? .trend
    guard kind != .rate else { return nil }
    let metric = K6Metric(
      name: MetricName(base: name), spelling: name, kind: kind, contents: declarations.metrics[name]?.contents
    )
    let figure: Statistic = kind == .counter ? .count : kind == .gauge ? .value : .maximum
    let isNever = metric.possibleValues(of: figure).lowerBound == 0
    return isNever ? K6Reading.writtenTraits(of: metric).unit(of: figure) : nil
  }

  private func knownKind(of metric: String) -> SampledMetricType? {
    declarations.kind(of: metric) ?? givenKinds[metric]
      ?? MetricCatalogue.traits(of: metric).flatMap { SampledMetricType($0.shape) }
  }

  private func statistics(
    of samples: SampleUnion, _ kind: SampledMetricType, _ percentiles: [Statistic]
  ) -> [(name: Statistic, value: Double)] {
    let values: [(Statistic, Double?)] =
      switch kind {
      case .rate: []
      case .counter: [(.count, samples.sum)]
      case .gauge: [(.value, samples.last), (.minimum, samples.minimum), (.maximum, samples.maximum)]
      default:
        [
          (.average, samples.sum / Double(samples.count)), (.minimum, samples.minimum),
          (.median, samples.quantile(0.5)), (.maximum, samples.maximum), (.count, Double(samples.count)),
        ]
          + wanted(percentiles).map {
            ($0, samples.quantile(($0.percentile ?? 0) / 100))
          }
      }
    return values.compactMap { name, value in value.map { (name, $0) } }
  }

  /// The median has a place of its own, under both its names.
  private func wanted(_ further: [Statistic]) -> [Statistic] {
    percentiles.union(SampleSummary.usual).union(further).subtracting([.median, .p50]).sorted()
  }

  /// The percentiles that samples give unasked.
  static let usual: [Statistic] = ["p75", "p90", "p95", "p99", "p99.9"].map(Statistic.init(rawValue:))
}
