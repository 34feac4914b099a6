public import SLOHistory
import SLOModel
import SLOSupport

/// What a pruning takes, or would take, for a person.
/// - Parameters:
///   - isDone: whether it was done, or only planned.
///   - needed: how many commits a comparison needs.
public func textReport(of plan: PruningPlan, isDone: Bool, needed: Int, style: TextStyle) -> String {
  let (runs, values) = (counted(plan.runs.count, "run"), counted(plan.values, "value"))
  var lines = [
    isDone ? "pruned \(values) of \(runs)" : "would prune \(values) of \(runs); --yes does it"
  ]
  if plan.runs.isEmpty { lines = ["nothing to prune"] }
  let commits = unique(plan.runs.map { VisibleText.escaped($0.commit.shortSHA) })
  if !commits.isEmpty {
    let rest = commits.count > 20 ? " … and \(commits.count - 20) more" : ""
    lines += labelled("commits", commits.prefix(20).joined(separator: " ") + rest, style)
  }
  for reason in PruningPlan.Protection.allCases {
    if let count = plan.protected[reason] {
      lines += labelled("kept", "\(counted(count, "run")) \(reason.rawValue)", style)
    }
  }
  for remainder in plan.remainders where remainder.commits < needed {
    lines += labelled("note", VisibleText.escaped(warning(of: remainder, needed: needed)), style)
  }
  return lines.joined(separator: "\n") + "\n"
}

private func warning(of remainder: PruningPlan.Remainder, needed: Int) -> String {
  let sizing = remainder.environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  return "\(counted(remainder.commits, "commit")) of service \(remainder.service), profile "
    + "\(remainder.profile), at \(sizing.joined(separator: " ")) can still be compared with, and \(needed) are "
    + "needed: without more no regression can be told there"
}
