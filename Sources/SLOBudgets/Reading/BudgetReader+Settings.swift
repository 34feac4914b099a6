internal import SLOModel

/// The sections `environments` and `regression`.
extension BudgetReader {
  mutating func environments(_ node: YAMLNode) -> [BudgetFile.Environment] {
    pairs(of: node, in: "'environments'").map { pair in
      var environment = BudgetFile.Environment(name: pair.key, sizing: [:])
      let pairs = self.pairs(of: pair.value, in: "the environment '\(pair.key.value)'")
      if pairs.isEmpty, case .mapping = pair.value.content {
        report("the environment '\(pair.key.value)' describes nothing", at: pair.value.place)
      }
      for pair in pairs {
        switch (pair.key.value, pair.value.content) {
        case (BudgetKeys.requires, _):
          environment.demand.requires = Set(names(pair.value, of: BudgetKeys.requires)).sorted()
        case (BudgetKeys.rows, .mapping): rows(pair.value, into: &environment)
        default: environment.sizing[pair.key.value] = text(pair.value, of: pair.key.value)
        }
      }
      return environment
    }
  }

  /// How many rows tables have: a fact each, that a count of rows is held against.
  private mutating func rows(_ node: YAMLNode, into environment: inout BudgetFile.Environment) {
    for pair in pairs(of: node, in: "'\(BudgetKeys.rows)'") {
      let table = pair.key.value
      guard let text = text(pair.value, of: table) else { continue }
      guard let count = EnvironmentDemand.RowCount(parsing: text) else {
        report(
          "'\(table)' must be a number of rows, found '\(text)'", at: pair.value.place,
          hint: "write 20M, 250000, or 20M ±5%")
        continue
      }
      environment.demand.rows[table] = count
      environment.sizing["\(BudgetKeys.rows).\(table)"] = fixed(count.number, 0)
    }
  }

  mutating func regression(_ node: YAMLNode) -> RegressionSettings {
    var settings = RegressionSettings()
    let fields = self.fields(
      of: node, in: "'regression'", known: BudgetKeys.regression)
    if let pair = fields["block"] { settings.blocks = flag(pair.value, of: "block") ?? true }
    if let pair = fields["two_step"] { settings.isTwoStep = flag(pair.value, of: "two_step") ?? false }
    settings.falseDiscoveryRate = fields["false_discovery_rate"].flatMap { rate($0) }
    settings.window = fields["window"].flatMap { wholeNumber($0.value, of: "window", in: BudgetKeys.window) }
    settings.minimumHistory = fields["min_history"].flatMap {
      minimumHistory($0.value, window: settings.window ?? RegressionSettings.usualWindow)
    }
    if let window = fields["window"], fields["min_history"] == nil {
      checkWindow(settings.window, window.value)
    }
    if let pair = fields["min_change"] { minimumChange(pair.value, into: &settings) }
    settings.creep = fields["creep"].flatMap { creep($0) }
    return settings
  }

  private mutating func creep(_ pair: YAMLNode.Pair) -> RegressionSettings.Creep? {
    let fields = self.fields(of: pair.value, in: "'creep'", known: BudgetKeys.creep)
    for key in BudgetKeys.creep where fields[key] == nil {
      report("'creep' has no '\(key)'", at: pair.key.place, hint: "write { anchor: v1.4.0, max: 10% }")
    }
    guard let anchor = fields["anchor"], let maximum = fields["max"],
      let name = text(anchor.value, of: "anchor"), let share = rate(maximum)
    else { return nil }
    return RegressionSettings.Creep(anchor: name, maximum: share, place: anchor.value.place)
  }

  private mutating func minimumHistory(_ node: YAMLNode, window: Int) -> Int? {
    let least = wholeNumber(
      node, of: "min_history", in: BudgetKeys.window,
      hint: "it takes at least 2 results to see how they scatter")
    if let least, least > window {
      report(
        "'min_history' is more than the 'window' of \(window) can hold", at: node.place,
        hint: "write a 'window' of \(least) or more")
    }
    return least
  }

  /// A window that holds fewer commits than a comparison needs ends every comparison.
  private mutating func checkWindow(_ window: Int?, _ node: YAMLNode) {
    let least = RegressionSettings.usualMinimumHistory
    guard let window, window < least else { return }
    report(
      "a 'window' of \(window) holds fewer commits than 'min_history' asks for, \(least) where nothing is said",
      at: node.place, hint: "write a 'window' of \(least) or more, or 'min_history: \(window)' with it")
  }

  private mutating func rate(_ pair: YAMLNode.Pair) -> Double? {
    guard let rate = share(pair.value, of: pair.key.value) else { return nil }
    if rate > 0 { return rate }
    report("'\(pair.key.value)' must be more than 0", at: pair.value.place, hint: "write a share such as 5%")
    return nil
  }

  private mutating func minimumChange(_ node: YAMLNode, into settings: inout RegressionSettings) {
    let fields = self.fields(of: node, in: "'min_change'", known: BudgetKeys.minimumChange)
    settings.relativeChange = fields["relative"].flatMap { share($0.value, of: "relative") }
    guard let absolute = fields["absolute"] else { return }
    let floors = self.fields(of: absolute.value, in: "'absolute'", known: BudgetKeys.absoluteChange)
    settings.absoluteTime = floors["time"].flatMap {
      quantity($0.value, of: "time", as: [.time], example: "a time such as 5ms")
    }
    settings.absoluteRatio = floors["ratio"].flatMap { share($0.value, of: "ratio") }
    settings.absoluteSize = floors["size"].flatMap {
      quantity($0.value, of: "size", as: [.size], example: "a size such as 1KB")
    }
  }
}
