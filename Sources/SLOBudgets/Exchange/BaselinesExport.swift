import SLOModel
import SLOReaders
import SLOSupport

/// Performance baselines in JSON, as `BaselinesImport` reads them: sections of figures whose names end in their unit.
///
/// Each figure is proven by reading it: it is written where the import makes the same limit of it.
struct BaselinesExport {
  private let budgets: Budgets
  private let options: ExportOptions
  private let profile: String
  private var notes = ExportNotes()
  private var sections: [(name: String, figures: [(name: String, value: JSONText)])] = []

  init(_ budgets: Budgets, _ options: ExportOptions) {
    (self.budgets, self.options) = (budgets, options)
    let profiles = budgets.profiles(of: .load)
    let usual = ["baseline", EvidenceKind.load.profiles.every].first(where: profiles.contains)
    profile = options.profile ?? usual ?? profiles.first ?? ""
  }

  /// A figure under the name of its section.
  private struct Figure {
    var section: String
    var name: String
    var value: Double
  }

  mutating func export() -> BudgetExport {
    addGeneralNotes()
    if EvidenceKind.of(profile: profile) == .load, !profile.isEmpty {
      for standing in budgets.limitsInForce(profile: profile, endpoint: Series.wholeRun, at: options.now) {
        add(standing)
      }
    }
    guard !sections.isEmpty else { return BudgetExport(files: [], notes: notes.lines) }
    addSizing()
    let document = JSONText.object(
      sections.map { section in
        (section.name, .inline(.object(section.figures.map { ($0.name, $0.value) })))
      }
    ).document
    return BudgetExport(
      files: [BudgetExport.File(name: "baselines.json", text: document)], notes: notes.lines)
  }

  private mutating func addGeneralNotes() {
    notes.addGeneral(of: budgets, options)
    notes.add(rulesOf: budgets, "baselines have no relations")
    let profiles = budgets.profiles(of: .load)
    if options.profile == nil, profiles.count > 1 {
      notes.add("the limits are those of \(profile); --profile takes \(profiles.joined(separator: ", "))")
    }
    for target in budgets.targets(profile: profile) {
      notes.add("'\(target.pattern)' is left out: baselines are of the run as a whole", at: target.place)
    }
    for kind in EvidenceKind.sectioned where !budgets.profiles(of: kind).isEmpty {
      notes.add("\(kind.section) are left out: baselines are of loads")
    }
  }

  private mutating func add(_ standing: LimitInForce) {
    let limit = standing.limit
    let what = "\(limit.figure) \(limit.words)"
    guard limit.severity == .block else {
      return notes.add("\(what): baselines have one kind of limit, none that only warns", at: limit.place)
    }
    for figure in figures(of: limit) {
      guard let read = BaselinesExport.read(figure), read.isLike(limit) else { continue }
      set(figure.section, figure.name, .plainNumber(figure.value))
      if read.comparison != limit.comparison {
        notes.add("\(what): baselines say \(read.comparison.rawValue)", at: limit.place)
      }
      if read.isOptional, !limit.isOptional {
        notes.add(
          "\(what): the import takes it for optional, as every metric of the team's own", at: limit.place)
      }
      return notes.add(waiversOf: [standing])
    }
    notes.add("\(what): no name of a baseline stands for it", at: limit.place)
  }

  private mutating func set(_ section: String, _ name: String, _ value: JSONText) {
    if let index = sections.firstIndex(where: { $0.name == section }) {
      sections[index].figures.append((name, value))
    } else {
      sections.append((section, [(name, value)]))
    }
  }

  /// The limit that the import makes of a figure; nil for none.
  private static func read(_ figure: Figure) -> Limit? {
    let document = JSONText.object([(figure.section, .object([(figure.name, .plainNumber(figure.value))]))])
    var budget = BudgetImport(profile: "baseline")
    guard
      (try? budget.add(Array(document.document.utf8), file: "baselines.json", format: .baselines)) != nil,
      let budgets = try? Budgets.parse(budget.text, file: "baselines.yaml")
    else { return nil }
    return budgets.limits(profile: "baseline", endpoint: Series.wholeRun).first
  }

  // MARK: Names

  /// The names that may stand for a limit, the usual first.
  private func figures(of limit: Limit) -> [Figure] {
    let percent = BaselinesExport.value(limit.bound, ("_percent", 1, 100))
    switch (limit.metric, limit.statistic) {
    case ("http_req_duration", let statistic):
      return [Figure(section: "api_latency", name: "\(statistic)_ms", value: limit.bound)]
    case ("http_reqs", .rate):
      return [Figure(section: "throughput", name: "requests_per_second", value: limit.bound)]
    case ("vus_max", .value):
      return [Figure(section: "throughput", name: "concurrent_users", value: limit.bound)]
    case ("http_req_failed", .rate):
      return [Figure(section: "throughput", name: "error_rate_percent", value: percent)]
    case ("checks", .rate):
      return [Figure(section: "throughput", name: "success_rate_percent", value: percent)]
    default: return custom(limit)
    }
  }

  /// A metric of the team's own: a section and a name, parted at the first `_`, or the metric as a section.
  private func custom(_ limit: Limit) -> [Figure] {
    guard !limit.metric.contains("{") else { return [] }
    return BaselinesExport.units(of: limit).flatMap { unit -> [Figure] in
      let stem =
        limit.metric.hasSuffix(unit.ending) ? limit.metric.dropLast(unit.ending.count) : limit.metric[...]
      let words = stem.split(separator: "_", maxSplits: 1).map(String.init)
      let (section, rest) = (words.first ?? "", words.dropFirst().joined())
      let statistic = limit.statistic.rawValue
      let usual = rest.isEmpty || unit.ending.hasSuffix("_ms") || unit.ending == "_seconds" ? [] : [rest]
      let names = usual + [rest.isEmpty ? statistic : "\(rest)_\(statistic)"]
      let value = BaselinesExport.value(limit.bound, unit)
      return names.map { Figure(section: section, name: $0 + unit.ending, value: value) }
        + [Figure(section: String(stem), name: statistic + unit.ending, value: value)]
    }
  }

  /// A bound in a unit; a share in percent without the noise of binary fractions.
  private static func value(_ bound: Double, _ unit: Unit) -> Double {
    unit.divisor == 1 ? bound / unit.factor : (bound * 1e12).rounded() / 1e10
  }

  private typealias Unit = (ending: String, factor: Double, divisor: Double)

  /// The endings for a bound, those that leave a whole number first.
  private static func units(of limit: Limit) -> [Unit] {
    let all: [Unit] =
      // A share alone has no unit next to a metric of the team's own.
      switch limit.unit ?? (limit.statistic == .rate ? .ratio : nil) {
      case .milliseconds: [("_seconds", 1_000, 1), ("_ms", 1, 1)]
      case .bytes: [("_gb", 1e9, 1), ("_mb", 1e6, 1), ("_kb", 1e3, 1), ("_bytes", 1, 1)]
      case .ratio: [("_percent", 1, 100), ("_ratio", 1, 1)]
      case .perSecond: [("_per_second", 1, 1)]
      case .score, .count, .unitless, nil: []
      }
    let isWhole = { (unit: Unit) in
      let value = value(limit.bound, unit)
      return value >= 1 && value == value.rounded()
    }
    return all.filter(isWhole) + all.filter { !isWhole($0) }.reversed()
  }

  // MARK: Sizings

  /// Sizings have the names of sections that are known to be ones; one alone is the resources, whatever its name.
  private mutating func addSizing() {
    let named = budgets.environments.sorted { $0.key < $1.key }
    let known = named.filter { BaselinesImport.isSizing($0.key) }
    for (name, facts) in named {
      let isAlone = known.isEmpty && named.count == 1
      guard isAlone || BaselinesImport.isSizing(name), !sections.contains(where: { $0.name == name }) else {
        notes.add(
          "the environment '\(name)' is left out: baselines have one sizing",
          at: budgets.environmentPlaces[name])
        continue
      }
      let section = isAlone && !BaselinesImport.isSizing(name) ? "resources" : name
      if section != name { notes.add("the environment '\(name)' is written as \(section)") }
      for fact in facts.sorted(by: { $0.key < $1.key }) {
        guard let written = BaselinesImport.figure(ofFact: fact.key, fact.value) else {
          notes.add("the fact '\(fact.key)' of '\(name)' is left out: it would be read as another one")
          continue
        }
        set(section, written.name, written.value)
      }
    }
  }
}

extension Limit {
  /// Whether another bounds the same figure at the same value from the same side.
  fileprivate func isLike(_ other: Limit) -> Bool {
    metric == other.metric && statistic == other.statistic && bound == other.bound && unit == other.unit
      && comparison.isUpper == other.comparison.isUpper
  }
}
