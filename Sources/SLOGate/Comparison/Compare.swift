import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics

/// Puts two sides side by side: no file, clock, variable or terminal is touched.
package func compare(_ question: ComparisonQuestion) -> SideBySide {
  let pairs = question.pairing.pairs
  let builders = pairs.enumerated().map { CohortBuilder($1, question.histories[$1.key], place: $0) }
  var differences = DifferenceTest.compare(builders.flatMap(\.family))[...]
  var cohorts = builders.map { builder in
    defer { differences = differences.dropFirst(builder.family.count) }
    return builder.comparison(Array(differences.prefix(builder.family.count)))
  }
  ComparisonPolicy.markRegressions(in: &cohorts)
  return SideBySide(
    before: question.before, after: question.after, cohorts: cohorts, refused: question.pairing.refused,
    onlyBefore: question.pairing.onlyBefore, onlyAfter: question.pairing.onlyAfter,
    notices: notices(question, cohorts))
}

/// When a change is a regression that a build may fail on: the standards of a check.
package enum ComparisonPolicy {
  /// The chance of one false regression among all telling series, where nothing changed (Holm).
  package static let familyErrorRate = RegressionPolicy().familyErrorRate

  /// Marks the regressions of a comparison.
  static func markRegressions(in cohorts: inout [CohortComparison]) {
    let policy = GatePolicy()
    let places = cohorts.indices.flatMap { cohort in
      cohorts[cohort].series.indices.map { (cohort, $0) }
    }
    let family = places.filter { cohort, index in
      let finding = cohorts[cohort].series[index]
      return finding.isTracked && finding.difference.p != nil
    }
    let p = family.map { cohorts[$0].series[$1].difference.p ?? 1 }
    for (place, isRejected) in zip(family, MultipleTesting.holm(p, errorRate: familyErrorRate))
    where isRejected {
      let finding = cohorts[place.0].series[place.1]
      cohorts[place.0].series[place.1].isRegression = finding.outcome == .worse && policy.matters(finding)
    }
  }
}

extension GatePolicy {
  /// Whether a change is beyond the floors.
  fileprivate func matters(_ finding: ComparedFinding) -> Bool {
    guard let change = finding.difference.change else { return false }
    return abs(change.relative ?? 1) > test.relativeFloor
      && abs(change.absolute) > floor(of: finding.series, unit: finding.unit)
  }
}

// MARK: Notices

private func notices(_ question: ComparisonQuestion, _ cohorts: [CohortComparison]) -> [String] {
  var notices = [("A", question.before), ("B", question.after)].flatMap { letter, side in
    let failed = side.runs.count - side.usableRuns.count
    let reason = side.runs.lazy.compactMap(\.reading.failure).first.map { ": \($0)" } ?? ""
    return failed == 0
      ? []
      : [
        "\(failed) of \(side.runs.count) runs of \(letter) failed or measured nothing, and are left out\(reason)"
      ]
  }
  if Set(question.before.usableRuns.map(\.id)) == Set(question.after.usableRuns.map(\.id)), !cohorts.isEmpty {
    notices.append("both sides are the same runs")
  }
  for cohort in cohorts {
    if !cohort.environmentBefore.isKnown && !cohort.environmentAfter.isKnown {
      notices.append(
        "\(cohort.profile): it is not stated in what environment either side was measured; whether they may be"
          + " compared is for you to know (--env KEY=VALUE, --environment NAME)")
    }
    for delta in cohort.settings {
      for (letter, values) in [("A", delta.before), ("B", delta.after)] where values.count > 1 {
        notices.append(
          "\(cohort.profile): runs of \(letter) differ in \(delta.field) (\(values.joined(separator: ", "))):"
            + " their median mixes them")
      }
    }
  }
  return notices
}
