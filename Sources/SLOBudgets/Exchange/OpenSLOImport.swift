internal import SLOModel

/// OpenSLO, version 1 (<https://github.com/OpenSLO/OpenSLO>): objectives on a threshold or a ratio.
///
/// An objective counts good events over weeks of production, a budget holds one test: what is comparable is
/// taken, and what is not is reported.
struct OpenSLOImport {
  private let objects: [YAMLNode]
  private let profile: String
  /// Indicators that stand in documents of their own, by name.
  private let indicators: [String: YAMLNode]

  /// An objective with all that it needs.
  private struct Objective {
    var node: YAMLNode
    var origin: String
    var severity: Severity
    var place: Place { node.place }
  }

  /// Whether documents are of OpenSLO.
  static func recognises(_ documents: [YAMLNode]) -> Bool {
    objects(in: documents).contains { $0["apiVersion"]?.text?.hasPrefix("openslo/") == true }
  }

  /// A document is an object, or a list of them.
  private static func objects(in documents: [YAMLNode]) -> [YAMLNode] {
    documents.flatMap { $0.items.isEmpty ? [$0] : $0.items }
  }

  init(_ documents: [YAMLNode], profile: String) {
    let objects = OpenSLOImport.objects(in: documents)
    self.objects = objects
    self.profile = profile
    indicators = objects.reduce(into: [:]) { indicators, document in
      guard document["kind"]?.text == "SLI", let name = document["metadata"]?["name"]?.text else { return }
      indicators[name] = document["spec"]
    }
  }

  /// Takes all objectives.
  func add(to draft: inout BudgetDraft) {
    guard OpenSLOImport.recognises(objects) else { return }
    for document in objects {
      let kind = document["kind"]?.text ?? "a document without kind"
      let name = document["metadata"]?["name"]?.text ?? "without a name"
      if let version = document["apiVersion"], version.text != "openslo/v1" {
        draft.remark(
          "\(kind) \(name): its version must be openslo/v1, found \(version.kind)", at: version.place)
      } else if kind == "SLO" {
        add(document, name: name, to: &draft)
      } else if kind == "Service" {
        draft.service = draft.service ?? document["metadata"]?["name"]?.text
      } else if kind != "SLI" {
        draft.remark("\(kind) \(name): it has no counterpart", at: document.place)
      }
    }
  }

  /// What every SLO has and no budget.
  private static let ofEverySLO = ["timeWindow", "budgetingMethod"]

  private func add(_ document: YAMLNode, name: String, to draft: inout BudgetDraft) {
    guard let spec = document["spec"] else {
      return draft.remark("SLO \(name): it has no spec", at: document.place)
    }
    let taken = ["description", "service", "indicator", "indicatorRef", "objectives"]
    for pair in spec.pairs where !taken.contains(pair.key.value) {
      if OpenSLOImport.ofEverySLO.contains(pair.key.value) {
        let why = "\(pair.key.value) has no counterpart: a test is held to its limits at once"
        draft.remark(why, at: Place(file: pair.key.place.file))
        continue
      }
      let value = pair.value.text.map { " \($0)" } ?? ""
      draft.remark("SLO \(name): \(pair.key.value)\(value): it has no counterpart", at: pair.key.place)
    }
    if let service = spec["service"]?.text {
      if let first = draft.service, first != service {
        draft.remark("SLO \(name): it is of \(service), the budget of \(first)", at: spec.place)
      }
      draft.service = draft.service ?? service
    }
    let severity = document["metadata"]?["labels"]?["severity"]?.text == "warn" ? Severity.warn : .block
    for node in spec["objectives"]?.items ?? [] {
      let objective = Objective(
        node: node, origin: "\(name): " + OpenSLOImport.told(node), severity: severity)
      // Of composite ones each objective has its own.
      let holder = (node["indicator"] ?? node["indicatorRef"]) == nil ? spec : node
      let reference = holder["indicatorRef"]?.text
      let indicator = holder["indicator"]?["spec"] ?? reference.flatMap { indicators[$0] }
      if let ratio = indicator?["ratioMetric"] {
        add(objective, ratio: ratio, to: &draft)
      } else if let query = indicator?["thresholdMetric"].flatMap(OpenSLOImport.query) {
        add(objective, query: query, to: &draft)
      } else {
        let reason = reference.map { "its indicator \($0) is not in the file" }
        draft.remark("\(objective.origin): \(reason ?? "it has no indicator")", at: objective.place)
      }
    }
  }

  private static func told(_ objective: YAMLNode) -> String {
    let keys = ["op", "value", "target", "targetPercent", "timeSliceTarget"]
    return keys.compactMap { key in objective[key]?.text.map { "\(key) \($0)" } }.joined(separator: ", ")
  }
}

extension OpenSLOImport {
  /// Good events of all: of a bucket of a histogram a percentile, else an error rate.
  private func add(_ objective: Objective, ratio: YAMLNode, to draft: inout BudgetDraft) {
    guard let target = OpenSLOImport.target(objective.node) else {
      return draft.remark("\(objective.origin): its target must be a share from 0 to 1", at: objective.place)
    }
    let queries = ["good", "bad", "raw"].compactMap { ratio[$0].flatMap(OpenSLOImport.query) }
    if let bucket = queries.lazy.compactMap(PrometheusQuery.bucket).first, let percentile = target.percentile
    {
      return add(
        objective, key: "http_req_duration.\(percentile)", .atMost, bucket, says: "the duration of requests",
        to: &draft)
    }
    add(
      objective, key: "error_rate", .atMost, target.complement, says: "the share of failed requests",
      to: &draft)
  }

  private func add(_ objective: Objective, query: String, to draft: inout BudgetDraft) {
    let comparisons: [String: Comparison] = ["lt": .below, "lte": .atMost, "gt": .above, "gte": .atLeast]
    let (node, origin, place) = (objective.node, objective.origin, objective.place)
    guard let comparison = node["op"]?.text.flatMap({ comparisons[$0] }), let value = node["value"]?.number
    else {
      return draft.remark("\(origin): an objective on a threshold must have op and value", at: place)
    }
    if let own = SlogateSelector(query) {
      var wish = own.wish(comparison, value, origin: origin, place: place)
      wish.severity = objective.severity
      return draft.add(wish)
    }
    guard !SlogateSelector.names(query) else {
      return draft.remark("\(origin): its query is of more than one figure: \(query)", at: place)
    }
    guard let factor = PrometheusQuery.milliseconds(in: query) else {
      return draft.remark("\(origin): its query does not say that it measures a time: \(query)", at: place)
    }
    let asked = PrometheusQuery.quantile(in: query).flatMap { Share($0, isPercent: false)?.percentile }
    guard let statistic = asked ?? OpenSLOImport.target(node)?.percentile else {
      return draft.remark("\(origin): neither query nor target names a percentile", at: place)
    }
    if asked != nil, let target = node["target"]?.text ?? node["targetPercent"]?.text {
      draft.remark("\(origin): a test is held to it at once, not in \(target) of the time", at: place)
    }
    add(
      objective, key: "http_req_duration.\(statistic)", comparison, (value * factor * 1e9).rounded() / 1e9,
      says: "the duration of requests", to: &draft)
  }

  /// What an indicator counts in production has no name in a test: it is said what was taken for it.
  private func add(
    _ objective: Objective, key: String, _ comparison: Comparison, _ value: Double, says meaning: String,
    to draft: inout BudgetDraft
  ) {
    draft.remark("\(objective.origin): of a test, \(meaning) is taken for its indicator", at: objective.place)
    draft.add(
      BudgetDraft.Wish(
        target: .run, profile: profile, key: key, comparison: comparison, value: value,
        severity: objective.severity, origin: objective.origin, place: objective.place))
  }

  private static func query(_ indicator: YAMLNode) -> String? {
    let spec = indicator["metricSource"]?["spec"]
    return spec?["query"]?.text ?? spec?.pairs.lazy.compactMap { $0.value.text }.first
  }

  private static func target(_ objective: YAMLNode) -> Share? {
    let share = objective["target"]?.text ?? objective["targetPercent"]?.text
    return share.flatMap { Share($0, isPercent: objective["target"] == nil) }
  }
}
