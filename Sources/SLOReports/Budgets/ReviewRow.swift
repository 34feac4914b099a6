import SLOBudgets
import SLOGate
import SLOModel
import SLOReaders

/// One change of the budgets in words, for every rendering. None of it is escaped.
struct ReviewRow {
  var effect: ChangeEffect
  /// What changed: `spike p95`, a rule, a waiver, a setting.
  var what: String
  /// How it was and how it is; `–` where it is not there.
  var before: String
  var after: String
  /// What else is to be said of the change itself: by how much, which words.
  var remarks: [String] = []
  /// For which endpoints it is effective, where it is for any.
  var reach: String?
  var owner: String?
  var placeBefore: Place?
  var placeAfter: Place?
  var impact: BudgetReview.Impact?

  /// The change in a word.
  var word: String {
    switch (before, after) {
    case ("–", _): "\(effect.rawValue) (added)"
    case (_, "–"): "\(effect.rawValue) (removed)"
    default: effect.rawValue
    }
  }

  /// The whole change.
  var sentence: String {
    let what = [what, reach].compactMap { $0 }.joined(separator: ", ")
    let remarks = remarks + [owner.map { "owner \($0)" }].compactMap { $0 }
    let change = (["\(before) → \(after)"] + remarks).joined(separator: ", ")
    return "\(word): \(what): \(change) (\(places))"
  }

  /// Where it is written, and where it was.
  var places: String {
    let now = placeAfter.map { "\($0.file):\($0.line)" }
    let then = placeBefore.map { $0.line > 0 ? "\($0.file):\($0.line)" : $0.file }
    return [now, then.map { now == nil ? "was at \($0)" : "was \($0)" }].compactMap { $0 }.joined(
      separator: ", ")
  }

  /// What it would have meant for stored checks; nil where it was not tried, or meant nothing.
  func impactWords(of checks: Int) -> String? {
    guard let impact, impact.blocked + impact.released > 0 else { return nil }
    let words = [
      impact.blocked > 0 ? "\(impact.blocked) newly blocked" : nil,
      impact.released > 0 ? "\(impact.released) no longer blocked" : nil,
    ]
    return "of \(counted(checks, "stored check")): " + words.compactMap { $0 }.joined(separator: ", ")
  }
}

extension BudgetReview {
  /// Every change, what is looser first.
  var rows: [ReviewRow] {
    let limits = diff.limits.enumerated().map { row(of: $1, replay?.limits[$0]) }
    let rules = diff.rules.enumerated().map { row(of: $1, replay?.rules[$0]) }
    let all =
      limits + diff.changes.map(row) + rules + diff.waivers.map(row) + settings.map(row)
      + diff.environments.map(row)
    return [.loosened, .changed, .tightened].flatMap { effect in all.filter { $0.effect == effect } }
  }

  /// `Budgets loosened: 2 loosened, 1 tightened`.
  var headline: String {
    let parts = [ChangeEffect.loosened, .tightened, .changed].compactMap { effect in
      count(effect) > 0 ? "\(effect.rawValue) \(count(effect))" : nil
    }
    return parts.isEmpty ? "Budgets: no change in effect" : "Budgets: " + parts.joined(separator: ", ")
  }

  /// Every change in a sentence, what is looser first.
  var sentences: [String] { rows.map(\.sentence) }

  /// What the change as a whole would have meant.
  var replaySentence: String? {
    guard let replay, !replay.checks.isEmpty else { return nil }
    func list(_ commits: [Commit]) -> String {
      guard !commits.isEmpty else { return "" }
      let names = commits.suffix(5).reversed().map { String($0.sha.prefix(10)) }.joined(separator: ", ")
      return " (\(names)\(commits.count > 5 ? ", …" : ""))"
    }
    return
      "of the last \(counted(replay.checks.count, "stored check")), \(replay.blocked.count) that passed the budgets"
      + " would have been blocked\(list(replay.blocked)), and \(replay.released.count) that were blocked would have"
      + " passed them\(list(replay.released))"
  }

  private func row(of change: LimitChange, _ impact: Impact?) -> ReviewRow {
    let limit = change.limit
    return ReviewRow(
      effect: change.effect,
      what: "\(profiles(of: change.reach)) \(MetricCatalogue.label(of: limit.metric, limit.statistic))",
      before: change.before.map(text) ?? "–", after: change.after.map(text) ?? "–",
      remarks: remarks(on: change), reach: reach(of: change.reach), owner: limit.owner,
      placeBefore: change.before?.place, placeAfter: change.after?.place, impact: impact)
  }

  private func row(of change: RelativeLimitChange) -> ReviewRow {
    let limit = change.limit
    return ReviewRow(
      effect: change.effect,
      what: "\(profiles(of: change.reach)) \(MetricCatalogue.label(of: limit.metric, limit.statistic))",
      before: change.before.map(words) ?? "–", after: change.after.map(words) ?? "–",
      reach: reach(of: change.reach), owner: limit.owner, placeBefore: change.before?.place,
      placeAfter: change.after?.place)
  }

  private func words(of limit: RelativeLimit) -> String {
    limit.text + (limit.severity == .warn ? ", warns" : "") + (limit.isOptional ? ", optional" : "")
  }

  private func profiles(of reach: [BudgetSubject]) -> String {
    let names = Set(reach.map(\.profile)).sorted()
    return names.map { $0 == "*" ? "every other load profile" : $0 }.joined(separator: ", ")
  }

  private func text(of limit: Limit) -> String {
    limit.boundWords(.unitless)
      + (limit.severity == .warn ? ", warns" : "") + (limit.isOptional ? ", optional" : "")
  }

  private func remarks(on change: LimitChange) -> [String] {
    var remarks = change.share.map { [signedPercent($0)] } ?? []
    guard let before = change.before, let after = change.after else { return remarks }
    if before.owner != after.owner {
      remarks.append("owner \(before.owner ?? "nobody") → \(after.owner ?? "nobody")")
    }
    if before.isDefault != after.isDefault {
      remarks.append(after.isDefault ? "now a default" : "was a default")
    }
    return remarks
  }

  /// The whole run, and how many endpoints, the first of them by name.
  private func reach(of subjects: [BudgetSubject]) -> String {
    let endpoints = Set(subjects.map(\.endpoint))
    let noun = noun(of: subjects.map { EvidenceKind.of(profile: $0.profile) })
    let names = endpoints.subtracting([Series.wholeRun]).sorted().map {
      $0 == BudgetSubject.anyEndpoint ? "every other \(noun.singular)" : $0
    }
    let some = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    let list = names.count == 1 ? some : "\(counted(names.count, noun)): \(some)"
    if !endpoints.contains(Series.wholeRun) { return list }
    return names.isEmpty ? "whole run" : "whole run and \(list)"
  }

  private func row(of change: RuleChange, _ impact: Impact?) -> ReviewRow {
    ReviewRow(
      effect: change.effect, what: "rule", before: change.before.map(text) ?? "–",
      after: change.after.map(text) ?? "–", owner: (change.after ?? change.before)?.owner,
      placeBefore: change.before?.place, placeAfter: change.after?.place, impact: impact)
  }

  private func text(of rule: Rule) -> String {
    rule.text + (rule.severity == .warn ? ", warns" : "") + (rule.isOptional ? ", optional" : "")
  }

  private func row(of change: WaiverChange) -> ReviewRow {
    let waiver = change.after ?? change.before
    return ReviewRow(
      effect: change.effect, what: "waiver of \(waiver?.title ?? "")", before: change.before.map(text) ?? "–",
      after: change.after.map(text) ?? "–", remarks: waiver.map { [$0.reason] } ?? [], owner: waiver?.owner,
      placeBefore: change.before?.place, placeAfter: change.after?.place)
  }

  private func text(of waiver: Waiver) -> String {
    "max \(quantity(ofLimit: waiver.bound, waiver.unit ?? .unitless)) until \(waiver.until)"
  }

  private func row(of change: SettingChange) -> ReviewRow {
    ReviewRow(
      effect: change.effect, what: change.name, before: change.before, after: change.after,
      placeBefore: change.placeBefore, placeAfter: change.placeAfter)
  }

  private func row(of change: EnvironmentChange) -> ReviewRow {
    let text = { (side: KeyPath<EnvironmentChange.Field, String?>) in
      let words = change.fields.compactMap { field in field[keyPath: side].map { "\(field.name)=\($0)" } }
      return words.isEmpty ? "–" : words.joined(separator: ", ")
    }
    return ReviewRow(
      effect: change.effect, what: "environment \(change.name)", before: text(\.before), after: text(\.after),
      remarks: ["runs at another sizing are compared with nothing measured before"],
      placeAfter: change.place)
  }
}
