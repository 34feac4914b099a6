public import SLOHistory
import SLOModel

/// What a pruning takes, or would take, for a person.
/// - Parameter isDone: whether it was done, or only planned.
public func textReport(of plan: PruningPlan, isDone: Bool, style: TextStyle) -> String {
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
  return lines.joined(separator: "\n") + "\n"
}
