import ArgumentParser
import Glibc
import SLOBudgets
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
  let runs: [Run]
  /// What makes the results doubtful as a whole.
  let warnings: [String]
  let now: Timestamp

  init(_ results: ResultOptions, _ context: ContextOptions, _ storage: StorageOptions) throws {
    var failures = Failure.Collected()
    let endpointTag = results.samples.endpointTag
    let draft = storage.draftedBudgets(endpointTag: endpointTag)
    let read = try results.read(&failures, under: draft)
    let readings = Readers.qualifyingHosts(read.readings)
    // Names of custom metrics can be judged only where every result could be read.
    let known = failures.isEmpty ? metrics(of: readings) : nil
    var budgets = Budgets.builtIn
    var environment = SLOModel.Environment.unknown
    do {
      budgets = try storage.loadBudgets(knownMetrics: known, endpointTag: endpointTag)
      environment = try context.scope.environment(in: budgets)
    } catch {
      failures.add("\(error)", Failure.configuration)
    }
    try failures.report()
    self.budgets = budgets
    self.environment = environment
    origin = try Origin(context)
    warnings = read.warnings + origin.warnings
    service = context.scope.namedService ?? budgets.service ?? "default"
    now = .current
    runs = readings.map { [origin, service, environment] reading in
      Run(
        service: service, commit: origin.commit, environment: environment, settings: context.settings,
        reading: reading)
    }
  }
}

/// The metrics the results have, by profile.
private func metrics(of readings: [Reading]) -> [String: Set<String>] {
  readings.reduce(into: [:]) { known, reading in
    known[reading.profile, default: []].formUnion(reading.measurements.map(\.series.metric))
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

extension Timestamp {
  /// The time of the system's clock.
  static var current: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
