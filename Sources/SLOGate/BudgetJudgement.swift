import SLOBudgets
import SLOModel
import SLOReaders

/// Holds every measured series against its effective limits, and every limit against what was measured.
struct BudgetJudgement {
  let candidates: Candidates
  let budgets: Budgets
  let now: Timestamp
  /// The findings by series, those of unmeasured but budgeted series included.
  private(set) var findings: [Series: BudgetFinding] = [:]
  /// The limits on how far values keep rising, by figure.
  private(set) var growthLimits: [Series: [Limit]] = [:]
  /// The percentiles that budgets ask for, by profile.
  private var percentiles: [String: Set<Statistic>] = [:]

  init(_ candidates: Candidates, _ budgets: Budgets, now: Timestamp) {
    (self.candidates, self.budgets, self.now) = (candidates, budgets, now)
    for (profile, endpoints) in candidates.endpoints {
      let targets = budgets.targets(profile: profile)
      percentiles[profile] = askedPercentiles(of: targets, profile)
      for endpoint in endpoints { judge(endpoint, profile) }
      for target in targets {
        if isMet(target, in: endpoints, profile) {
          miss(target, ofOtherForms: endpoints, profile)
        } else if !judgeSubMetrics(of: target, profile) {
          miss(target, profile)
        }
      }
    }
  }

  /// Judges an endpoint whose name another tag has: it is a sub-metric of the run.
  /// - Returns: whether there is one.
  private mutating func judgeSubMetrics(of target: Target, _ profile: String) -> Bool {
    guard let tag = target.tag, target.isExact else { return false }
    func series(of limit: Limit) -> Series {
      let name = MetricName(base: limit.metric, tags: [tag: target.pattern]).description
      return Series(profile: profile, metric: name, statistic: limit.statistic)
    }
    guard target.limits.contains(where: { candidates[series(of: $0)] != nil }) else { return false }
    for (series, limits) in Dictionary(grouping: target.limits, by: series) {
      findings[series] = finding(series, limits)
    }
    return true
  }

  /// Notes what an entry asks for and no endpoint has. What the run as a whole, or an endpoint under another
  /// tag, has already been found to be stays as it is.
  private mutating func miss(_ target: Target, _ profile: String) {
    let subject = EvidenceKind.of(profile: profile).subject
    let endpoint = target.pattern == Series.wholeRun ? "(any \(subject.singular))" : target.pattern
    for limit in target.limits where !limit.isOptional {
      let series = series(of: limit, endpoint, profile)
      guard findings[series] == nil else { continue }
      findings[series] = missing(
        limit, "No result of profile \(profile) has \(subject.withArticle) that matches '\(target.pattern)'.")
    }
  }

  /// Notes the limits of an entry that matches subjects of other forms alone, of which none can have the metric.
  private mutating func miss(_ target: Target, ofOtherForms endpoints: Set<String>, _ profile: String) {
    let kind = EvidenceKind.of(profile: profile)
    let endpoint = target.pattern == Series.wholeRun ? "(any \(kind.subject.singular))" : target.pattern
    for limit in target.limits where !limit.isOptional {
      let able = endpoints.lazy.filter { kind.mayHave(limit.metric, $0) }
      if isMet(target, in: able, profile) { continue }
      findings[series(of: limit, endpoint, profile)] = missing(
        limit, "No \(kind.subject.singular) of profile \(profile) that matches '\(target.pattern)' has it.")
    }
  }

  private mutating func judge(_ endpoint: String, _ profile: String) {
    let limits = limits(for: endpoint, profile)
    for (series, limits) in Dictionary(grouping: limits, by: { series(of: $0, endpoint, profile) }) {
      findings[series] = finding(series, limits)
      if series.statistic == .growth { growthLimits[series] = limits }
    }
  }

  /// The effective limits.
  func limits(for endpoint: String, _ profile: String) -> [Limit] {
    let tag = candidates.endpointTags[profile]?[endpoint]
    return budgets.limits(profile: profile, endpoint: endpoint, endpointTag: tag)
  }

  /// The effective limits on changes, resolved as `limits(for:_:)`.
  func relativeLimits(for endpoint: String, _ profile: String) -> [RelativeLimit] {
    budgets.relativeLimits(
      profile: profile, endpoint: endpoint, endpointTag: candidates.endpointTags[profile]?[endpoint])
  }

  private func series(of limit: Limit, _ endpoint: String, _ profile: String) -> Series {
    Series(profile: profile, endpoint: endpoint, metric: limit.metric, statistic: limit.statistic)
  }

  func isMet(_ target: Target, in endpoints: some Sequence<String>, _ profile: String) -> Bool {
    endpoints.contains { endpoint in
      endpoint != Series.wholeRun
        && target.matches(endpoint, endpointTag: candidates.endpointTags[profile]?[endpoint])
    }
  }

  // MARK: One series against its limits

  private func finding(_ series: Series, _ limits: [Limit]) -> BudgetFinding? {
    guard let observed = candidates[series] else { return missingFinding(series, limits) }
    if let limit = limits.first(where: { !isComparable(observed.measurement, with: $0) }) {
      return missing(
        limit,
        "The limit is \(limit.unit.map { "in \($0.rawValue)" } ?? "a number without unit"), the results are in"
          + " \(observed.measurement.unit.rawValue): write the limit in their unit.")
    }
    if let few = shortage(of: series) {
      guard let limit = limits.first(where: { !$0.isOptional }) else { return nil }
      return BudgetFinding(
        outcome: .missing, limit: limit, remedy: few.remedy(series.statistic), neededSamples: few.needed)
    }
    return finding(series, limits, value: observed.value)
  }

  /// What a value is against its limits, of which there is one at least.
  func finding(_ series: Series, _ limits: [Limit], value: Double) -> BudgetFinding? {
    let broken = limits.filter { !$0.holds(value) }
    if let limit = broken.first(where: { $0.severity == .block }) {
      let waiver = budgets.waiver(
        for: limit, profile: series.profile, endpoint: series.endpoint,
        endpointTag: candidates.endpointTags[series.profile]?[series.endpoint], value: value, now: now)
      return BudgetFinding(
        outcome: waiver == nil ? .over : .waived, limit: limit, waiver: waiver,
        warnsBeside: broken.contains { $0.severity == .warn })
    }
    if let limit = broken.first { return BudgetFinding(outcome: .warn, limit: limit) }
    guard let limit = limits.first(where: { $0.severity == .block }) ?? limits.first else { return nil }
    return BudgetFinding(outcome: isNear(value, limit) ? .near : .ok, limit: limit)
  }

  /// Room is measured against the limit itself, of a share or score from below against what is missing from 1.
  private func isNear(_ value: Double, _ limit: Limit) -> Bool {
    let isShare = limit.unit == .ratio || limit.unit == .score
    let whole = isShare && !limit.comparison.isUpper ? 1 - limit.bound : limit.bound
    return abs(value - limit.bound) < GatePolicy.nearShare * abs(whole)
  }

  /// A custom trend of an old format has no unit of its own and takes the limit's; results that say their unit have no
  /// other.
  func isComparable(_ measurement: MetricValue, with limit: Limit) -> Bool {
    let unit = measurement.unit
    if measurement.series.kind.metrics.others.areDescribed,
      MetricCatalogue.traits(of: limit.metric, in: measurement.series.kind) == nil
    {
      return limit.unit.map { $0 == unit } ?? unit.admitsNumber(limit.bound)
    }
    guard let asked = limit.unit, asked != unit else { return true }
    return (unit == .unitless || unit == .count)
      && [.milliseconds, .bytes, .count, .unitless].contains(asked)
  }

  // MARK: What could not be judged

  /// Fewer samples than a percentile or a rate is judged by.
  struct Shortage {
    let samples: Int
    let needed: Int

    func remedy(_ statistic: Statistic) -> String {
      let what = statistic.percentile == nil ? "a rate" : "a percentile"
      return
        "\(samples) sample\(samples == 1 ? "" : "s"), \(what) is judged from \(needed) on: run longer, or"
        + " write the number you want as min_samples."
    }
  }

  /// What a percentile or a rate lacks; nil where its samples are enough, or it is not known how many there are. A part
  /// of a run has no more samples than the run.
  func shortage(of series: Series) -> Shortage? {
    guard let observed = candidates[series],
      series.statistic.percentile != nil || isRate(observed.measurement),
      let samples = observed.samples ?? candidates[series.whole]?.samples
    else { return nil }
    let needed = budgets.minimumSamples(
      profile: series.profile, endpoint: series.endpoint,
      endpointTag: candidates.endpointTags[series.profile]?[series.endpoint])
    return samples < needed ? Shortage(samples: samples, needed: needed) : nil
  }

  /// Whether a value is a share of trials. Results that state what each metric is have shares as values too.
  private func isRate(_ measurement: MetricValue) -> Bool {
    let series = measurement.series
    let isStated = series.kind.metrics.others.areDescribed && series.statistic == .value
    return measurement.unit == .ratio && (series.statistic == .rate || isStated)
  }

  /// Why a limit on a series without a value could not be judged, and what to do about it.
  func remedy(forMissing series: Series) -> String {
    remedy(
      for: series,
      hasMetric: candidates.has(metric: series.metric, endpoint: series.endpoint, profile: series.profile))
  }

  private func missingFinding(_ series: Series, _ limits: [Limit]) -> BudgetFinding? {
    guard let limit = limits.first(where: { !$0.isOptional }) else { return nil }
    // A default speaks of every endpoint; one whose script never asked for the metric is not to blame.
    let isAsked = candidates.has(metric: series.metric, endpoint: series.endpoint, profile: series.profile)
    if isOfOtherForm(series, limit.entry) { return nil }
    if limit.isDefault && !isAsked && !isExpected(series) { return nil }
    if !isAsked && limit.entry != series.endpoint && isMeasuredBeside(series) { return nil }
    return missing(limit, remedy(for: series, hasMetric: isAsked))
  }

  /// Whether an entry for many subjects matches one that never has the metric.
  func isOfOtherForm(_ series: Series, _ entry: String?) -> Bool {
    entry != series.endpoint && !series.kind.mayHave(series.metric, series.endpoint)
  }

  /// Whether a metric that an endpoint has nothing of was measured by another part of the same path: its methods and
  /// hosts share an entry, and not every one has every metric.
  private func isMeasuredBeside(_ series: Series) -> Bool {
    let hosts = budgets.naming.hosts.values
    guard let path = BudgetNames.names(of: series.endpoint, hosts: hosts).last, path.contains("/") else {
      return false
    }
    return candidates.endpoints[series.profile, default: []].contains { other in
      other != series.endpoint && BudgetNames.names(of: other, hosts: hosts).last == path
        && candidates.has(metric: series.metric, endpoint: other, profile: series.profile)
    }
  }

  /// Whether a default may ask for a metric a subject has nothing of: where a kind has figures of the run as a whole,
  /// the run has all; else each subject has all.
  func isExpected(_ series: Series) -> Bool {
    let isWholeRun = series.endpoint == Series.wholeRun
    if series.kind.judging.hasWholeRun { return isWholeRun }
    return !isWholeRun || candidates.endpoints[series.profile] == [Series.wholeRun]
  }

  private func missing(_ limit: Limit, _ remedy: String) -> BudgetFinding {
    BudgetFinding(outcome: .missing, limit: limit, remedy: remedy)
  }

  private func askedPercentiles(of targets: [Target], _ profile: String) -> Set<Statistic> {
    let limits = budgets.limits(profile: profile, endpoint: Series.wholeRun) + targets.flatMap(\.limits)
    return Set(limits.map(\.statistic)).filter { $0.percentile != nil }
  }

  private func remedy(for series: Series, hasMetric: Bool) -> String {
    series.kind.remedy(
      MissingFigure(
        series: series, hasMetric: hasMetric, format: candidates.formats[series.profile],
        percentiles: percentiles[series.profile] ?? []))
  }
}

extension Series {
  /// The same figure of the run as a whole, without tags.
  fileprivate var whole: Series {
    Series(profile: profile, metric: MetricName(parsing: metric).base, statistic: statistic)
  }
}
