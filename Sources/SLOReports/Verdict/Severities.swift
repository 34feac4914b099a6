import SLOBudgets
public import SLOGate
import SLOModel
import SLOStatistics

extension Finding.Outcome {
  /// What deserves a line of its own, the most severe first.
  public static let bySeverity: [Finding.Outcome] = [
    .over, .missing, .regressed, .suspect, .waived, .warn, .near, .improved,
  ]

  /// What stops a release or leaves the verdict open, the most severe first.
  static let decisive: [Finding.Outcome] = [.over, .missing, .regressed, .suspect]
}

extension Verdict {
  /// The findings with some outcomes, the most severe outcome first, and within it what a regression made before what
  /// was like that, then what is furthest off.
  func mostSevere(_ outcomes: [Finding.Outcome]) -> [Finding] {
    // Findings are large: their places are sorted, and what is asked for is copied once.
    var places: [Finding.Outcome: [(index: Int, isNew: Bool, distance: Double)]] = [:]
    for index in findings.indices where outcomes.contains(findings[index].outcome) {
      let finding = findings[index]
      places[finding.outcome, default: []].append(
        (index, finding.regression?.isNewlyWorse == true, finding.distance))
    }
    return outcomes.flatMap { outcome in
      (places[outcome] ?? []).sorted { one, other in
        if one.isNew != other.isNew { return one.isNew }
        return one.distance != other.distance
          ? one.distance > other.distance : findings[one.index].series < findings[other.index].series
      }.map { findings[$0.index] }
    }
  }
}

extension RegressionFinding {
  /// Whether the history alone would stop the release.
  fileprivate var isNewlyWorse: Bool { effect == .blocks || effect == .suspect }
}

extension Finding {
  /// How far a finding is off, as a share: beyond its limit where that decided, else from its history. Where the
  /// limit or the level is zero no share is larger.
  fileprivate var distance: Double {
    switch budget?.outcome {
    case .over?, .warn?, .waived?, .near?:
      guard let value, let budget else { return 0 }
      return budget.excess(of: value) ?? .infinity
    default:
      guard let change = regression?.judgement?.change else { return 0 }
      return abs(change.relative ?? .infinity)
    }
  }
}
