import SLOBudgets
import SLOModel

/// Judges the thresholds of the tool's own scripts, figure by figure. A crossed one blocks unless the budgets say
/// otherwise; a limit of a budget file on the same figure decides in its place, a built-in one does not.
struct ScriptJudgement {
  /// What follows, by figure.
  private(set) var findings: [Series: ScriptFinding] = [:]
  /// The thresholds of each figure: of several repetitions the first with each outcome.
  private(set) var thresholds: [Series: [Reading.Threshold]] = [:]

  /// A threshold as one run has it.
  private struct Told {
    var threshold: Reading.Threshold
    var source: String

    var isCrossed: Bool { threshold.passed == false }
    var isUnmeasured: Bool { !threshold.isMeasured && threshold.passed != false }
  }

  init(_ evaluation: Evaluation) {
    var told: [Series: [Told]] = [:]
    for run in evaluation.runs {
      for threshold in run.reading.thresholds {
        told[ScriptJudgement.series(of: threshold, run.profile), default: []]
          .append(Told(threshold: threshold, source: run.reading.source.path))
      }
    }
    for (series, told) in told {
      thresholds[series] = ScriptJudgement.distinct(told.map(\.threshold))
      findings[series] = finding(series, told, evaluation)
    }
  }

  /// Figures without a value that a crossed threshold speaks of all the same.
  var crossed: [Series] { findings.filter { $0.value.isCrossed }.map(\.key) }

  private func finding(_ series: Series, _ told: [Told], _ evaluation: Evaluation) -> ScriptFinding {
    let crossed = told.filter(\.isCrossed)
    let known = told.filter { $0.threshold.passed != nil && !$0.isUnmeasured }
    let deciding = !crossed.isEmpty ? crossed : !known.isEmpty ? known : told
    let isOverruled =
      !evaluation.budgets.files.isEmpty && series.alike.contains { evaluation.budget.findings[$0] != nil }
    let outcome: ScriptFinding.Outcome =
      if isOverruled { .overruled } else if !crossed.isEmpty { .crossed } else if !known.isEmpty {
        .held
      } else if told.contains(where: \.isUnmeasured) { .unmeasured } else { .unknown }
    return ScriptFinding(
      outcome: outcome, expressions: unique(deciding.map(\.threshold.expression)),
      rule: evaluation.budgets.scriptThresholds,
      value: deciding.lazy.compactMap(\.threshold.observed).first ?? evaluation.candidates[series]?.value,
      sources: unique(deciding.map(\.source)),
      runs: unique(told.map(\.source)).count)
  }

  /// The figure a threshold speaks of: `p(95)<500` of `p95`. Old versions of load tools took expressions of other kinds.
  private static func series(of threshold: Reading.Threshold, _ profile: String) -> Series {
    let name = String(threshold.expression.prefix { !"<>=! ".contains($0) })
    return Series(
      profile: profile, endpoint: threshold.endpoint, metric: threshold.metric,
      statistic: threshold.statistic ?? Statistic(spelled: name) ?? Statistic(rawValue: name))
  }

  private static func distinct(_ thresholds: [Reading.Threshold]) -> [Reading.Threshold] {
    thresholds.reduce(into: []) { kept, threshold in
      let isKnown = kept.contains {
        $0.expression == threshold.expression && $0.passed == threshold.passed
          && $0.isMeasured == threshold.isMeasured
      }
      if !isKnown { kept.append(threshold) }
    }
  }
}

extension Series {
  /// The names of the same figure: `med` and `p50` are one.
  var alike: [Series] {
    guard statistic.percentile == 50 else { return [self] }
    return [Statistic.median, .p50].map {
      Series(profile: profile, endpoint: endpoint, metric: metric, statistic: $0)
    }
  }
}

/// Each text once, in the order of their first.
func unique(_ texts: [String]) -> [String] {
  var seen: Set<String> = []
  return texts.filter { seen.insert($0).inserted }
}
