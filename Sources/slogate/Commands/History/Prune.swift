import ArgumentParser
import SLOCheck
import SLOHistory
import SLOModel
import SLOReports
import SLOStatistics

/// Deletes the values of old runs.
struct Prune: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Delete the values of old runs; their headers, digests and the journal stay.",
    discussion: """
      Without --yes it only says what it would take. Where both rules are given a run is pruned that both name. \
      Held runs, runs of kept and of accepted commits keep their values. What is pruned is no reference any more; runs of \
      other branches never are one, so that --keep-last does not keep them.
      """)

  @Option(help: ArgumentHelp("Runs recorded longer ago than this: 90d, 12w.", valueName: "age"))
  var olderThan: String?

  @Option(
    help: ArgumentHelp(
      "Runs that are not of the last so many commits of their service, profile and sizing on the reference branch.",
      valueName: "n"))
  var keepLast: Int?

  @Option(
    help: ArgumentHelp("The reference branch (default: as check finds it).", valueName: "branch"))
  var reference: String?

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Commits whose runs are kept.", valueName: "commit"))
  var keepCommit: [String] = []

  @Flag(help: "Do it.")
  var yes = false

  @OptionGroup var storage: HistoryOptions

  func validate() throws {
    guard olderThan != nil || keepLast != nil else {
      throw ValidationError("Say what to prune: --older-than 90d, --keep-last 50, or both.")
    }
    if let olderThan, days(olderThan) == nil {
      throw ValidationError("--older-than takes days or weeks, as in 90d or 12w; found '\(olderThan)'.")
    }
    if let keepLast, keepLast < 0 { throw ValidationError("--keep-last is a number of commits, 0 or more.") }
  }

  func run() throws {
    let history = try storage.open()
    let now = Timestamp.current
    var rule = PruningRule()
    rule.recordedBefore = olderThan.flatMap(days).map { now.adding(days: -$0) }
    (rule.keptCommits, rule.reference) = (keepLast, reference ?? Platform.current.usualReference)
    let names = RunNames(history)
    rule.anchors = Set(try keepCommit.map { try names.commit($0).sha })
    let plan = try yes ? history.prune(rule, at: now) : history.pruningPlan(rule)
    try Terminal.print(
      textReport(
        of: plan, isDone: yes, needed: RegressionPolicy().minimumReferences,
        style: Terminal.style(.never)))
  }

  /// The days of an age; at most a thousand years.
  private func days(_ age: String) -> Int? {
    guard let unit = age.last, let number = Int(age.dropLast()), (0...365_000).contains(number) else {
      return nil
    }
    return unit == "d" ? number : unit == "w" ? number * 7 : nil
  }
}
