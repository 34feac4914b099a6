public import SLOBudgets
public import SLOModel
package import SLOStatistics
import SLOSupport

/// The answer to "may this commit be released?", with everything a report needs to say why. Complete as it is given:
/// nothing is added to it later.
///
/// ```swift
/// if verdict.outcome == .blocked {
///   for finding in verdict.findings where finding.outcome == .over { print(finding.series.endpoint, finding.value ?? 0) }
/// }
/// print(verdict.code.rawValue)
/// ```
public struct Verdict: Sendable {
  /// The answer in one word.
  public enum Outcome: String, Sendable {
    /// The release may go.
    case pass
    /// A budget is exceeded or something regressed.
    case blocked
    /// Something that had to be judged could not be.
    case inconclusive
    /// What one run cannot tell from a spike looks worse: a second run decides.
    case suspect
  }

  /// The answer as the process's exit code. Where several hold, an exceeded budget goes before a gap, a
  /// gap before a regression, that before a suspect, and that before warnings.
  public enum Code: Int32, Sendable {
    /// Pass, warnings allowed.
    case pass = 0
    /// A budget is exceeded.
    case overBudget = 1
    /// A regression, and no budget exceeded.
    case regression = 2
    /// Something that had to be judged could not be.
    case inconclusive = 3
    /// Only warnings, under `--strict`.
    case warnings = 4
    /// A suspect, which a second run decides.
    case suspect = 5

    /// The outcome it stands for.
    package var outcome: Outcome {
      switch self {
      case .pass, .warnings: .pass
      case .overBudget, .regression: .blocked
      case .inconclusive: .inconclusive
      case .suspect: .suspect
      }
    }
  }

  /// One run of the check.
  public struct JudgedRun: Sendable {
    /// The run.
    public var run: Run
    /// Its place among the repetitions of its profile (and page), from 1.
    public var repetition: Int
  }

  /// The service judged.
  public package(set) var service: String
  /// The commit judged.
  public package(set) var commit: Commit
  /// The branch whose runs are the reference.
  public package(set) var reference: String
  /// The environment as the user described it.
  public package(set) var environment: Environment
  /// The runs judged, in the order given.
  public package(set) var runs: [JudgedRun]
  /// Every observed or budgeted series, in order.
  public package(set) var findings: [Finding]
  /// The runs of the base that was measured in turn with these, in the order in which they ran; empty without one.
  public package(set) var pairedBase: [JudgedRun]
  /// The runs of the second measurement that decided what was suspect; empty without one.
  public package(set) var confirmation: [JudgedRun]
  /// The outcomes of the budgets' rules, in their order.
  public package(set) var rules: [RuleFinding]
  /// What slow drift was measured from.
  package var anchor: Anchor?
  /// The reference windows, by profile.
  package var comparisons: [ReferenceComparison]
  /// What moved all series of the run together, where that could be estimated.
  public package(set) var commonFactors: [CommonFactorFinding]
  /// Why the verdict is inconclusive; empty when everything could be judged.
  public package(set) var gaps: [String]
  /// What a person has to look at, a sentence each: nothing is blocked by it, and `--strict` does not pass.
  public package(set) var warnings: [String]
  /// What a person should know and no exit code says.
  public package(set) var notices: [String]
  /// What explains the verdict and asks nothing of anybody; short reports leave it out.
  public package(set) var details: [String]
  /// The profiles of which nothing was judged, and whose history is known to be young.
  public package(set) var unjudged: [String]
  /// What was measured and is never held against the history.
  public package(set) var neverLookedFor: NeverLookedFor
  /// The waivers that end soon, have ended, or were not needed.
  public package(set) var waivers: WaiverReview
  /// What the branch under judgement does to the budgets; nil where it leaves them alone or it is not known.
  package var budgetReview: BudgetReview?
  /// The policy of the regression test.
  package var policy: GatePolicy
  /// Whether warnings alone give exit code 4.
  public package(set) var isStrict: Bool
  /// Whether more repetitions would show smaller changes of what a regression blocks.
  public package(set) var repetitionsHelp: Bool
  /// How often a check like this blocks an unchanged build. It takes as long as some checks, and few reports show it.
  let deferredFalseBlocks: Deferred<FalseBlockRate?>
  /// What was judged, by what.
  package var evaluation: Evaluation
  /// The commits in git's words, and where to read on.
  package var context = VerdictContext()

  /// A factor common to all series of one profile.
  public struct CommonFactorFinding: Sendable {
    /// The profile.
    public var profile: String
    /// The factor and its judgement.
    package var factor: CommonFactor
    /// What follows for the release.
    public var effect: RegressionFinding.Effect
    /// What a second run showed of it; nil where it was not suspect, or there was none.
    public var confirmation: ConfirmationFinding?

    /// Whether it blocks the release.
    public var blocks: Bool { effect == .blocks }
    /// Whether a person should look: it would block, were regressions not set to warn only.
    public var warns: Bool { effect == .warns }
    /// Whether a second run decides.
    public var isSuspect: Bool { effect == .suspect }
  }

  /// Waivers a person has to act on.
  public struct WaiverReview: Sendable {
    /// Waivers that end within 14 days.
    public var ending: [Waiver] = []
    /// Waivers that have ended and are ignored.
    public var expired: [Waiver] = []
    /// Waivers nothing needed.
    public var unused: [Waiver] = []
  }

  /// The service as commands have to name it; nil where they find it by themselves.
  package var namedService: String? { evaluation.input.namedService }

  /// The exit code: an exceeded budget before a gap before a regression before warnings.
  public var code: Code {
    if findings.contains(where: { $0.outcome == .over })
      || rules.contains(where: { $0.outcome == .over })
    {
      return .overBudget
    }
    if !gaps.isEmpty { return .inconclusive }
    if findings.contains(where: { $0.regression?.effect == .blocks || $0.creep?.effect == .blocks })
      || commonFactors.contains(where: \.blocks)
    {
      return .regression
    }
    if findings.contains(where: { $0.regression?.effect == .suspect })
      || commonFactors.contains(where: \.isSuspect)
    {
      return .suspect
    }
    let warns =
      !warnings.isEmpty || findings.contains(where: \.warns) || rules.contains { $0.outcome == .warn }
      || commonFactors.contains(where: \.warns)
    return isStrict && warns ? .warnings : .pass
  }

  /// How often a check like this blocks an unchanged build; nil where nothing was compared with the history.
  package var falseBlocks: FalseBlockRate? { deferredFalseBlocks.value }

  /// The answer in one word.
  public var outcome: Outcome { code.outcome }

  /// How many findings have each outcome, those on rules that do not hold or could not be judged among them;
  /// outcomes that none has are absent.
  public var outcomes: [Finding.Outcome: Int] {
    let broken = rules.lazy.map(\.outcome).filter { $0 != .ok }
    return (findings.map(\.outcome) + broken).reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// Everything a person may want to know and no exit code says.
  public var remarks: [String] { notices + details }

  /// Series held against a limit, and rules held against results. What a limit asks for and the results lack is
  /// not among them.
  public var evaluated: Int { findings.count(where: \.isEvaluated) + rules.count { $0.outcome != .missing } }

  /// Series held against their history.
  public var compared: Int { findings.count(where: \.isCompared) }

  /// Series measured and held against nothing.
  public var recorded: Int { findings.count { $0.outcome == .recorded } }

  /// The series with a regression that stops the release, or would without a waiver. Where all of a run moved, that is
  /// every compared series which became worse.
  public var regressed: [Series] { series(with: [.blocks, .waived], movedBy: .blocks) }

  /// The series that a second run decides. Where all of a run moved, that is every compared series which became
  /// worse.
  public var suspects: [Series] { series(with: [.suspect], movedBy: .suspect) }

  private func series(
    with effects: Set<RegressionFinding.Effect>, movedBy effect: RegressionFinding.Effect
  ) -> [Series] {
    let moved = Set(commonFactors.filter { $0.effect == effect }.map(\.profile))
    return findings.filter { finding in
      guard let regression = finding.regression else { return false }
      return effects.contains(regression.effect)
        || moved.contains(finding.series.profile) && regression.isWorse(than: policy.test.relativeFloor)
    }.map(\.series)
  }

  /// Endpoints that were measured and have no budget under any profile.
  public var unbudgeted: [String] {
    let budgeted = Set(
      findings.filter { $0.budget != nil || $0.relative != nil }.map(\.series.endpoint))
    let observed = Set(findings.map(\.series.endpoint)).subtracting([Series.wholeRun])
    return observed.subtracting(budgeted).sorted()
  }

  /// The smallest slowdown (as a share) that this check would report, a warning at least, with a probability of
  /// 80 %: of the best and the median series of times. Nil where none was compared.
  public var detectable: (best: Double, typical: Double)? {
    let times = findings.lazy.filter { $0.unit == .milliseconds }
    let changes = times.compactMap { $0.regression?.judgement?.detectable?.relative }.sorted()
    guard let best = changes.first else { return nil }
    return (best, changes[changes.count / 2])
  }
}
