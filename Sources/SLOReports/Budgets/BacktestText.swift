import SLOBudgets
package import SLOGate
import SLOModel
import SLOReaders
import SLOSupport

/// What limits would have done to past checks, for a person: which commits, then how often each limit.
package func textReport(of test: Backtest, style: TextStyle) -> String {
  let blocked = test.blocked
  let colour: TextStyle.Colour = blocked.isEmpty ? .green : .yellow
  let title =
    "\(blocked.count) of \(counted(test.checks.count, "stored check")) would have been blocked by a limit or rule"
  let sections = [
    [style.paint(title, .bold, colour)], commits(blocked, style), limits(of: test, style),
    rules(of: test, style),
  ]
  return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
}

private func commits(_ checks: [Backtest.Check], _ style: TextStyle) -> [String] {
  let most = 20
  let lines = checks.reversed().prefix(most).flatMap { check in
    let limits = check.broken.map { trial in
      let series = trial.series
      let endpoint = series.endpoint == Series.wholeRun ? "" : " \(series.endpoint)"
      return "\(series.profile)\(endpoint) \(MetricCatalogue.label(of: series.metric, series.statistic))"
        + " \(quantity(trial.value, trial.unit, besideLimit: trial.limit.bound))"
    }
    let broken =
      limits
      + check.rules.map { finding in
        "rule \(finding.rule.text)" + (finding.endpoint == Series.wholeRun ? "" : " for \(finding.endpoint)")
      }
    let more = broken.count > 4 ? ", … \(broken.count - 4) more" : ""
    let text = broken.prefix(4).joined(separator: ", ") + more
    return hanging(String(check.commit.sha.prefix(10)), VisibleText.escaped(text), style)
  }
  let more = checks.count > most ? ["  … and \(checks.count - most) more (--format json lists all)"] : []
  return checks.isEmpty ? [] : [style.paint("Blocked, the newest first", .bold)] + lines + more
}

/// A text next to a name, its further lines below its first.
private func hanging(_ name: String, _ text: String, _ style: TextStyle) -> [String] {
  wrapped(text, to: style.width - 14).enumerated().map { index, line in
    "  " + padded(index == 0 ? VisibleText.escaped(name) : "", to: 10) + "  " + line
  }
}

private func limits(of test: Backtest, _ style: TextStyle) -> [String] {
  guard !test.limits.isEmpty else { return ["No stored value is one that a limit is for."] }
  let most = 60
  let sorted = test.limits.enumerated().sorted {
    ($1.element.commits.count, $0.offset) < ($0.element.commits.count, $1.offset)
  }.map(\.element)
  let rows = sorted.prefix(most).map { record in
    let limit = record.limit
    return [
      record.profile, limit.entry ?? "(default)", MetricCatalogue.label(of: limit.metric, limit.statistic),
      "\(limit.comparison.rawValue) \(quantity(ofLimit: limit.bound, limit.unit ?? record.unit))"
        + (limit.severity == .warn ? ", warns" : ""),
      "\(record.commits.count)", "\(record.broken) of \(record.evaluated)",
      record.waived > 0 ? "\(record.waived)" : "–",
      limit.writtenPlace.map { "\($0.file):\($0.line)" } ?? "–",
    ].map { shortened(VisibleText.escaped($0), to: 40) }
  }
  let titles = ["profile", "entry", "metric", "limit", "checks", "values over", "waived", "written"]
  let more = sorted.count > most ? ["… and \(sorted.count - most) more (--format json lists all)"] : []
  return [style.paint("Limits, those broken most first", .bold)]
    + (fitted([titles] + rows, right: [3, 4, 5, 6], to: style.width - 2) + more).map { "  " + $0 }
}

private func rules(of test: Backtest, _ style: TextStyle) -> [String] {
  guard !test.rules.isEmpty else { return [] }
  return [style.paint("Rules", .bold)]
    + test.rules.flatMap { record in
      let text =
        "\(record.rule.text): broken \(record.broken) of \(record.evaluated) times in"
        + " \(counted(record.commits.count, "check")) · \(record.rule.place.file):\(record.rule.place.line)"
      return wrapped(VisibleText.escaped(text), to: style.width - 2).map { "  " + $0 }
    }
}
