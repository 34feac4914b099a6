import ArgumentParser
import SLOCheck
import SLOHistory
import SLOModel

/// Protects runs from pruning.
struct Hold: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Keep the values of a run, or of every run of a commit, whatever is pruned.")

  @Argument(
    help: ArgumentHelp("A run's id or a commit, or the beginning of one.", valueName: "run|commit"),
    completion: Completions.commits)
  var name: String

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let runs = try RunNames(history).runs(name)
    let person = try decision.person()
    let held = try history.hold(runs.map(\.id), by: person, reason: decision.reason, at: .current)
    guard !held.isEmpty else {
      throw Failure.usage("the values of '\(name)' were pruned: there is nothing left to hold")
    }
    let rest = runs.count - held.count
    try Terminal.print(
      "holding \(held.count) of \(runs.count) runs\(rest > 0 ? "; the others were pruned" : "")\n")
  }
}

/// Lifts what `hold` put on.
struct Release: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Lift the holds of a run, or of every run of a commit.",
    discussion: "Values that another history pruned while they were held here are deleted now.")

  @Argument(
    help: ArgumentHelp("A run's id or a commit, or the beginning of one.", valueName: "run|commit"),
    completion: Completions.commits)
  var name: String

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let runs = try RunNames(history).runs(name)
    let person = try decision.person()
    let released = try history.release(runs.map(\.id), by: person, reason: decision.reason, at: .current)
    guard !released.isEmpty else { throw Failure.usage("'\(name)' is not held") }
    try Terminal.print("released \(released.count) of \(runs.count) runs\n")
  }
}
