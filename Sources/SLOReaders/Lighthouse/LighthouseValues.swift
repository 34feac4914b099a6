internal import SLOModel

/// The figures of one report: audits, category scores, sizes of resources.
struct LighthouseValues {
  /// One figure without its page.
  struct Figure {
    var metric: String
    var statistic: Statistic
    var value: Double
    var unit: MetricUnit
    var better: Direction?
  }

  private let report: LighthouseReport
  /// What is wanted of audits besides their values.
  private let wanted: Set<MetricFigure>

  /// Looks at a report.
  /// - Parameter wanted: the figures that are asked for by name.
  init(_ report: LighthouseReport, wanted: Set<MetricFigure> = []) {
    self.report = report
    self.wanted = wanted
  }

  /// All figures. What Lighthouse could not compute is absent.
  func figures() throws(InputError) -> [Figure] {
    try PowerShellText.refuse(in: report.object)
    guard let audits = try report.object.object("audits") else { return [] }
    try PowerShellText.refuse(in: audits)
    var figures: [Figure] = []
    var renamed: [Figure] = []
    for member in audits.members where member.value.kind == .object {
      let id = member.key
      let audit = try member.value.object()
      if let details = audit["details"] {
        if let error = try PowerShellText.error(at: details) { throw error }
        if details.kind == .object { try PowerShellText.refuse(inList: details.object()["items"]) }
      }
      if try audit["scoreDisplayMode"]?.string() == "error" { continue }
      if id == "resource-summary" { figures += try resources(of: audit) }
      if !wanted.isEmpty { figures += try AuditFigures(audit, id).figures(wanted) }
      if let current = LighthouseValues.currentNames[id] {
        renamed += try figure(of: audit, named: current).map { [$0] } ?? []
      } else if let figure = try figure(of: audit, named: id) {
        figures.append(figure)
      }
    }
    let known = Set(figures.map(\.metric))
    return figures + renamed.filter { !known.contains($0.metric) } + (try scores())
      + (try report.reply.map(FieldFigures.figures) ?? [])
  }

  /// Audits that were renamed and measure the same.
  private static let currentNames = [
    "time-to-first-byte": "server-response-time",
    "experimental-interaction-to-next-paint": "interaction-to-next-paint",
  ]

  private func figure(of audit: JSONObject, named id: String) throws(InputError) -> Figure? {
    guard let value = try number(of: audit) else { return nil }
    let known = MetricCatalogue.traits(of: id)
    let unit = try unit(of: audit) ?? known?.unit ?? .unitless
    let better = known?.better ?? (unit == .milliseconds || unit == .bytes ? .lower : nil)
    let isSaving = try isSaving(audit)
    if let place = audit["numericValue"] ?? audit["rawValue"], known != nil || !isSaving {
      try check(value, unit, isKnown: known != nil, at: place)
    }
    return Figure(metric: id, statistic: .value, value: value, unit: unit, better: better)
  }

  /// What an opportunity would save may be less than nothing.
  private func isSaving(_ audit: JSONObject) throws(InputError) -> Bool {
    audit.contains("metricSavings") ? true : try audit.object("details")?.string("type") == "opportunity"
  }

  /// A figure that is not known by its name may be anything where it has no unit.
  private func check(
    _ value: Double, _ unit: MetricUnit, isKnown: Bool, at place: JSONValue
  ) throws(InputError) {
    let possible = isKnown && unit == .unitless ? 0...Double.infinity : unit.possibleValues
    try ImpossibleValue.check(value, in: possible, unit, at: place)
  }

  /// Before version 5 the figure stood in `rawValue`, next to flags and texts under the same key.
  private func number(of audit: JSONObject) throws(InputError) -> Double? {
    if let value = try audit.number("numericValue") { return value }
    guard let raw = audit["rawValue"], raw.kind == .number, (Int(report.major) ?? 5) < 5 else { return nil }
    return try raw.number()
  }

  private func unit(of audit: JSONObject) throws(InputError) -> MetricUnit? {
    switch try audit["numericUnit"]?.string() {
    case "millisecond": .milliseconds
    case "byte": .bytes
    case "element": .count
    case nil: nil
    default: .unitless
    }
  }

  private func scores() throws(InputError) -> [Figure] {
    guard let categories = try report.object.object("categories") else { return [] }
    try PowerShellText.refuse(in: categories)
    let isNavigation = try report.isNavigation()
    var figures: [Figure] = []
    for member in categories.members where member.value.kind == .object {
      let id = member.key
      // A snapshot has no metrics and reports a performance of 0.
      if id == "performance", !isNavigation { continue }
      guard let place = try member.value.object()["score"] else { continue }
      let score = try place.number()
      try check(score, .score, isKnown: true, at: place)
      figures.append(Figure(metric: id, statistic: .score, value: score, unit: .score, better: .higher))
    }
    return figures
  }

  private func resources(of audit: JSONObject) throws(InputError) -> [Figure] {
    guard let items = try audit.object("details")?["items"], items.kind == .array else { return [] }
    var figures: [Figure] = []
    var seen: Set<String> = []
    for item in try items.elements() where item.kind == .object {
      let object = try item.object()
      guard let type = try object.string("resourceType") else { continue }
      guard seen.insert(type).inserted else { throw repeated(type, object.value) }
      // Version 5 called it `size`.
      if let place = object["transferSize"] ?? object["size"] {
        let size = try place.number()
        try check(size, .bytes, isKnown: true, at: place)
        figures.append(
          Figure(metric: "resource.\(type)", statistic: .size, value: size, unit: .bytes, better: .lower))
      }
      if let place = object["requestCount"] {
        let count = try place.number()
        try check(count, .count, isKnown: true, at: place)
        figures.append(
          Figure(metric: "resource.\(type)", statistic: .count, value: count, unit: .count, better: .lower))
      }
    }
    return figures
  }

  private func repeated(_ type: String, _ item: JSONValue) -> InputError {
    item.error(
      found: "the resource type \(UntrustedText.quoted(type)) a second time", expected: "each type once",
      remedy: "pass the file as the tool wrote it")
  }
}
