internal import SLOGate
internal import SLOModel
internal import SLOStatistics

/// What a check may block: a series, or all series of a profile together.
enum Place<Series: Hashable>: Hashable {
  case series(Series)
  case factor(Int)

  var series: Series? { if case .series(let series) = self { series } else { nil } }
}

/// The judgements of one run, and what they block at once.
struct JudgedCheck<Series: Hashable> {
  var judgements: [Place<Series>: Judgement] = [:]
  var blocked: Set<Place<Series>> = []

  /// What the two runs of a build come to together.
  static func inTwoSteps(_ first: JudgedCheck, _ second: () -> JudgedCheck) -> (
    suspects: Set<Place<Series>>, confirmed: Set<Place<Series>>
  ) {
    let rule = TwoStepRule(RegressionPolicy())
    let suspects = rule.suspects(of: first.judgements)
    return (suspects, suspects.isEmpty ? [] : rule.confirmed(suspects, by: second().judgements))
  }
}

extension JudgedCheck<SLOModel.Series> {
  /// The judgements of a verdict.
  init(_ verdict: Verdict) {
    for finding in verdict.findings {
      guard let regression = finding.regression, let judgement = regression.judgement else { continue }
      judgements[.series(finding.series)] = judgement
      if regression.effect == .blocks { blocked.insert(.series(finding.series)) }
    }
    for (index, common) in verdict.commonFactors.enumerated() {
      judgements[.factor(index)] = common.factor.judgement
      if common.blocks { blocked.insert(.factor(index)) }
    }
  }
}

extension JudgedCheck<Int> {
  /// The judgements of a family, by their index.
  init(_ family: FamilyJudgement) {
    for (index, judgement) in family.judgements.enumerated() {
      judgements[.series(index)] = judgement
      if judgement.blocks { blocked.insert(.series(index)) }
    }
    for (index, common) in family.common.enumerated() {
      judgements[.factor(index)] = common.judgement
      if common.judgement.blocks { blocked.insert(.factor(index)) }
    }
  }
}
