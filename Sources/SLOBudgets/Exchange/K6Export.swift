import SLOModel
import SLOReaders
import SLOSupport

/// Thresholds for the options of a k6 script (<https://grafana.com/docs/k6/latest/using-k6/thresholds/>): the limits
/// that block, each on its sub-metric, and the statistics that a summary then has to have.
struct K6Export {
  private let budgets: Budgets
  private let options: ExportOptions
  private var notes = ExportNotes()

  init(_ budgets: Budgets, _ options: ExportOptions) {
    (self.budgets, self.options) = (budgets, options)
  }

  /// A summary's own statistics, and those that reports of slogate begin with.
  private static let usualStatistics: [Statistic] = [
    .average, .minimum, .median, .maximum, .p90, .p95, .p99, .count,
  ]

  mutating func export() -> BudgetExport {
    let profiles = (options.profile.map { [$0] } ?? budgets.profiles(of: .load)).filter {
      EvidenceKind.of(profile: $0) == .load
    }
    let found = profiles.map { (name: $0, options: scriptOptions(of: $0)) }.filter { $0.options != nil }
    addGeneralNotes(profiles)
    let document: JSONText
    if options.profile != nil, let only = found.first?.options {
      document = .object(only)
    } else {
      document = .object(found.compactMap { pair in pair.options.map { (pair.name, .object($0)) } })
    }
    guard !found.isEmpty else { return BudgetExport(files: [], notes: notes.lines) }
    return BudgetExport(
      files: [
        BudgetExport.File(name: "thresholds.json", text: document.document),
        BudgetExport.File(name: moduleName, text: module(document)),
      ], notes: notes.lines)
  }

  private var moduleName: String {
    if let name = options.fileName, name.hasSuffix("js") { return name }
    return "thresholds.js"
  }

  private func module(_ document: JSONText) -> String {
    let example = options.profile == nil ? "...budgets.baseline" : "...budgets"
    return """
      // Written by slogate budgets export --to k6: change the budgets, not this file.
      //   import budgets from './\(VisibleText.escaped(moduleName))';
      //   export const options = { \(example), scenarios: { … } };
      \(notes.comments("//"))export default \(document.document.dropLast());

      """
  }

  /// The options of one profile; nil where nothing in them holds anybody to anything.
  private mutating func scriptOptions(of profile: String) -> [(String, JSONText)]? {
    var thresholds: [String: [String]] = [:]
    for subject in K6Subject.all(budgets, profile: profile, options) {
      guard subject.isSelectable else {
        notes.add(
          "'\(subject.endpoint)': k6 cannot select it: a value has no comma, nor blanks or quotes at its ends",
          at: subject.place)
        continue
      }
      for standing in subject.limits {
        guard let (selector, expression) = threshold(standing, subject) else { continue }
        thresholds[selector, default: []].append(expression)
        notes.add(waiversOf: [standing])
      }
      guardTraffic(of: subject, in: &thresholds)
    }
    for rule in budgets.rules where rule.left.profile ?? profile == profile && rule.left.kind == .load {
      add(rule, to: &thresholds)
    }
    guard !thresholds.isEmpty else { return nil }
    let list = thresholds.sorted { $0.key < $1.key }.map { selector, expressions in
      (selector, JSONText.inline(.array(unique(expressions).map { .string($0) })))
    }
    let statistics = Set(K6Export.usualStatistics).union(percentiles(of: profile)).sorted(by: isListedBefore)
    return [
      ("thresholds", .object(list)),
      ("summaryTrendStats", .inline(.array(statistics.map { .string($0.k6Name) }))),
    ]
  }

  private func percentiles(of profile: String) -> [Statistic] {
    let limits = K6Subject.all(budgets, profile: profile, options).flatMap(\.limits).map(\.limit.statistic)
    return (limits + budgets.rules.flatMap(\.figures).map(\.statistic)).filter { $0.percentile != nil }
  }

  /// Averages and extremes before percentiles, as k6 has them; the count last.
  private func isListedBefore(_ left: Statistic, _ right: Statistic) -> Bool {
    let order: [Statistic] = [.average, .minimum, .median, .maximum]
    let rank = { (statistic: Statistic) in
      order.firstIndex(of: statistic).map(Double.init) ?? statistic.percentile.map { $0 + 10 } ?? 1_000
    }
    return rank(left) < rank(right)
  }

  private func unique(_ expressions: [String]) -> [String] {
    expressions.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  // MARK: Thresholds

  /// The sub-metric and the condition for a limit; nil, with a note, where k6 has none.
  private mutating func threshold(_ standing: LimitInForce, _ subject: K6Subject) -> (String, String)? {
    let limit = standing.limit
    let name = MetricName(parsing: limit.metric)
    let what = "\(subject.endpoint) \(limit.figure) \(limit.words)"
    if limit.severity == .warn {
      notes.add("\(what): k6 has no thresholds that warn", at: limit.place)
      return nil
    }
    guard K6Export.hasMethod(limit) else {
      notes.add("\(what): k6 has no threshold on \(limit.statistic)", at: limit.place)
      return nil
    }
    let traits = MetricCatalogue.traits(of: limit.metric)
    if limit.isDefault, subject.endpoint != Series.wholeRun, failsWithoutSamples(limit) {
      // What k6 itself gauges, it gauges of the run as a whole.
      if traits?.shape != .level {
        notes.add("\(what): k6 would fail an endpoint that has none of it; left out", at: limit.place)
      }
      return nil
    }
    if traits == nil {
      notes.add("\(name.base) has to be a metric of the script, else k6 does not start", at: limit.place)
    }
    let tags = name.tags.merging(subject.tags) { own, _ in own }
    guard subject.tags.allSatisfy({ tags[$0.key] == $0.value }),
      let selector = K6Export.selector(name.base, tags)
    else {
      notes.add(
        "\(what): k6 cannot select that: a value has no comma, nor blanks or quotes at its ends",
        at: limit.place)
      return nil
    }
    if limit.isOptional, failsWithoutSamples(limit) {
      notes.add("\(what): optional for slogate, k6 fails without it", at: limit.place)
    }
    return (selector, K6Export.expression(limit.statistic, limit.comparison, bound(of: limit)))
  }

  /// The bound in what the script counts in.
  private func bound(of limit: Limit) -> Double {
    guard limit.unit != nil, MetricCatalogue.traits(of: limit.metric) == nil,
      ![.rate, .count].contains(limit.statistic),
      let unit = MetricCatalogue.sourceUnit(ofCustom: limit.metric, declared: budgets.metrics)
    else { return limit.bound }
    return unit.source(limit.bound)
  }

  /// k6 lets every latency pass where nothing was requested; slogate does not.
  private func guardTraffic(of subject: K6Subject, in thresholds: inout [String: [String]]) {
    let isOwn = { (limit: Limit) in subject.endpoint == Series.wholeRun || !limit.isDefault }
    let asks = subject.limits.contains {
      !$0.limit.isOptional && isOwn($0.limit) && $0.limit.severity == .block
        && $0.limit.metric.hasPrefix("http_req")
    }
    guard asks, let selector = K6Export.selector("http_reqs", subject.tags) else { return }
    thresholds[selector, default: []].append("count>0")
  }

  private mutating func add(_ rule: Rule, to thresholds: inout [String: [String]]) {
    let name = MetricName(parsing: rule.left.metric)
    guard case .number(let bound, _) = rule.right, rule.severity == .block,
      let selector = K6Export.selector(name.base, name.tags)
    else { return }
    thresholds[selector, default: []].append(K6Export.expression(rule.left.statistic, rule.comparison, bound))
    notes.add("the rule '\(rule.text)' holds the run as a whole, of endpoints slogate alone", at: rule.place)
  }

  private mutating func addGeneralNotes(_ profiles: [String]) {
    notes.addGeneral(of: budgets, options)
    notes.add(rulesOf: budgets, "k6 compares with numbers alone, blocks, and knows no pages") { rule in
      if case .number = rule.right { rule.severity == .warn || rule.left.kind != .load } else { true }
    }
    for target in profiles.flatMap({ budgets.targets(profile: $0) }) where !target.isExact {
      notes.add(
        "'\(target.pattern)': k6 selects by equality alone; name its endpoints with --endpoint",
        at: target.place)
    }
    let reachOthers = profiles.flatMap { budgets.limitsInForce(profile: $0, at: options.now) }.contains {
      if case .matching = $0.endpoints { $0.limits[0].limit.isDefault } else { false }
    }
    if reachOthers {
      notes.add("defaults reach the endpoints that are named; name others with --endpoint")
    }
    let isOfPages = options.profile.map { EvidenceKind.of(profile: $0) == .page }
    if isOfPages ?? !budgets.profiles(of: .page).isEmpty {
      notes.add("pages are for --to lighthouse")
    }
  }
}

extension K6Export {
  /// The name of a metric or sub-metric; nil where k6 would read another: it cuts at
  /// commas and at the first colon, and trims blanks and quotes.
  static func selector(_ base: String, _ tags: [String: String]) -> String? {
    guard !tags.isEmpty else { return base }
    let isOuter = { (scalar: Unicode.Scalar?) in
      scalar.map { $0.properties.isWhitespace || $0 == "\"" || $0 == "'" } ?? true
    }
    let isTaken = { (text: String) in
      !text.contains(",") && !isOuter(text.unicodeScalars.first) && !isOuter(text.unicodeScalars.last)
    }
    guard tags.allSatisfy({ isTaken($0.key) && isTaken($0.value) && !$0.key.contains(":") }) else {
      return nil
    }
    return MetricName(base: base, tags: tags).description
  }

  /// `p(95)<400`.
  static func expression(_ statistic: Statistic, _ comparison: Comparison, _ bound: Double) -> String {
    statistic.k6Name + comparison.rawValue + plain(bound)
  }

  /// Whether k6 has thresholds on a statistic. Of a trend it does not count the samples, of a gauge it knows the last.
  private static func hasMethod(_ limit: Limit) -> Bool {
    let statistic = limit.statistic
    guard let traits = MetricCatalogue.traits(of: limit.metric) else {
      return statistic != .score && statistic != .size
    }
    guard let type = SampledMetricType(traits.shape) else { return false }
    return type.thresholdMethods.contains(statistic) || type == .trend && statistic.percentile != nil
  }

  /// Whether k6 takes a series without samples for zero, and zero for too little; rates it skips.
  private func failsWithoutSamples(_ limit: Limit) -> Bool {
    let isRate = limit.statistic == .rate && MetricCatalogue.traits(of: limit.metric)?.shape != .total
    return !isRate && !limit.holds(0)
  }
}

/// What thresholds are for: the run as a whole, or an endpoint by the tag that names it.
struct K6Subject {
  var endpoint: String
  var tags: [String: String]
  var limits: [LimitInForce]
  /// Where it is named.
  var place: Place?

  /// Whether k6 has a sub-metric for it.
  var isSelectable: Bool { K6Export.selector("http_reqs", tags) != nil }

  /// The run as a whole and every endpoint that has a name, in the budgets or among the options.
  static func all(_ budgets: Budgets, profile: String, _ options: ExportOptions) -> [K6Subject] {
    let subject = { (endpoint: String, tag: String?, place: Place?) in
      let tag = tag ?? options.endpointTag
      return K6Subject(
        endpoint: endpoint, tags: endpoint == Series.wholeRun ? [:] : [tag: endpoint],
        limits: budgets.limitsInForce(
          profile: profile, endpoint: endpoint, endpointTag: tag, at: options.now),
        place: place)
    }
    let targets = budgets.targets(profile: profile).filter(\.isExact)
    let known = Set(targets.map(\.pattern))
    return [subject(Series.wholeRun, nil, nil)] + targets.map { subject($0.pattern, $0.tag, $0.place) }
      + options.endpoints.filter { !known.contains($0) && $0 != Series.wholeRun }.map {
        subject($0, nil, nil)
      }
      + waived(budgets, options).filter {
        !known.contains($0.endpoint) && !options.endpoints.contains($0.endpoint)
      }
      .map { subject($0.endpoint, nil, $0.place) }
  }

  /// Waivers in force on endpoints that nothing else names.
  private static func waived(_ budgets: Budgets, _ options: ExportOptions) -> [Waiver] {
    let entries = budgets.profiles(of: .load).flatMap { budgets.targets(profile: $0) }.flatMap {
      [$0.name, $0.pattern]
    }
    return budgets.waivers.filter { waiver in
      !waiver.isExpired(at: options.now) && !entries.contains(waiver.endpoint)
        && EndpointPattern(waiver.endpoint).isExact
    }
  }
}
