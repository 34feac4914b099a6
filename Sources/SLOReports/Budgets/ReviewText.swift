import SLOBudgets
package import SLOGate
import SLOModel
import SLOSupport

/// A change of the budgets for a person: what is looser first.
package func textReport(of review: BudgetReview, style: TextStyle) -> String {
  let rows = review.rows
  let colour: TextStyle.Colour = review.count(.loosened) > 0 ? .yellow : .green
  var lines = [style.paint(review.headline, .bold, colour)]
  if let sentence = review.replaySentence {
    lines += labelled("checks", VisibleText.escaped(sentence), style)
  }
  for row in rows { lines += [""] + text(of: row, checks: review.replay?.checks.count ?? 0, style) }
  return lines.joined(separator: "\n") + "\n"
}

private func text(of row: ReviewRow, checks: Int, _ style: TextStyle) -> [String] {
  let colour: TextStyle.Colour =
    row.effect == .loosened ? .yellow : row.effect == .tightened ? .green : .cyan
  let change = ["\(row.before) → \(row.after)"] + row.remarks + (row.owner.map { ["owner \($0)"] } ?? [])
  let details: [String?] = [
    row.reach, change.joined(separator: ", "), row.places, row.impactWords(of: checks),
  ]
  let texts = details.compactMap { $0 }.filter { !$0.isEmpty }.map(VisibleText.escaped)
  return [style.paint(row.word, colour) + " " + VisibleText.escaped(row.what)]
    + texts.flatMap { wrapped($0, to: style.width - 2).map { "  " + $0 } }
}
