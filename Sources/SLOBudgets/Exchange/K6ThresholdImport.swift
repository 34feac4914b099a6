internal import SLOModel

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
        "raw samples do not tell the thresholds of sub-metrics; k6 inspect SCRIPT prints all",
        at: Place(file: reading.source.path))
    }
    let measured = Set(reading.measurements.map { [$0.series.endpoint, $0.series.metric] })
    for threshold in reading.thresholds.sorted(by: K6ThresholdImport.precedes) {
      let isWhole = threshold.endpoint == Series.wholeRun
      let tag = reading.endpointTags[threshold.endpoint] ?? "endpoint"
      add(
        Threshold(
          expression: threshold.expression, endpoint: isWhole ? nil : (threshold.endpoint, tag),
          metric: threshold.metric, isMeasured: measured.contains([threshold.endpoint, threshold.metric]),
          place: Place(file: reading.source.path)), to: &draft)
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
    guard let parsed = K6ThresholdImport.parse(threshold.expression) else {
      return draft.remark("\(name): no threshold that slogate can read", at: threshold.place)
    }
    guard let comparison = K6ThresholdImport.comparison(parsed.sign, parsed.value, of: parsed.statistic)
    else {
      return draft.remark("\(name): a limit has one of < <= > >=", at: threshold.place)
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
    draft.add(
      BudgetDraft.Wish(
        target: threshold.endpoint.map { .endpoint($0.name, tag: $0.tag) } ?? .run, profile: profile,
        key: "\(threshold.metric).\(parsed.statistic)", comparison: comparison, value: parsed.value,
        isOptional: isOptional,
        origin: threshold.expression, place: threshold.place))
  }

  /// Takes `p(95) < 400` apart.
  static func parse(_ expression: String) -> (statistic: Statistic, sign: String, value: Double)? {
    let text = expression.filter { $0 != " " && $0 != "\t" }
    let signs = "<>=!"
    guard let start = text.firstIndex(where: { signs.contains($0) }) else { return nil }
    let end = text[start...].firstIndex { !signs.contains($0) } ?? text.endIndex
    guard let statistic = Statistic(k6: String(text[..<start])), text[end...].first?.isLetter == false,
      let value = Double(text[end...]), value.isFinite
    else { return nil }
    return (statistic, String(text[start..<end]), value)
  }

  /// What is never below zero, a share or a number, equals it exactly where it is at most zero.
  private static func comparison(_ sign: String, _ value: Double, of statistic: Statistic) -> Comparison? {
    if ["==", "==="].contains(sign), value == 0, [.rate, .count].contains(statistic) { return .atMost }
    return Comparison(rawValue: sign)
  }
}
