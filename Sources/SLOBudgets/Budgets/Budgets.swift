internal import SLOModel

/// What budget files say, all of them together.
///
/// ```swift
/// do {
///   let budgets = try Budgets.load(paths: ["budgets"])
///   for limit in budgets.limits(profile: "baseline", endpoint: "/orders") { print(limit.metric, limit.statistic) }
/// } catch {
///   for problem in error.problems { print(problem) }
/// }
/// ```
public struct Budgets: Sendable {
  /// The files, in the order they were read; empty for the built-in limits.
  public internal(set) var files: [String] = []
  /// The service they are for, where a file names it.
  public internal(set) var service: String?
  /// The named sizings; each value as it was written.
  public internal(set) var environments: [String: [String: String]] = [:]
  /// What each environment asks of results besides.
  var environmentDemands: [String: EnvironmentDemand] = [:]
  /// How many repetitions of a profile a verdict needs at least.
  public internal(set) var repetitions = 1
  /// How changes against the history are judged.
  package internal(set) var regression = RegressionSettings()
  /// What holds of profiles, the script's thresholds, sample counts, load, names and metrics.
  var settings = BudgetSettings()
  /// The rules, in the order of the files.
  public internal(set) var rules: [Rule] = []
  /// The waivers, in the order of the files, expired ones included.
  public internal(set) var waivers: [Waiver] = []

  /// Where a file says how often to repeat; nil where none does.
  public internal(set) var repetitionsPlace: Place?
  /// Where a file says how regressions are judged; nil where none does.
  public internal(set) var regressionPlace: Place?
  /// Where each environment is described.
  var environmentPlaces: [String: Place] = [:]
  /// Where the service is named.
  var servicePlace: Place?
  /// The profiles that releases have to be measured under.
  var expectations = Expectations()

  /// Limits of the run as a whole and of endpoints without their own.
  var defaults = ProfileLimits()
  /// Limits of the run as a whole alone: those under `run`, and those that entries set on its sub-metrics.
  var wholeRun = ProfileLimits()
  /// Whether the defaults hold for endpoints too; the built-in ones do not.
  var defaultsReachEndpoints = true
  /// The entries that name one endpoint, by its name.
  var exactEntries: [String: [Entry]] = [:]
  /// The entries with globs, the most specific first.
  var globEntries: [Entry] = []

  /// Budgets that ask for nothing.
  init() {}

  /// The effective limits of one endpoint, or of the run as a whole (`Series.wholeRun`), under a profile.
  ///
  /// The exact entry goes before the longest glob, that before shorter ones, those before the defaults,
  /// each key (metric and statistic) by itself; the policy of the kind comes last. Inside an entry the named profile goes before `*`. The two
  /// severities of one key stay together. Totals under `defaults` are of the run as a whole alone.
  /// - Parameter endpointTag: the tag that named the endpoint, where known.
  public func limits(profile: String, endpoint: String, endpointTag: String? = nil) -> [Limit] {
    let general = defaults.limits(for: profile)
    if endpoint == Series.wholeRun {
      return wholeRun.limits(for: profile).layered(over: general)
        .layered(over: Budgets.policyLimitsOfRun(under: profile))
    }
    let own = entries(for: endpoint, tag: endpointTag, under: profile).reduce(into: [Limit]()) {
      limits, entry in
      limits = limits.layered(over: entry.limits.limits(for: profile))
    }
    return defaultsReachEndpoints ? own.layered(over: general.filter { !$0.isOfTotals }) : own
  }

  /// The entries with limits for a profile, the most specific first. Limits of the run as a whole
  /// are not among them: `limits` gives them for `Series.wholeRun`.
  package func targets(profile: String) -> [Target] {
    let exact = exactEntries.values.joined().sorted(by: Entry.isMoreSpecific)
    return (exact + globEntries + Budgets.policyEntries(under: profile)).compactMap { entry in
      let limits = entry.limits.limits(for: profile)
      let relative = entry.limits.relativeLimits(for: profile)
      return limits.isEmpty && relative.isEmpty
        ? nil : Target(entry, limits: limits, relative: relative, hosts: Set(naming.hosts.values))
    }
  }

  /// The entries of files for an endpoint, the most specific first: those for its path reach it under any method, and on
  /// a host that no file names.
  func entries(for endpoint: String, tag: String?) -> [Entry] {
    let names = BudgetNames.names(of: endpoint, hosts: naming.hosts.values)
    return names.flatMap { name in (exactEntries[name] ?? []).filter { $0.matches(name, tag: tag) } }
      + globEntries.filter { entry in names.contains { entry.matches($0, tag: tag) } }
  }

  /// The entries for an endpoint under a profile, the most specific first: those of files, then those of the policy
  /// that holds besides files.
  func entries(for endpoint: String, tag: String?, under profile: String) -> [Entry] {
    let policy = Budgets.policyEntries(under: profile)
    guard !policy.isEmpty else { return entries(for: endpoint, tag: tag) }
    let names = BudgetNames.names(of: endpoint, hosts: naming.hosts.values)
    return entries(for: endpoint, tag: tag)
      + policy.filter { entry in names.contains { entry.matches($0, tag: tag) } }
  }
}
