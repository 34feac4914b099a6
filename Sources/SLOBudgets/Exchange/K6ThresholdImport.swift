internal import SLOModel
internal import SLOReaders

/// k6's thresholds, as a result or the options of a script have them
/// (<https://grafana.com/docs/k6/latest/using-k6/thresholds/>).
struct K6ThresholdImport {
  /// The profile they are limits of.
  let profile: String

  /// A threshold and the series it is set on.
  private struct Threshold {
    var expression: String
    /// The endpoint and the tag that names it; nil for the run as a whole.
    var endpoint: (name: String, tag: String)?
    /// The metric's name there.
    var metric: String
    /// Whether a result has it, which may be of no run at all.
    var isMeasured = true
    /// The canonical unit of its values, where a result says it.
    var unit: MetricUnit?
    var place: Place
  }

  /// Whether a document has options with thresholds, as `k6 inspect` prints them and `k6 run --config` reads them.
  static func recognises(_ root: YAMLNode) -> Bool { root["metrics"] == nil && thresholds(of: root) != nil }

  private static func thresholds(of root: YAMLNode) -> YAMLNode? {
    root["thresholds"] ?? root["options"]?["thresholds"]
  }

  /// Takes the thresholds of options.
  func add(options root: YAMLNode, to draft: inout BudgetDraft) {
    for pair in K6ThresholdImport.thresholds(of: root)?.pairs ?? [] {
      let name = MetricName(parsing: pair.key.value)
      let owner = K6ThresholdImport.endpoint(of: name)
      let metric = owner == nil ? name.description : name.base
      if pair.value.items.isEmpty, !pair.value.isEmptyList {
        draft.remark(
          "\(pair.key.value): its thresholds must be a list, found \(pair.value.kind)", at: pair.value.place)
      }
      for node in pair.value.items {
        guard let expression = node.text ?? node["threshold"]?.text else {
          draft.remark("\(pair.key.value): a threshold must be a text, found \(node.kind)", at: node.place)
          continue
        }
        add(Threshold(expression: expression, endpoint: owner, metric: metric, place: node.place), to: &draft)
        if node["abortOnFail"]?.text == "true" {
          draft.remark(
            "\(pair.key.value): \(expression): k6 aborts the run on it, slogate judges it", at: node.place)
        }
      }
    }
  }

  /// Takes the thresholds of a result.
  func add(_ reading: Reading, to draft: inout BudgetDraft) {
    if reading.source.format.hasPrefix("k6-samples") {
      draft.remark(
        "raw samples do not contain the thresholds of sub-metrics; k6 inspect SCRIPT prints all",
        at: Place(file: reading.source.path))
    }
    let measured = Set(reading.measurements.map { [$0.series.endpoint, $0.series.metric] })
    let units = Dictionary(
      reading.measurements.filter {
        $0.series.statistic != .count && $0.series.statistic != .rate || $0.unit == .ratio
      }
      .map { ($0.series.metric, $0.unit) }
    ) { first, _ in first }
    for threshold in reading.thresholds.sorted(by: K6ThresholdImport.precedes) {
      let isWhole = threshold.endpoint == Series.wholeRun
      let tag = reading.endpointTags[threshold.endpoint] ?? "endpoint"
      add(
        Threshold(
          expression: threshold.expression, endpoint: isWhole ? nil : (threshold.endpoint, tag),
          metric: threshold.metric, isMeasured: measured.contains([threshold.endpoint, threshold.metric]),
          unit: units[threshold.metric], place: Place(file: reading.source.path)), to: &draft)
    }
  }

  /// k6 writes them in no order, and every time in another one.
  private static func precedes(_ left: Reading.Threshold, _ right: Reading.Threshold) -> Bool {
    (left.endpoint, left.metric, left.expression) < (right.endpoint, right.metric, right.expression)
  }

  /// A sub-metric with one tag that names an endpoint is that endpoint's, as the readers have it.
  private static func endpoint(of name: MetricName) -> (name: String, tag: String)? {
    guard name.tags.count == 1, let (tag, value) = name.tags.first, !value.isEmpty, value != Series.wholeRun,
      Vocabulary().endpointTags.contains(tag)
    else { return nil }
    return (value, tag)
  }

  private func add(_ threshold: Threshold, to draft: inout BudgetDraft) {
    let name =
      threshold.metric + (threshold.endpoint.map { " of \($0.tag) '\($0.name)'" } ?? "") + ": "
      + threshold.expression
    let expression: K6Expression
    do throws(K6Expression.Malformed) {
      expression = try K6Expression(parsing: threshold.expression, of: threshold.metric)
    } catch {
      return draft.remark("\(name): \(error.message)", at: threshold.place)
    }
    let isShare =
      threshold.unit.map { $0 == .ratio }
      ?? (MetricCatalogue.traits(of: threshold.metric).map { $0.shape == .share } ?? true)
    guard let comparison = expression.comparison(ofShare: isShare) else {
      return draft.remark(
        "\(name): no limit says that a value is, or is not, \(BoundText.decimal(expression.value))",
        at: threshold.place)
    }
    let metric = MetricName(parsing: threshold.metric)
    guard metric.description == threshold.metric else {
      return draft.remark("\(name): a budget cannot spell these tags", at: threshold.place)
    }
    if threshold.endpoint == nil, let other = K6ThresholdImport.endpoint(of: metric) {
      return draft.remark("\(name): another tag names the endpoint '\(other.name)' too", at: threshold.place)
    }
    if let endpoint = threshold.endpoint?.name, endpoint.contains("*") {
      draft.remark("'\(endpoint)': the * in its name is any text to a budget", at: threshold.place)
    }
    // k6 holds a threshold on what was never counted; of its own metrics slogate asks that they were.
    let isOptional = !threshold.isMeasured && MetricCatalogue.traits(of: threshold.metric) == nil
    if isOptional {
      draft.remark("\(name): the result has no such metric, so it is optional", at: threshold.place)
    }
    // k6 compares with what the script counts in, a budget with the canonical unit.
    let source =
      [.rate, .count].contains(expression.statistic)
      ? nil : MetricCatalogue.sourceUnit(ofCustom: threshold.metric, contents: threshold.unit)
    let isCustom = MetricCatalogue.traits(of: threshold.metric) == nil
    draft.add(
      BudgetDraft.Wish(
        target: threshold.endpoint.map { .endpoint($0.name, tag: $0.tag) } ?? .run, profile: profile,
        key: "\(threshold.metric).\(expression.statistic)", comparison: comparison,
        value: isCustom ? source?.canonical(expression.value) ?? expression.value : expression.value,
        unit: isCustom ? source?.canonical : nil, isOptional: isOptional, origin: threshold.expression,
        place: threshold.place))
  }
}
