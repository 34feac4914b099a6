package import SLOBudgets
package import SLOModel

/// What a check asks of the history: the series and endpoints that its results and its limits speak of.
package struct CheckPlan: Sendable {
  /// What is to be judged.
  package let input: CheckInput
  let candidates: Candidates
  let candidatesAgainst: Candidates
  let budget: BudgetJudgement
  /// The pairs of runs of the profiles that are held against a base of the same job.
  let paired: PairedRuns
  /// The series that are held against their history, with the unit they are compared in.
  package let comparedSeries: [Series: MetricUnit]
  /// Why the other measured series are not.
  let notCompared: [Series: NotCompared]

  /// Plans a check.
  package init(_ input: CheckInput) {
    self.input = input
    candidates = Candidates(input.runs)
    candidatesAgainst = Candidates(input.against)
    paired = PairedRuns(input.runs, base: input.pairedBase)
    budget = BudgetJudgement(candidates, input.budgets, now: input.now)
    (comparedSeries, notCompared) = TrackedSeries.sorted(candidates, budget)
  }

  /// The plan of an earlier commit, of whose runs no more than the series compared here is known.
  init(_ plan: CheckPlan, measuring runs: [Run]) {
    var input = plan.input
    (input.runs, input.against, input.pairedBase, input.confirmation) = (runs, [], [], [])
    input.policy.isTwoStep = false
    if let commit = runs.first?.commit { input.commit = commit }
    self.input = input
    (candidates, candidatesAgainst) = (Candidates(runs), Candidates([]))
    (budget, notCompared, paired) = (plan.budget, [:], PairedRuns([], base: []))
    comparedSeries = plan.comparedSeries.filter { [candidates] in candidates[$0.key] != nil }
  }

  /// The series that windows are to hold, with their units: those that are compared, those that have a limit on their
  /// change, the levels of those with a limit on their growth, and what shows the load of a run.
  package var windowSeries: [Series: MetricUnit] {
    let others =
      relativeSeries + candidates.endpoints.keys.flatMap(LoadDifference.series)
      + candidates.levels(under: budget)
    return others.reduce(into: comparedSeries) { wanted, series in
      wanted[series] = wanted[series] ?? candidates[series]?.measurement.unit
    }
  }

  /// The figures with a limit on their change, measured or not.
  private var relativeSeries: [Series] {
    candidates.endpoints.flatMap { profile, endpoints in
      endpoints.flatMap { endpoint in
        budget.relativeLimits(for: endpoint, profile).map {
          Series(profile: profile, endpoint: endpoint, metric: $0.metric, statistic: $0.statistic)
        }
      }
    }
  }

  /// The metrics of each endpoint measured under a profile.
  package func measured(_ profile: String) -> [String: Set<String>] {
    candidates.observed.reduce(into: [:]) { measured, observed in
      let series = observed.measurement.series
      if series.profile == profile { measured[series.endpoint, default: []].insert(series.metric) }
    }
  }

  /// The endpoints measured under each profile, the run as a whole among them.
  package var subjects: Set<BudgetSubject> {
    Set(
      candidates.endpoints.flatMap { profile, endpoints in
        endpoints.map {
          BudgetSubject(
            profile: profile, endpoint: $0, endpointTag: candidates.endpointTags[profile]?[$0])
        }
      })
  }
}
