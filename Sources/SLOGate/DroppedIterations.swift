import SLOBudgets
import SLOModel

/// The load of one run that was due and not applied: iterations that the load tool could not start in time.
struct DroppedIterations {
  let profile: String
  let dropped: Double
  let due: Double

  /// Nil of a run that counts no iterations, or dropped none.
  init?(_ run: Run) {
    func count(_ metric: String) -> Double? {
      let series = Series(profile: run.profile, metric: metric, statistic: .count)
      return run.reading.measurements.first { $0.series == series }?.value
    }
    guard let dropped = count("dropped_iterations"), dropped > 0 else { return nil }
    (profile, self.dropped, due) = (run.profile, dropped, dropped + (count("iterations") ?? 0))
  }

  /// The share of the iterations due that was dropped, above 0.
  var share: Double { dropped / due }

  /// The worst run of each profile that dropped any.
  static func worst(_ evaluation: Evaluation) -> [DroppedIterations] {
    let all = evaluation.runs.compactMap(DroppedIterations.init)
    return Dictionary(grouping: all, by: \.profile).sorted { $0.key < $1.key }.compactMap {
      $0.value.max { $0.share < $1.share }
    }
  }

  /// What was dropped, and what that means.
  func sentence(_ meaning: String) -> String {
    let percent = (share * 1_000).rounded() / 10
    let shown = percent == percent.rounded() ? String(Int(percent)) : String(percent)
    return "\(profile): \(shown) % of the iterations due were dropped (\(Int(exactly: dropped) ?? 0) of"
      + " \(Int(exactly: due) ?? 0)): \(meaning)"
  }
}

/// Profiles whose load was hardly applied: fast answers to few requests say nothing.
func loadGaps(_ evaluation: Evaluation) -> [String] {
  DroppedIterations.worst(evaluation).filter { $0.share > evaluation.budgets.load.droppedInconclusive }
    .map { $0.sentence("the load was not applied") }
}

/// Profiles whose load was not quite applied.
func loadWarnings(_ evaluation: Evaluation) -> [String] {
  let load = evaluation.budgets.load
  return DroppedIterations.worst(evaluation).filter {
    $0.share > load.droppedWarning && $0.share <= load.droppedInconclusive
  }
  .map { $0.sentence("the load was not applied as planned") }
}
