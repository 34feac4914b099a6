import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOHistory
import SLOModel
import SLOReports
import SLOSupport

/// Says that a level is the new normal.
struct Accept: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Accept the level since a commit as the new normal.",
    discussion: """
      Older runs are no reference any more for what is accepted: the series of --profile, --endpoint and --metric, or \
      with --all everything of the service. The commit is one that was measured. The decision is kept in the journal \
      with its reason; 'history revoke' takes it back.
      """)

  @Option(
    help: ArgumentHelp("The first commit of the new level.", valueName: "commit"),
    completion: Completions.commits)
  var commit: String

  @OptionGroup var decision: DecisionOptions

  @Option(help: ArgumentHelp("Only this profile.", valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "Only these endpoints; in a name * stands for any text, alone for the whole run.", valueName: "glob"),
    completion: Completions.endpoints)
  var endpoint: String?

  @Option(
    help: ArgumentHelp("Only this metric: p95, error_rate, lcp, http_req_duration …", valueName: "metric"),
    completion: Completions.metrics)
  var metric: String?

  @Option(help: ArgumentHelp("The service (default: the only one that is recorded).", valueName: "name"))
  var service: String?

  @Flag(help: "Everything of the service, in place of --profile, --endpoint and --metric.")
  var all = false

  @Flag(help: "Accept it even where no recorded series is meant, or no run measured the commit.")
  var force = false

  @OptionGroup var storage: HistoryOptions

  func validate() throws {
    guard all != (profile != nil || endpoint != nil || metric != nil) else {
      throw ValidationError(
        all
          ? "--all is everything of the service; leave out --profile, --endpoint and --metric, or --all."
          : "What is accepted? Name it with --profile, --endpoint and --metric, or say --all for everything of the"
            + " service.")
    }
  }

  func run() throws {
    let history = try storage.open()
    let commit = try RunNames(history).commit(commit)
    let service = try serviceName(in: history)
    let meant = try AcceptedSeries(service, in: history, takesUnknown: force)
    let figure = try metric.map(meant.figure)
    let acceptance = Acceptance(
      service: service, commit: commit.sha, since: .current, profile: profile,
      endpoint: endpoint.map(EndpointPattern.selecting), metric: figure?.metric, statistic: figure?.statistic,
      by: try decision.person(), reason: decision.reason, at: .current)
    let count = try meant.count(of: acceptance, metric: metric)
    if !force { try demandRun(of: commit, service, in: history) }
    let written = try history.accept(acceptance, of: commit)
    try report(written, commit, count)
  }

  private func report(_ written: RecordedAcceptance, _ commit: Commit, _ count: Int) throws {
    let accepted = written.acceptance
    try Terminal.print(
      VisibleText.escaped(
        "accepted \(scope(of: accepted)) of \(accepted.service) since \(commit.shortSHA) (\(accepted.since.date)), "
          + "by \(accepted.by): \(count) series; 'slogate history revoke \(written.shortID)' takes it back")
        + "\n")
  }

  /// Refuses a commit that no run of the service measured: its level is that of some other commit.
  private func demandRun(of commit: Commit, _ service: String, in history: History) throws {
    var filter = RunFilter()
    (filter.service, filter.commit, filter.limit) = (service, commit.sha, 1)
    let runs = try history.runHeaders(filter)
    guard runs.isEmpty else { return }
    throw Failure.usage(
      "no run of \(service) measured \(commit.shortSHA), so it has no level to accept; name the first measured commit"
        + " of the new level, as 'slogate history list' shows it")
  }

  private func serviceName(in history: History) throws -> String {
    if let service { return service }
    let known = try history.services()
    guard known.count <= 1 else {
      throw Failure.usage(
        "the history has several services: pass --service, one of \(known.joined(separator: ", "))")
    }
    return known.first ?? "default"
  }
}
