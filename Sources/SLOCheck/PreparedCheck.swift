import SLOBudgets
package import SLOGate
package import SLOModel
import SLOReaders

/// The input of a check, and where its commit stands. Nothing was asked of the history yet.
package struct PreparedCheck {
  /// What is to be judged.
  package private(set) var input: CheckInput
  /// Where the results come from.
  package let origin: Origin
  /// A further tag that names endpoints.
  let endpointTag: String?
  private let settings: [String: String]
  private let environment: MeasuredEnvironment

  /// - Throws: what is wrong in the budgets, an unknown environment, a commit that is none.
  init(
    _ results: [Reading], _ request: CheckRequest, _ source: BudgetSource, on platform: Platform
  ) throws(GateError) {
    let readings = Readers.settled(results)
    let (budgets, named) = try PreparedCheck.budgets(source, knowing: readings, request)
    environment = MeasuredEnvironment(
      named, budgets.demand(ofEnvironment: named.name), settings: request.settings, stated: readings)
    origin = try Origin(
      commit: request.commit, branch: request.branch, reference: request.reference, on: platform)
    (endpointTag, settings) = (request.endpointTag, request.settings)
    let service = nonBlank(request.service).map(ComposedText.composed) ?? budgets.service ?? "default"
    var policy = GatePolicy(budgets)
    (policy.requiresHistory, policy.profiles) = (request.requiresHistory, request.profiles)
    (policy.historyIsYoung, policy.saysYoung) = (request.historyIsYoung, request.saysYoung)
    policy.isTwoStep = request.isTwoStep ?? policy.isTwoStep
    input = CheckInput(
      service: service, commit: origin.commit, reference: origin.reference,
      environment: environment.environment, runs: [], budgets: budgets, policy: policy,
      isStrict: request.isStrict, now: platform.now())
    input.namedService = nonBlank(request.service).map(ComposedText.composed)
    input.runs = readings.map(run)
    input.against = request.against.map(run)
    try pair(with: Readers.settled(request.pairedBase))
    input.warnings = request.warnings + environment.warnings + sharedFiles(readings) + origin.warnings
  }

  /// The same check whose limits on a change are held against results.
  package func held(against readings: [Reading]) -> PreparedCheck {
    var check = self
    check.input.against = readings.map(run)
    return check
  }

  /// The same check in two steps, whose suspects a second measurement decides.
  /// - Throws: a usage error for a result of the first measurement.
  package func confirmed(by readings: [Reading]) throws(GateError) -> PreparedCheck {
    let first = Set(input.runs.map(\.reading.source.sha256))
    if let same = readings.first(where: { first.contains($0.source.sha256) }) {
      throw .usage(
        "--confirm \(same.source.path): the result is one of the first measurement; measure once more, in a job of its"
          + " own")
    }
    var check = self
    check.input.policy.isTwoStep = true
    check.input.confirmation = readings.map(run)
    return check
  }

  /// The same check held against a base that was measured in turn with it.
  /// - Throws: a usage error where the runs cannot be paired up.
  package func paired(with base: [Reading]) throws(GateError) -> PreparedCheck {
    var check = self
    try check.pair(with: base)
    return check
  }

  private mutating func pair(with base: [Reading]) throws(GateError) {
    input.pairedBase = base.map(run)
    if let mismatch = PairedRuns.mismatch(input.runs, base: input.pairedBase) {
      throw .usage("--paired-base: \(mismatch)")
    }
  }

  /// Puts recorded runs in place of the results they were read from.
  mutating func take(runs: [Run]) { input.runs = runs }

  /// The budgets of a check and the sizing of its environment.
  /// - Parameter readings: what was measured; nil where not all of it could be read, and no name can be judged.
  static func budgets(
    _ source: BudgetSource, knowing readings: [Reading]?, _ request: CheckRequest
  ) throws(GateError) -> (budgets: Budgets, environment: Environment) {
    let budgets: Budgets
    do throws(BudgetProblems) {
      budgets = try source.load(
        knowing: readings.map(metrics), units: readings.map(customUnits) ?? [:],
        endpointTag: request.endpointTag)
    } catch {
      throw GateError(error)
    }
    do throws(UnknownEnvironment) {
      return (budgets, try budgets.environment(named: request.environment, refinedBy: request.sizing))
    } catch {
      throw GateError(error)
    }
  }

  private func run(_ reading: Reading) -> Run {
    Run(
      service: input.service, commit: input.commit, environment: input.environment, settings: settings,
      reading: environment.conditioned(reading))
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
private func customUnits(of readings: [Reading]) -> [String: Set<MetricUnit>] {
  readings.flatMap(\.measurements).reduce(into: [:]) { units, measurement in
    let series = measurement.series
    guard ![.rate, .count].contains(series.statistic),
      MetricCatalogue.traits(of: series.metric, in: series.kind) == nil
    else {
      return
    }
    units[MetricName(parsing: series.metric).base, default: []].insert(measurement.unit)
  }
}
