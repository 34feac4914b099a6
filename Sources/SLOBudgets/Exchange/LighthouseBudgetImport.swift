internal import SLOModel
internal import SLOReaders

/// Lighthouse's `budget.json`: a list of pages with sizes in KiB, counts and timings in milliseconds
/// (<https://web.dev/articles/use-lighthouse-for-performance-budgets>).
struct LighthouseBudgetImport {
  /// The form factor they are limits of.
  let profile: String

  private static let sections = ["resourceSizes", "resourceCounts", "timings"]

  /// - Parameter profile: a Lighthouse profile or a form factor; nil or any other is both.
  init(profile: String?) { self.profile = FormFactor.group(of: profile) }

  /// Whether a document is such a list.
  static func recognises(_ root: YAMLNode) -> Bool {
    !root.items.isEmpty && root.items.allSatisfy { page in sections.contains { page[$0] != nil } }
  }

  /// Takes all pages.
  func add(_ root: YAMLNode, to draft: inout BudgetDraft) {
    for page in root.items {
      let target = BudgetDraft.Target.page(LighthouseBudgetImport.pattern(page["path"]?.text ?? "/*"))
      for item in page["resourceSizes"]?.items ?? [] { add(item, .size, of: target, to: &draft) }
      for item in page["resourceCounts"]?.items ?? [] { add(item, .count, of: target, to: &draft) }
      for item in page["timings"]?.items ?? [] { add(timing: item, of: target, to: &draft) }
      for pair in page.pairs where !(LighthouseBudgetImport.sections + ["path"]).contains(pair.key.value) {
        draft.remark("'\(pair.key.value)' has no counterpart", at: pair.key.place)
      }
    }
    if root.items.count > 1 {
      draft.remark(
        "of several paths that match, Lighthouse holds a page to the last alone, slogate to the most specific, limit"
          + " by limit", at: root.place)
    }
  }

  private func add(
    _ item: YAMLNode, _ statistic: Statistic, of target: BudgetDraft.Target, to draft: inout BudgetDraft
  ) {
    guard let type = item["resourceType"]?.text, let budget = item["budget"]?.number else {
      return draft.remark("a resource must have a resourceType and a budget in figures", at: item.place)
    }
    draft.add(
      BudgetDraft.Wish(
        target: target, profile: profile, key: "resource.\(type).\(statistic)",
        value: statistic == .size ? budget * 1_024 : budget,
        origin: "\(type) \(BoundText.decimal(budget))" + (statistic == .size ? " KiB" : " requests"),
        place: item.place))
  }

  private func add(timing item: YAMLNode, of target: BudgetDraft.Target, to draft: inout BudgetDraft) {
    guard let metric = item["metric"]?.text, let budget = item["budget"]?.number else {
      return draft.remark("a timing must have a metric and a budget in figures", at: item.place)
    }
    let origin = "\(metric) \(BoundText.decimal(budget))"
    draft.add(
      BudgetDraft.Wish(
        target: target, profile: profile, key: metric, value: budget, origin: origin, place: item.place))
    if let tolerance = item["tolerance"]?.text {
      draft.remark("\(origin): its tolerance of \(tolerance) has no counterpart", at: item.place)
    }
  }

  /// The glob for a path in the manner of robots.txt: a prefix, unless `$` ends it.
  static func pattern(_ path: String) -> String {
    if path.hasSuffix("$") { return String(path.dropLast()) }
    return path.hasSuffix("*") ? path : path + "*"
  }
}

/// What a page calls the profiles of Lighthouse.
enum FormFactor {
  /// `mobile` or `desktop`, of `lighthouse-mobile`, `mobile` …; `*` for both.
  static func group(of profile: String?) -> String {
    let names = EvidenceKind.page.profiles
    let known = names.usual.map(names.shortName)
    return profile.map(names.shortName).flatMap { known.contains($0) ? $0 : nil }
      ?? EvidenceKind.load.profiles.every
  }
}
