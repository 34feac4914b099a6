internal import SLOModel

/// What an audit says besides its value: its score, how many items it lists, and of `user-timings` the marks and
/// measures of the page. A report has hundreds of them, so they are read where a budget asks for them.
struct AuditFigures {
  private typealias Figure = LighthouseValues.Figure

  private let audit: JSONObject
  private let id: String

  /// Looks at an audit that ran.
  init(_ audit: JSONObject, _ id: String) { (self.audit, self.id) = (audit, id) }

  /// The figures wanted. A score that Lighthouse did not give is absent.
  func figures(_ wanted: Set<MetricFigure>) throws(InputError) -> [LighthouseValues.Figure] {
    var figures: [Figure] = []
    if wanted.contains(MetricFigure(metric: id, statistic: .score)), let score = try score() {
      figures.append(Figure(metric: id, statistic: .score, value: score, unit: .score, better: .higher))
    }
    if wanted.contains(MetricFigure(metric: id, statistic: .count)) {
      let count = Double(try items().count)
      figures.append(Figure(metric: id, statistic: .count, value: count, unit: .count, better: .lower))
    }
    return figures + (id == "user-timings" ? try timings(wanted) : [])
  }

  /// What does not apply to a page is as good as passed: that is how Lighthouse CI counts it.
  private func score() throws(InputError) -> Double? {
    if let place = audit["score"], place.kind == .number {
      let score = try place.number()
      try ImpossibleValue.check(score, in: MetricUnit.score.possibleValues, .score, at: place)
      return score
    }
    let mode = try audit.string("scoreDisplayMode")
    return mode == "notApplicable" || mode == "not-applicable" ? 1 : nil
  }

  /// The rows of its table; none where it lists nothing.
  private func items() throws(InputError) -> [JSONValue] {
    guard let items = try audit.object("details")?["items"], items.kind == .array else { return [] }
    return try items.elements()
  }

  /// The length of a measure and the time of a mark. Of several with one name the first counts.
  private func timings(_ wanted: Set<MetricFigure>) throws(InputError) -> [Figure] {
    var figures: [Figure] = []
    var seen: Set<String> = []
    for item in try items() where item.kind == .object {
      let timing = try item.object()
      guard let name = timing["name"], name.kind == .string else { continue }
      let metric = PageMetrics.userTimings + UserTimingName.kebab(try name.string())
      guard wanted.contains(MetricFigure(metric: metric, statistic: .value)),
        seen.insert(metric).inserted, let place = timing["duration"] ?? timing["startTime"]
      else { continue }
      let value = try place.number()
      try ImpossibleValue.check(value, in: MetricUnit.milliseconds.possibleValues, .milliseconds, at: place)
      figures.append(
        Figure(metric: metric, statistic: .value, value: value, unit: .milliseconds, better: .lower))
    }
    return figures
  }
}
