import SLOBudgets
import SLOModel
import SLOReaders

/// Settings of profiles, samples, metrics and names that differ.
extension SettingChange {
  /// The changes, in the order of the language.
  static func general(from before: Budgets, to after: Budgets) -> [SettingChange] {
    profiles(before, after) + requirements(before, after) + samples(before, after) + metrics(before, after)
      + hosts(before, after)
      + queries(before, after)
  }

  /// A profile that may be absent lets through what was not measured under it.
  private static func profiles(_ before: Budgets, _ after: Budgets) -> [SettingChange] {
    let (old, new) = (before.optionalProfiles, after.optionalProfiles)
    return old.symmetricDifference(new).sorted().map { name in
      SettingChange(
        name: "profiles.\(name).optional", before: "\(old.contains(name))", after: "\(new.contains(name))",
        effect: new.contains(name) ? .loosened : .tightened, placeBefore: before.placeOfOptional(name),
        placeAfter: after.placeOfOptional(name))
    }
  }

  /// Evidence that is no longer asked for lets through what was measured without it.
  private static func requirements(_ before: Budgets, _ after: Budgets) -> [SettingChange] {
    Set(before.profilesWithRequirements).union(after.profilesWithRequirements).sorted().compactMap { name in
      let (old, new) = (before.requirements(ofProfile: name), after.requirements(ofProfile: name))
      guard old != new else { return nil }
      let text = { (names: [String]) in names.isEmpty ? "nothing" : names.joined(separator: ", ") }
      return SettingChange(
        name: "profiles.\(name).requires", before: text(old), after: text(new),
        effect: Set(old).isSubset(of: new) ? .tightened : .loosened,
        placeBefore: before.placeOfRequirements(name), placeAfter: after.placeOfRequirements(name))
    }
  }

  private static func samples(_ before: Budgets, _ after: Budgets) -> [SettingChange] {
    let (old, new) = (before.sampleSettings, after.sampleSettings)
    return Set(old.keys).union(new.keys).sorted().compactMap { name in
      // What is not said in one place is said in a more general one.
      let (was, will) = (
        old[name]?.value ?? old["min_samples"]?.value ?? 0, new[name]?.value ?? new["min_samples"]?.value ?? 0
      )
      guard was != will else { return nil }
      return SettingChange(
        name: name, before: "\(was)", after: "\(will)", effect: will < was ? .loosened : .tightened,
        placeBefore: old[name]?.place, placeAfter: new[name]?.place)
    }
  }

  /// Values in another unit are compared with none measured so far, and what has no better way with nothing.
  private static func metrics(_ before: Budgets, _ after: Budgets) -> [SettingChange] {
    let (old, new) = (before.metrics, after.metrics)
    return Set(old.keys).union(new.keys).sorted().compactMap { name in
      guard old[name] != new[name] else { return nil }
      let units = [before, after].map { MetricCatalogue.sourceUnit(ofCustom: name, declared: $0.metrics) }
      let isOnlyDirected =
        units[0] == units[1] && old[name]?.better == nil
        && MetricCatalogue.guessedDirection(ofCustom: name, shape: .level) == nil
      return SettingChange(
        name: "metrics.\(name)", before: text(of: old[name]), after: text(of: new[name]),
        effect: isOnlyDirected ? .tightened : .loosened, placeBefore: before.placeOfMetric(name),
        placeAfter: after.placeOfMetric(name))
    }
  }

  private static func text(of metric: DeclaredMetric?) -> String {
    let words = [metric?.unit.map { "unit \($0)" }, metric?.better.map { "\($0.rawValue) is better" }]
    return metric == nil ? "none" : words.compactMap { $0 }.joined(separator: ", ")
  }

  /// What has another name is compared with nothing measured so far.
  private static func hosts(_ before: Budgets, _ after: Budgets) -> [SettingChange] {
    let (old, new) = (before.naming.hosts, after.naming.hosts)
    return Set(old.keys).union(new.keys).sorted().compactMap { host in
      guard old[host] != new[host] else { return nil }
      return SettingChange(
        name: "hosts.\(host)", before: old[host] ?? "none", after: new[host] ?? "none", effect: .loosened,
        placeBefore: before.placeOfHost(host), placeAfter: after.placeOfHost(host))
    }
  }

  private static func queries(_ before: Budgets, _ after: Budgets) -> [SettingChange] {
    let (old, new) = (before.naming.queries, after.naming.queries)
    return Set(old.keys).union(new.keys).sorted().compactMap { page in
      guard old[page] != new[page] else { return nil }
      let text = { (names: [String]?) in names?.joined(separator: ", ") ?? "none" }
      return SettingChange(
        name: "pages.\(page).query", before: text(old[page]), after: text(new[page]), effect: .loosened,
        placeBefore: before.placeOfQuery(page), placeAfter: after.placeOfQuery(page))
    }
  }
}
