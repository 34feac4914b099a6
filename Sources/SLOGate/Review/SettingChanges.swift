import SLOBudgets
import SLOModel
import SLOStatistics
import SLOSupport

extension SettingChange {
  /// A setting as it is in effect: a number, and how the language writes it.
  private struct Setting {
    var name: String
    /// More of it lets more through (1), less does (-1), or it is not known (0).
    var looserUp: Int
    var value: Double
    var text: String
    var place: Place?
  }

  /// The settings that differ. Where a file says nothing, the default counts.
  static func all(from before: Budgets, to after: Budgets) -> [SettingChange] {
    let changes = zip(settings(of: before), settings(of: after)).compactMap { old, new -> SettingChange? in
      guard old.value != new.value else { return nil }
      let direction = (new.value > old.value ? 1 : -1) * new.looserUp
      return SettingChange(
        name: new.name, before: old.text, after: new.text,
        effect: direction == 0 ? .changed : direction > 0 ? .loosened : .tightened, placeBefore: old.place,
        placeAfter: new.place)
    }
    return changes + [window(before, after), creep(before, after), service(before, after)].compactMap { $0 }
      + general(from: before, to: after)
  }

  private static func settings(of budgets: Budgets) -> [Setting] {
    let policy = GatePolicy(budgets)
    let place = budgets.regressionPlace
    func share(_ name: String, _ value: Double, looserUp: Int) -> Setting {
      Setting(name: name, looserUp: looserUp, value: value, text: digits(value * 100) + "%", place: place)
    }
    func number(_ name: String, _ value: Int, looserUp: Int) -> Setting {
      Setting(name: name, looserUp: looserUp, value: Double(value), text: "\(value)", place: place)
    }
    func floor(_ name: String, _ value: Double?, _ unit: String) -> Setting {
      Setting(
        name: "regression.min_change.absolute.\(name)", looserUp: value == nil ? 0 : 1, value: value ?? -1,
        text: value.map { digits($0) + unit } ?? "default", place: place)
    }
    let settings = policy.settings
    return [
      Setting(
        name: "repetitions", looserUp: -1, value: Double(budgets.repetitions), text: "\(budgets.repetitions)",
        place: budgets.repetitionsPlace),
      Setting(
        name: "regression.block", looserUp: -1, value: policy.regressionBlocks ? 1 : 0,
        text: "\(policy.regressionBlocks)", place: place),
      Setting(
        name: "regression.two_step", looserUp: 0, value: policy.isTwoStep ? 1 : 0,
        text: "\(policy.isTwoStep)",
        place: place),
      share("regression.false_discovery_rate", policy.test.falseDiscoveryRate, looserUp: -1),
      share("regression.min_change.relative", policy.test.relativeFloor, looserUp: 1),
      floor("time", settings.absoluteTime, "ms"),
      floor("ratio", settings.absoluteRatio.map { $0 * 100 }, "%"),
      floor("size", settings.absoluteSize, "B"),
      number("regression.min_history", policy.test.minimumReferences, looserUp: 1),
      Setting(
        name: "k6_thresholds", looserUp: -1, value: budgets.scriptThresholds.strictness,
        text: budgets.scriptThresholds.rawValue, place: budgets.scriptThresholdsPlace),
      Setting(
        name: "load.dropped.warn", looserUp: 1, value: budgets.load.droppedWarning,
        text: digits(budgets.load.droppedWarning * 100) + "%", place: budgets.loadPlace),
      Setting(
        name: "load.dropped.inconclusive", looserUp: 1, value: budgets.load.droppedInconclusive,
        text: digits(budgets.load.droppedInconclusive * 100) + "%", place: budgets.loadPlace),
    ]
  }

  /// Slow drift: a bound taken away or widened is looser; another anchor only another.
  private static func creep(_ before: Budgets, _ after: Budgets) -> SettingChange? {
    let (old, new) = (before.regression.creep, after.regression.creep)
    guard old?.anchor != new?.anchor || old?.maximum != new?.maximum else { return nil }
    let effect: ChangeEffect =
      if let old, let new {
        new.maximum == old.maximum ? .changed : new.maximum > old.maximum ? .loosened : .tightened
      } else { new == nil ? .loosened : .tightened }
    return SettingChange(
      name: "regression.creep", before: text(of: old), after: text(of: new), effect: effect,
      placeBefore: old?.place, placeAfter: new?.place)
  }

  private static func text(of creep: RegressionSettings.Creep?) -> String {
    creep.map { "max \(digits($0.maximum * 100))% since \($0.anchor)" } ?? "none"
  }

  /// How many times the fewest commits of a comparison a window should hold: with one step in it the level behind the
  /// step still has enough.
  private static let leastWindows = 2

  /// A window so short that a comparison hardly finds its commits lets regressions through; any other is only another.
  private static func window(_ before: Budgets, _ after: Budgets) -> SettingChange? {
    let (old, new) = (GatePolicy(before).test.window, GatePolicy(after).test.window)
    guard old != new else { return nil }
    let needed = leastWindows * GatePolicy(after).test.minimumReferences
    return SettingChange(
      name: "regression.window", before: "\(old)", after: "\(new)",
      effect: new < old && new < needed ? .loosened : .changed,
      placeBefore: before.regressionPlace, placeAfter: after.regressionPlace)
  }

  /// Runs of another service are compared with none measured so far.
  private static func service(_ before: Budgets, _ after: Budgets) -> SettingChange? {
    guard before.service != after.service else { return nil }
    return SettingChange(
      name: "service", before: before.service ?? "default", after: after.service ?? "default",
      effect: before.files.isEmpty ? .changed : .loosened, placeBefore: before.placeOfService,
      placeAfter: after.placeOfService)
  }

  /// A number without the noise of binary fractions.
  static func digits(_ number: Double) -> String {
    let rounded = (number * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? "\(Int64(saturating: rounded))" : "\(rounded)"
  }
}

extension ScriptThresholds {
  /// More lets less through.
  fileprivate var strictness: Double {
    switch self {
    case .block: 2
    case .warn: 1
    case .ignore: 0
    }
  }
}
