import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOModel
import SLOReaders
import SLOReports

/// Tells which limits hold for an endpoint, and why these.
struct BudgetsExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Each limit of an endpoint: the line it comes from, what it overrides, waivers, how it stands.")

  @Argument(
    help: ArgumentHelp("The endpoint's name; * is the run as a whole.", valueName: "endpoint"),
    completion: Completions.endpoints)
  var endpoint: String

  @Option(help: ArgumentHelp("Only this profile (default: every one that has limits).", valueName: "name"))
  var profile: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Budget files or folders (default: budgets/ where it exists).", valueName: "path"),
    completion: .file())
  var budgets: [String] = []

  @OptionGroup var output: PrintOptions

  @OptionGroup var replay: ReplayOptions

  func run() throws {
    let budgets = try Budgets.reading(budgets)
    let now = Timestamp.current
    let checks = try replay.checks(for: budgets).map {
      try $0.replays(last: replay.last, under: budgets, now: now).checks
    }
    let profiles = profiles(of: budgets, measured: Set((checks ?? []).flatMap(\.runs).map(\.profile)))
    let newest = Dictionary(
      profiles.compactMap { profile in
        checks?.last { check in check.runs.contains { $0.profile == profile } }.map { (profile, $0) }
      }
    ) { first, _ in first }
    let kinds = kinds(among: profiles, budgets, newest)
    let found = profiles.filter { kinds.isEmpty || kinds.contains(.of(profile: $0)) }.map { profile in
      let newest = newest[profile]
      let tag = newest?.plan.subjects.first { $0.profile == profile && $0.endpoint == endpoint }?.endpointTag
      return EndpointLimits(
        BudgetSubject(profile: profile, endpoint: endpoint, endpointTag: tag), budgets, newest: newest,
        now: now)
    }
    let shown = profile == nil ? found.filter { !$0.isEmpty } : found
    guard shown.contains(where: { !$0.isEmpty }) else {
      throw Failure.usage(
        "no limit holds for '\(endpoint)'" + (profile.map { " under \($0)" } ?? "")
          + "; profiles with limits are \(profiles.joined(separator: ", "))")
    }
    try output.print(text: { textReport(of: shown, style: $0) }, json: { jsonReport(of: shown) })
  }

  /// The kinds of evidence that the endpoint is known to be of, measured or named alone by an entry; empty where nothing
  /// says it, and for the run as a whole, which each has.
  private func kinds(
    among profiles: [String], _ budgets: Budgets, _ newest: [String: Evaluation]
  ) -> Set<EvidenceKind> {
    guard endpoint != Series.wholeRun else { return [] }
    let known = profiles.filter { profile in
      newest[profile]?.plan.subjects.contains { $0.profile == profile && $0.endpoint == endpoint } == true
        || budgets.targets(profile: profile).contains { $0.isExact && $0.matches(endpoint) }
    }
    return Set(known.map(EvidenceKind.of))
  }

  /// The profiles that limits are written for. Those of a section are for each profile of its kind: for what was
  /// measured, else for its usual name.
  private func profiles(of budgets: Budgets, measured: Set<String>) -> [String] {
    if let profile { return [profile] }
    let sections = EvidenceKind.sectioned.filter { budgets.profiles(of: $0).contains($0.profiles.every) }
    let others = sections.flatMap { kind in
      let names = budgets.profiles.union(measured).filter { EvidenceKind.of(profile: $0) == kind }
      return names.isEmpty ? Array(kind.profiles.usual.prefix(1)) : Array(names)
    }
    return budgets.profiles.union(others).sorted()
  }
}
