import SLOGate
import SLOModel

/// What only those see who unfold it, the most useful first.
/// - Parameter most: items of each.
func foldedSections(of verdict: Verdict, most: Int) -> [MarkdownSection] {
  func fold(_ name: String, _ title: String, _ count: Int, _ items: [String]) -> MarkdownSection {
    MarkdownSection(
      name, head: "<details><summary>\(title)</summary>\n\n", items: items, of: count,
      tail: "\n</details>\n")
  }
  let near = verdict.gravest([.near])
  let improved = verdict.gravest([.improved])
  let waivers = verdict.waiverSentences
  let unbudgeted = verdict.unbudgeted
  let notices = unique(verdict.remarks)
  let facts = facts(of: verdict)
  return [
    fold("near a limit", "\(near.count) near a limit", near.count, near.prefix(most).map(markdownItem)),
    fold(
      "improvements", "\(improved.count) improved", improved.count,
      improved.prefix(most).map(markdownItem)),
    fold(
      "waivers", counted(waivers.count, "waiver") + " to look at", waivers.count,
      waivers.prefix(most).map(markdownItem)),
    fold(
      "endpoints without a budget", counted(unbudgeted.count, "endpoint") + " without a budget",
      unbudgeted.count, unbudgeted.prefix(most).map { "- \(markdownCode($0))\n" }),
    fold(
      "notices", counted(notices.count, "notice"), notices.count, notices.prefix(most).map(markdownItem)),
    fold("facts", "How it was measured and judged", facts.count, Array(facts.prefix(most))),
  ]
}

/// Grounds, sizing, settings and runs, an item each.
private func facts(of verdict: Verdict) -> [String] {
  let settings = verdict.runs.reduce(into: [String: Set<String>]()) { all, judged in
    for (key, value) in judged.run.settings { all[key, default: []].insert(value) }
  }
  let ok = verdict.quietCounts.map { "- \($0)\n" }
  return ok + [verdict.grounds].compactMap { $0.map(markdownItem) }
    + verdict.environment.sizing.sorted { $0.key < $1.key }.map { fact("Sizing", $0.key, [$0.value]) }
    + settings.sorted { $0.key < $1.key }.map { fact("Setting", $0.key, $0.value.sorted()) }
    + verdict.runs.map(fact)
}

private func fact(_ kind: String, _ key: String, _ values: [String]) -> String {
  "- \(kind) \(markdownCode(key)): \(values.prefix(5).map { markdown($0, atMost: 80) }.joined(separator: ", "))\n"
}

private func fact(_ judged: Verdict.JudgedRun) -> String {
  let reading = judged.run.reading
  let started = reading.startedAt.map { ", started \($0.description)" } ?? ""
  return "- Run \(markdown(reading.profile, atMost: 40)) \(judged.repetition):"
    + " \(markdownCode(reading.source.path))\(started)\n"
}
