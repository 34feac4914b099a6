import SLOBudgets
import SLOModel

/// Whether everything that a check was to judge was judged: the profiles that budgets ask for, and those given.
struct ProfileCoverage {
  /// The profiles that a budget file, or the check itself, asks for and no result was given of.
  let absent: [String]
  /// Whether the check itself names what it is about.
  private let isScoped: Bool
  /// The profiles given of which nothing was judged, for other reasons than a young history.
  let unjudged: [String]
  /// The profiles given that only lack comparable commits, where the history is known to be young.
  let young: [String]
  /// The profiles with limits on a change that had nothing to be held against.
  private let hasOpenChange: Set<String>
  /// The profiles of the built-in limits that no result was given of: they were not asked for.
  let unasked: [String]

  init(_ evaluation: Evaluation, _ findings: [Finding], _ rules: [RuleFinding]) {
    let measured = Set(evaluation.runs.map(\.profile))
    let isBuiltIn = evaluation.budgets.files.isEmpty
    let asked = evaluation.budgets.absentProfiles(measured: measured).map(\.name)
    let scope = evaluation.policy.profiles
    isScoped = !scope.isEmpty
    let unmeasured = scope.filter { !ProfileCoverage.isMeasured($0, measured) }
    absent =
      scope.isEmpty
      ? isBuiltIn ? [] : asked
      : unmeasured.union(asked.filter { GatePolicy.isAbout($0, only: scope) }).sorted()
    unasked = scope.isEmpty && isBuiltIn ? evaluation.budgets.profiles.subtracting(measured).sorted() : []
    let judged = Set(findings.filter { $0.isJudged || $0.isDecided }.map(\.series.profile))
      .union(
        rules.filter { $0.outcome != .missing }.flatMap { [$0.profile, $0.other?.profile ?? $0.profile] })
    hasOpenChange = Set(
      findings.filter { $0.relative?.outcome == .unreferenced }.map(\.series.profile))
    // A profile without a single good run is a gap of its own.
    let good = Set(
      evaluation.runs.filter { $0.reading.failure == nil && !$0.reading.isOfEnvironment }.map(\.profile))
    let open = good.subtracting(judged).sorted()
    // A limit on growth waits for commits as a comparison does.
    let growing = Set(evaluation.candidates.levels(under: evaluation.budget).map(\.profile))
    let isYoung = { (profile: String) in
      evaluation.policy.historyIsYoung
        && (growing.contains(profile) || evaluation.lacksOnlyCommits(profile))
    }
    unjudged = open.filter { !isYoung($0) }
    young = open.filter(isYoung)
  }

  /// The family of a kind stands for each of its profiles.
  private static func isMeasured(_ profile: String, _ measured: Set<String>) -> Bool {
    measured.contains { GatePolicy.isAbout($0, only: [profile]) }
  }

  /// What makes the verdict inconclusive, a sentence each.
  /// - Parameter lacking: why nothing of a profile could be compared with the history, a sentence a profile.
  func gaps(_ lacking: [String]) -> [String] {
    let remedy = { (profile: String) in
      "; where that is meant, name what is judged with --only, or write profiles: { \(profile): { optional: true } }"
        + " into the budget file"
    }
    return absent.map { "\($0): no result was given" + (isScoped ? "" : remedy($0)) }
      + unjudged.map { profile in
        let reason = lacking.first { $0.hasPrefix("\(profile): ") } ?? "\(profile): nothing of it is compared"
        let limits =
          hasOpenChange.contains(profile)
          ? "its limits on a change have nothing to be held against" : "no limit is written for it"
        return "\(reason), and \(limits): nothing was judged"
      }
  }

  /// What a person should know besides it.
  var notices: [String] {
    (unasked.isEmpty
      ? [] : ["not judged, because no result was given: \(unasked.joined(separator: ", "))"])
      + young.map { "\($0): not judged yet: the history is young, and no limit was held against it" }
  }
}

extension Finding {
  /// Whether somebody decided that nothing measured before counts any more, where that keeps it from being compared.
  fileprivate var isDecided: Bool {
    regression?.outcome == .insufficient && regression?.level?.acceptance != nil
  }
}

extension Evaluation {
  /// Whether a profile has what could be compared with the history, were there more commits.
  fileprivate func lacksOnlyCommits(_ profile: String) -> Bool {
    let sizings = Set(runs.filter { $0.profile == profile }.map(\.environment.fingerprint))
    return environment.isKnown && sizings.count == 1
      && comparedSeries.keys.contains { $0.profile == profile }
  }
}
