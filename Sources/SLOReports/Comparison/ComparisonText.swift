package import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// A comparison for a person at a terminal: the two sides, what they were measured with, and what moved.
/// - Parameter showsAll: whether every series and distribution has its line; else the rest is counted.
package func textReport(of comparison: SideBySide, style: TextStyle, showsAll: Bool = false) -> String {
  let sections =
    [heading(of: comparison, style), sides(of: comparison, style)]
    + comparison.cohorts.map { section(of: $0, style, showsAll: showsAll) }
    + [refusals(of: comparison, style), rest(of: comparison, style)]
  return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
}

// MARK: The answer and the sides

private func heading(of comparison: SideBySide, _ style: TextStyle) -> [String] {
  let series = comparison.series
  guard !series.isEmpty else {
    let word = comparison.refused.isEmpty ? "NOTHING IN COMMON" : "NOT COMPARED: the sizings differ"
    return [style.paint(word, .bold, .yellow)]
  }
  let telling = series.filter(\.isTracked)
  let main = telling.isEmpty ? series : telling
  let outcomes = Dictionary(grouping: main, by: \.outcome).mapValues(\.count)
  let words = [(ComparedFinding.Outcome.worse, "worse"), (.better, "better"), (.changed, "changed")]
  var parts = words.compactMap { outcome, word in outcomes[outcome].map { "\($0) \(word)" } }
  if let unjudged = outcomes[.unjudged] {
    parts.append(
      (unjudged == main.count ? "none judged" : "\(unjudged) not judged") + ", too little history")
  }
  if parts.isEmpty { parts = ["no significant change"] }
  let colour: TextStyle.Colour =
    outcomes[.worse] != nil ? .red : outcomes[.unjudged] != nil ? .yellow : .green
  let line =
    "\(counted(main.count, "series", plural: "series")) compared: \(parts.joined(separator: " · "))"
    + minor(comparison)
  let across = "ACROSS ENVIRONMENTS: the changes are of the sizing as well as of the code."
  return wrapped(line, to: style.width).map { style.paint($0, .bold, colour) }
    + (comparison.isAcrossEnvironments
      ? wrapped(across, to: style.width).map { style.paint($0, .bold, .yellow) } : [])
}

/// How many of the series that a check does not look at differ; most are parts or twins of others, and some always do.
private func minor(_ comparison: SideBySide) -> String {
  let minor = comparison.series.filter { !$0.isTracked }
  let moved = minor.count { [.worse, .better, .changed].contains($0.outcome) }
  guard moved > 0, minor.count < comparison.series.count else { return "" }
  return "; \(moved) of \(minor.count) minor series differ (--all)"
}

private func sides(of comparison: SideBySide, _ style: TextStyle) -> [String] {
  [("A", comparison.before), ("B", comparison.after)].flatMap { letter, side in
    labelled(letter, VisibleText.escaped(description(of: side)), style)
  }
}

/// `v1.4.0 · 41d0e77a21 (main) of 2026-05-31 · 3 runs`.
private func description(of side: ComparisonSide) -> String {
  var parts = [side.name]
  if let commit = side.commit {
    let branch = commit.branch.map { " (\($0))" } ?? ""
    let day = commit.committedAt.map { " of \($0.date)" } ?? ""
    let sha = commit.sha == side.name ? "commit" : commit.shortSHA
    parts.append("\(sha)\(branch)\(day)")
  }
  parts.append(counted(side.runs.count, "run"))
  return parts.joined(separator: " · ")
}

// MARK: One profile at one sizing

private func section(of cohort: CohortComparison, _ style: TextStyle, showsAll: Bool) -> [String] {
  let mark = cohort.isAcrossEnvironments ? style.paint("  [across environments]", .yellow) : ""
  let title = "profile \(cohort.profile) · service \(cohort.service)"
  return [style.paint(VisibleText.escaped(title), .bold) + mark]
    + context(of: cohort, style) + [""]
    + ComparisonTable(cohort, style, showsAll: showsAll).lines
    + shifts(of: cohort, style, showsAll: showsAll)
    + lone(cohort, style)
}

private func context(of cohort: CohortComparison, _ style: TextStyle) -> [String] {
  let environment = cohort.environmentAfter
  let sizing = environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  let same = ([environment.name].compactMap { $0 } + sizing).joined(separator: " · ")
  var lines = labelled("runs", "\(cohort.runsBefore) → \(cohort.runsAfter)", style)
  lines +=
    cohort.sizing.isEmpty
    ? labelled("env", VisibleText.escaped(same.isEmpty ? "unknown" : same), style)
    : deltas("sizing", cohort.sizing, style)
  lines += deltas("set", cohort.settings, style) + deltas("host", cohort.facts, style)
  return lines + labelled("noise", VisibleText.escaped(noise(of: cohort)), style)
}

private func noise(of cohort: CohortComparison) -> String {
  let found = "\(counted(cohort.commits.count, "other comparable commit"))"
  guard cohort.missingCommits == 0 else {
    return "unknown: \(found), \(DifferenceTest.fewestCommits) are needed to tell a change from noise"
      + " (\(cohort.missingCommits) missing)"
  }
  let ends = [cohort.commits.first, cohort.commits.last].compactMap { $0?.sha.prefix(10) }.joined(
    separator: " … ")
  return "of \(found) (\(ends))"
}

/// One line a field, so that a difference is seen and can be copied.
private func deltas(_ label: String, _ deltas: [FieldDelta], _ style: TextStyle) -> [String] {
  deltas.enumerated().flatMap { index, delta in
    labelled(index == 0 ? label : "", VisibleText.escaped(text(of: delta)), style)
  }
}

private func text(of delta: FieldDelta) -> String {
  func side(_ values: [String]) -> String {
    let more = values.count > 3 ? ", …" : ""
    return values.isEmpty ? "not given" : values.prefix(3).joined(separator: ", ") + more
  }
  return "\(delta.field): \(side(delta.before)) → \(side(delta.after))"
}

// MARK: What was not compared

private func lone(_ cohort: CohortComparison, _ style: TextStyle) -> [String] {
  [("A", cohort.onlyBefore), ("B", cohort.onlyAfter)].flatMap { letter, series -> [String] in
    guard !series.isEmpty else { return [] }
    let names = series.prefix(3).map {
      "\(label(ofEndpoint: $0.endpoint)) \(MetricCatalogue.label(of: $0.metric, $0.statistic))"
    }
    let more = series.count > 3 ? ", …" : ""
    let text =
      "\(counted(series.count, "series", plural: "series")) only in \(letter): \(names.joined(separator: ", "))\(more)"
    return wrapped(VisibleText.escaped(text), to: style.width - 2).map { "  " + $0 }
  }
}

private func refusals(of comparison: SideBySide, _ style: TextStyle) -> [String] {
  guard !comparison.refused.isEmpty else { return [] }
  let lines = comparison.refused.flatMap { pair in
    [style.paint(VisibleText.escaped("profile \(pair.key.profile) · service \(pair.key.service)"), .bold)]
      + deltas("sizing", pair.sizingDelta, style)
  }
  return lines
    + labelled(
      "next",
      "measure both at one sizing, or state it alike (--env KEY=VALUE for files); --across-environments compares"
        + " them all the same, and says so", style)
}

private func rest(of comparison: SideBySide, _ style: TextStyle) -> [String] {
  let lone = [("A", comparison.onlyBefore), ("B", comparison.onlyAfter)].flatMap { letter, cohorts in
    cohorts.flatMap { cohort in
      labelled("only \(letter)", VisibleText.escaped(description(of: cohort)), style)
    }
  }
  return lone + comparison.notices.flatMap { labelled("note", VisibleText.escaped($0), style) }
}

private func description(of cohort: CohortPairing.UnpairedRuns) -> String {
  let sizing = cohort.environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  let environment = sizing.isEmpty ? "unknown environment" : sizing.joined(separator: ", ")
  return "\(cohort.profile) of service \(cohort.service), \(counted(cohort.runs, "run")) (\(environment))"
}
