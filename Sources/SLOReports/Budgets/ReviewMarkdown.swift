import SLOBudgets
package import SLOGate
import SLOModel

/// What the comment with a review of budgets begins with, unseen: another one than that with the verdict.
package let reviewMarker = "<!-- slogate:sticky budgets -->"

/// A change of the budgets as a pull-request comment of at most 60,000 bytes: what is looser first, the rest folded.
package func markdownReport(of review: BudgetReview) -> String {
  let mark = review.count(.loosened) > 0 ? "⚠️" : "✅"
  var page = MarkdownPage("\(reviewMarker)\n## \(mark) \(review.headline)\n", limit: 60_000)
  let sentence = review.replaySentence.map { markdown($0, atMost: 600) + "\n" }
  page.add(MarkdownSection("sentences", head: "", items: sentence.map { [$0] } ?? [], of: 1))
  let rows = review.rows
  let checks = review.replay?.checks.count ?? 0
  page.add(table("changes that loosen", rows.filter { $0.effect == .loosened }, checks, atMost: 40))
  page.add(table("other changes", rows.filter { $0.effect == .changed }, checks, atMost: 20))
  let tightened = table("changes that tighten", rows.filter { $0.effect == .tightened }, checks, atMost: 60)
  page.add(
    rows.count - tightened.items.count == 0
      ? tightened : folded(tightened, "\(review.count(.tightened)) tightened"))
  return page.text
}

private func table(_ name: String, _ rows: [ReviewRow], _ checks: Int, atMost most: Int) -> MarkdownSection {
  let head = """
    | | what | was | is | written |
    |---|---|--:|--:|---|

    """
  return MarkdownSection(
    name, head: head, items: rows.prefix(most).map { text(of: $0, checks) }, of: rows.count)
}

/// The same where only those see it who unfold it.
private func folded(_ section: MarkdownSection, _ title: String) -> MarkdownSection {
  var section = section
  section.head = "<details><summary>\(title)</summary>\n\n" + section.head
  section.tail = "\n</details>\n"
  return section
}

private func text(of row: ReviewRow, _ checks: Int) -> String {
  let remarks = row.remarks + [row.impactWords(of: checks)].compactMap { $0 }
  let what = "\(markdown(row.what, atMost: 120))" + (row.reach.map(small) ?? "")
  let after = "**\(markdown(row.after, atMost: 160))**" + remarks.map(small).joined()
  let written = markdown(row.places, atMost: 200) + (row.owner.map { small("owner \($0)") } ?? "")
  let cells = [row.word, what, markdown(row.before, atMost: 160), after, written]
  return "| \(cells.joined(separator: " | ")) |\n"
}

private func small(_ text: String) -> String { "<br><sub>\(markdown(text, atMost: 240))</sub>" }
