import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics

/// Everything a command works on: results, budgets, and where they come from. Gathered, or every error reported.
struct Gathered {
  let origin: Origin
  let budgets: Budgets
  let service: String
  let environment: SLOModel.Environment
  let settings: [String: String]
  let runs: [Run]
  /// What makes the results doubtful as a whole.
  let warnings: [String]
  let now: Timestamp

  /// - Parameter only: the profiles that count; empty: every one.
  init(
    _ results: ResultOptions, _ context: ContextOptions, _ storage: StorageOptions, only: Set<String> = []
  ) throws {
    var failures = Failure.Collected()
    let endpointTag = results.samples.endpointTag
    let draft = storage.draftedBudgets(endpointTag: endpointTag)
    let read = try results.read(&failures, only: only, under: draft)
    let readings = Readers.qualifyingHosts(read.readings)
    // Names of custom metrics can be judged only where every result could be read.
    let known = failures.isEmpty ? metrics(of: readings) : nil
    var budgets = Budgets.builtIn
    var environment = SLOModel.Environment.unknown
    do {
      budgets = try storage.loadBudgets(
        knownMetrics: known, knownUnits: known == nil ? [:] : customUnits(of: readings),
        endpointTag: endpointTag)
      environment = try context.scope.environment(in: budgets)
    } catch {
      failures.add("\(error)", Failure.configuration)
    }
    try failures.report()
    self.budgets = budgets
    self.environment = environment
    origin = try Origin(
      commit: context.commit, branch: context.branch, reference: context.scope.reference, on: .current)
    warnings = read.warnings + sharedFiles(readings) + origin.warnings
    service = context.scope.namedService.map(ComposedText.composed) ?? budgets.service ?? "default"
    now = .current
    settings = context.settings
    let given = results.givenProfiles.union(only)
    try storage.refuseMisspelt(profiles: given, budgets, service: service)
    runs = readings.map { [origin, service, environment, settings] reading in
      Run(
        service: service, commit: origin.commit, environment: environment, settings: settings,
        reading: reading)
    }
  }

  /// Puts a further reading into the same context.
  func run(_ reading: Reading) -> Run {
    Run(
      service: service, commit: origin.commit, environment: environment, settings: settings, reading: reading)
  }
}

/// Results that were given for two profiles: one measurement passes for both.
private func sharedFiles(_ readings: [Reading]) -> [String] {
  let files = Dictionary(grouping: readings) { "\($0.source.sha256) \($0.source.part)" }
  return files.values.compactMap { same -> String? in
    let profiles = Set(same.map(\.profile)).sorted()
    guard profiles.count > 1, let first = same.first else { return nil }
    return "\(first.source.path): the same result was given for \(profiles.joined(separator: " and "))"
  }
  .sorted()
}

/// The metrics the results have, by profile.
private func metrics(of readings: [Reading]) -> [String: Set<String>] {
  readings.reduce(into: [:]) { known, reading in
    known[reading.profile, default: []].formUnion(reading.measurements.map(\.series.metric))
  }
}

/// The units that results have of custom metrics, counts and shares aside.
private func customUnits(of readings: [Reading]) -> [String: Set<SLOModel.Unit>] {
  readings.flatMap(\.measurements).reduce(into: [:]) { units, measurement in
    let series = measurement.series
    guard ![.rate, .count].contains(series.statistic), MetricCatalogue.traits(of: series.metric) == nil else {
      return
    }
    units[MetricName(parsing: series.metric).base, default: []].insert(measurement.unit)
  }
}

extension Question {
  /// The question a check puts.
  init(_ gathered: Gathered, requiresHistory: Bool, isStrict: Bool) {
    var policy = GatePolicy(gathered.budgets)
    policy.requiresHistory = requiresHistory
    self.init(
      service: gathered.service, commit: gathered.origin.commit, reference: gathered.origin.reference,
      environment: gathered.environment, runs: gathered.runs, budgets: gathered.budgets, policy: policy,
      isStrict: isStrict, now: gathered.now)
    warnings = gathered.warnings
  }
}
