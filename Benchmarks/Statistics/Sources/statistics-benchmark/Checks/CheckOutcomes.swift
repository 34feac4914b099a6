internal import SLOGate
internal import SLOModel

/// How many of a number of checks come out so, in one step and in two.
struct StepCounts: Sendable {
  private(set) var checks = 0
  private(set) var oneStep = 0
  private(set) var twoSteps = 0

  /// In per cent.
  var rates: (oneStep: Double, twoSteps: Double) {
    (100 * Double(oneStep) / Double(checks), 100 * Double(twoSteps) / Double(checks))
  }

  mutating func count(oneStep isOne: Bool, twoSteps isTwo: Bool) {
    checks += 1
    if isOne { oneStep += 1 }
    if isTwo { twoSteps += 1 }
  }

  mutating func add(_ other: StepCounts) {
    checks += other.checks
    oneStep += other.oneStep
    twoSteps += other.twoSteps
  }

  /// One step → two, in per cent.
  func cell(_ decimals: Int) -> String {
    "\(fixed(rates.oneStep, decimals)) → \(fixed(rates.twoSteps, decimals))"
  }
}

/// What came of a number of checks of simulated services.
struct CheckOutcomes: Sendable {
  /// Series compared in the unchanged checks.
  private(set) var series = 0
  /// Unchanged checks that are blocked.
  private(set) var blocked = StepCounts()
  /// Unchanged checks that error rates alone block, in one step.
  private(set) var blockedByFailures = 0
  /// Unchanged checks that need a second run.
  private(set) var suspects = 0
  /// Changed checks in which the change is found: of one endpoint, blocked there; of all, blocked at all.
  private(set) var found: [WholeChecks.Build: StepCounts] = [:]

  /// Adds a check.
  /// - Parameters:
  ///   - second: judges the second run, asked only where the first leaves a suspicion.
  ///   - changed: the endpoint that was changed.
  mutating func add(_ first: Verdict, _ second: () -> Verdict, of build: WholeChecks.Build, changed: String) {
    let check = JudgedCheck(first)
    let twoSteps = JudgedCheck.inTwoSteps(check) { JudgedCheck(second()) }
    guard build == .unchanged else {
      let isFound = { (places: Set<Place<Series>>) in
        build == .all10 ? !places.isEmpty : places.contains { $0.series?.endpoint == changed }
      }
      return found[build, default: StepCounts()].count(
        oneStep: isFound(check.blocked), twoSteps: isFound(twoSteps.confirmed))
    }
    series += first.compared
    blocked.count(oneStep: !check.blocked.isEmpty, twoSteps: !twoSteps.confirmed.isEmpty)
    let isOfFailures = check.blocked.allSatisfy { $0.series?.metric == "http_req_failed" }
    if !check.blocked.isEmpty && isOfFailures { blockedByFailures += 1 }
    if !twoSteps.suspects.isEmpty { suspects += 1 }
  }

  mutating func add(_ other: CheckOutcomes) {
    series += other.series
    blocked.add(other.blocked)
    blockedByFailures += other.blockedByFailures
    suspects += other.suspects
    for (build, counts) in other.found { found[build, default: StepCounts()].add(counts) }
  }
}
