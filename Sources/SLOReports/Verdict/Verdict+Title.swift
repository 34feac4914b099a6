import SLOGate
import SLOModel
import SLOSupport

extension Verdict {
  /// The worst of what blocks, or keeps the verdict open, and by how much: `checkout p95 172 ms (limit 160 ms, +38 %
  /// against history)`. Nil where there is nothing to name. Names in it are made visible, and not escaped further.
  var title: String? {
    let outcomes: [Finding.Outcome] =
      switch code {
      case .overBudget: Finding.Outcome.decisive
      case .inconclusive: [.missing, .regressed, .suspect]
      case .regression: [.regressed, .suspect]
      case .suspect: [.suspect]
      case .warnings: [.warn]
      case .pass: []
      }
    guard !outcomes.isEmpty else { return nil }
    // The first outcome is the one that decided; where no finding has it, a rule or a gap did.
    let stories = stories(outcomes)
    guard let story = stories.first, let lead = story.lead, lead.outcome == outcomes.first else {
      return titleWithoutFinding.map(VisibleText.escaped)
    }
    if let breadth = story.breadth {
      return title(of: lead, at: SeriesName.brief(ofEndpoint: lead.series.endpoint))
        + ", \(breadth.moved) of \(breadth.compared) \(story.kind.subject.plural) slower"
    }
    let more =
      stories.count > 1 ? " and \(counted(stories.count - 1, "more", noun(of: stories.map(\.kind))))" : ""
    return title(of: lead, at: story.name) + more
  }

  /// A rule, a gap or a warning in place of a finding.
  private var titleWithoutFinding: String? {
    switch code {
    case .overBudget: rules.first { $0.outcome == .over }?.sentence
    // A gap says after its first part what to do about it.
    case .inconclusive: (openGaps.first ?? gaps.first)?.split(separator: ";").first.map(String.init)
    case .regression: commonFactors.first(where: \.blocks).map(sentence)
    case .suspect: commonFactors.first(where: \.isSuspect).map(sentence)
    case .warnings: warnings.first ?? rules.first { $0.outcome == .warn }?.sentence
    case .pass: nil
    }
  }

  private func title(of finding: Finding, at endpoint: String) -> String {
    let row = FindingRow(finding)
    let profile = Set(runs.map(\.run.profile)).count > 1 ? row.profile : ""
    let name = "\(endpoint) \(shortened(row.metric, to: 40))"
    let limit = row.limit == "–" ? "" : "limit \(row.limit)"
    guard finding.value != nil else {
      return "\(name) is missing" + inBrackets([profile, limit])
    }
    if finding.outcome == .missing {
      let samples = finding.samples.map { " of \(counted($0, "sample"))" } ?? ""
      return "\(name)\(samples) cannot be judged" + inBrackets([profile, limit])
    }
    let facts =
      finding.outcome == .over
      ? [profile, limit.isEmpty ? row.words : limit, against(finding, row, orElse: row.excess)]
      : [
        profile, finding.isCrept ? row.words.lowercased() : against(finding, row, orElse: row.words),
        row.showsLimit ? limit : "",
      ]
    return "\(name) \(row.value)" + inBrackets(facts)
  }

  private func inBrackets(_ facts: [String]) -> String {
    let facts = facts.filter { !$0.isEmpty }
    return facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
  }

  private func against(_ finding: Finding, _ row: FindingRow, orElse text: String) -> String {
    let base = finding.regression?.isPaired == true ? "the base" : "history"
    return row.change == "–" ? text : "\(row.change) against \(base)"
  }
}
