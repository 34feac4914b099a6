internal import SLOModel
internal import SLOReaders

/// The sections `profiles`, `min_samples`, `k6_thresholds`, `load`, `metrics` and `hosts`.
extension BudgetReader {
  /// The sections that are read by `setting`.
  static let settings = ["profiles", "min_samples", "k6_thresholds", "load", "metrics", "hosts"]

  mutating func setting(_ name: String, _ node: YAMLNode, into settings: inout BudgetSettings) {
    switch name {
    case "profiles": profileSettings(node, into: &settings)
    case "min_samples": settings.minimumSamples = samples(node)
    case "k6_thresholds": settings.scriptThresholds = scriptThresholds(node)
    case "load": settings.load = load(node)
    case "metrics": settings.metrics = metrics(node)
    default: settings.hosts = hosts(node)
    }
  }

  /// The fewest samples a percentile or a rate is judged by.
  mutating func samples(_ node: YAMLNode) -> Placed<Int>? {
    wholeNumber(node, of: "min_samples", in: BudgetKeys.samples).map { Placed(value: $0, place: node.place) }
  }

  private mutating func profileSettings(_ node: YAMLNode, into settings: inout BudgetSettings) {
    for pair in pairs(of: node, in: "'profiles'") {
      let name = pair.key.value
      checkSpelling(ofProfile: name, at: pair.key.place)
      if EvidenceKind.isEvery(name) {
        report(
          "'\(name)' is no profile", at: pair.key.place, hint: "name one, or write min_samples at the top")
      }
      let fields = self.fields(of: pair.value, in: "the profile '\(name)'", known: BudgetKeys.profile)
      var profile = BudgetSettings.Profile()
      if let pair = fields["optional"], let flag = flag(pair.value, of: "optional") {
        profile.isOptional = Placed(value: flag, place: pair.value.place)
      }
      profile.minimumSamples = fields["min_samples"].flatMap { samples($0.value) }
      profile.requires = fields[BudgetKeys.requires].map {
        Placed(value: Set(names($0.value, of: BudgetKeys.requires)).sorted(), place: $0.value.place)
      }
      settings.profiles[name] = profile
    }
  }

  private mutating func scriptThresholds(_ node: YAMLNode) -> Placed<ScriptThresholds>? {
    if case .scalar(let text, _) = node.content, let choice = ScriptThresholds(rawValue: text) {
      return Placed(value: choice, place: node.place)
    }
    let words = ScriptThresholds.allCases.map(\.rawValue)
    report(
      "'k6_thresholds' must be \(words.joined(separator: ", ")), found \(node.kind)", at: node.place,
      hint: node.text.flatMap { Suggestion.nearest(to: $0, among: words) }.map { "did you mean '\($0)'?" })
    return nil
  }

  private mutating func load(_ node: YAMLNode) -> Placed<LoadSettings>? {
    let fields = self.fields(of: node, in: "'load'", known: BudgetKeys.load)
    guard let dropped = fields["dropped"] else { return nil }
    var load = LoadSettings()
    let shares = self.fields(of: dropped.value, in: "'dropped'", known: BudgetKeys.dropped)
    let warning = shares["warn"].flatMap { share($0.value, of: "warn") }
    let inconclusive = shares["inconclusive"].flatMap { share($0.value, of: "inconclusive") }
    load.droppedInconclusive = inconclusive ?? max(load.droppedInconclusive, warning ?? 0)
    load.droppedWarning = warning ?? min(load.droppedWarning, load.droppedInconclusive)
    if load.droppedWarning > load.droppedInconclusive {
      report(
        "'warn' of 'dropped' is more than 'inconclusive': it would never warn", at: dropped.value.place,
        hint: "is one the other's?")
    }
    return Placed(value: load, place: dropped.key.place)
  }

  /// The metrics a file declares.
  mutating func metrics(_ node: YAMLNode) -> [String: Placed<DeclaredMetric>] {
    var metrics: [String: Placed<DeclaredMetric>] = [:]
    for pair in pairs(of: node, in: "'metrics'") {
      let name = pair.key.value
      let fields = self.fields(of: pair.value, in: "the metric '\(name)'", known: BudgetKeys.metric)
      guard case .mapping = pair.value.content else { continue }
      checkDeclarable(name, at: pair.key.place)
      let metric = DeclaredMetric(
        unit: fields["unit"].flatMap { unit($0.value) }, better: fields["better"].flatMap { better($0.value) }
      )
      if fields.pairs.isEmpty {
        report("the metric '\(name)' declares nothing", at: pair.value.place, hint: "write { unit: s }")
      }
      metrics[name] = Placed(value: metric, place: pair.key.place)
    }
    return metrics
  }

  /// What slogate knows needs no declaration, and a declaration is of all tags.
  private mutating func checkDeclarable(_ name: String, at place: Place) {
    if MetricCatalogue.traits(of: name) != nil || MetricCatalogue.shorthand(name) != nil {
      report(
        "'\(name)' is no custom metric", at: place, hint: "its unit and direction are known: take it out")
    } else if !MetricName(parsing: name).tags.isEmpty {
      report(
        "'\(name)' has tags", at: place, hint: "write \(MetricName(parsing: name).base), which is of all tags"
      )
    }
  }

  private mutating func unit(_ node: YAMLNode) -> SourceUnit? {
    guard let text = text(node, of: "unit") else { return nil }
    if let unit = SourceUnit(named: text) { return unit }
    let known = SourceUnit.all.map(\.name)
    let meant =
      known.first { $0.lowercased() == text.lowercased() } ?? Suggestion.misspelt(text, among: known)
    report(
      "'\(text)' is no unit of a metric", at: node.place,
      hint: meant.map { "did you mean '\($0)'?" } ?? "units are " + known.joined(separator: " "))
    return nil
  }

  private mutating func better(_ node: YAMLNode) -> Direction? {
    if let text = node.text, let better = Direction(rawValue: text) { return better }
    report("'better' must be lower or higher, found \(node.kind)", at: node.place)
    return nil
  }

  private mutating func hosts(_ node: YAMLNode) -> [String: Placed<String>] {
    var hosts: [String: Placed<String>] = [:]
    for pair in pairs(of: node, in: "'hosts'") {
      let host = pair.key.value
      if host.contains("/") {
        report(
          "'\(host)' is no host", at: pair.key.place, hint: "write it without scheme and path: shop.example")
      }
      // An empty name says that the host is the one that needs none.
      let isEmpty = if case .scalar("", isPlain: false) = pair.value.content { true } else { false }
      guard let name = isEmpty ? "" : text(pair.value, of: host) else { continue }
      hosts[host] = Placed(value: name, place: pair.key.place)
    }
    return hosts
  }
}
