import ArgumentParser
import SLOBudgets
import SLOHistory
import SLOModel
import SLOReports

/// Says that a level is the new normal.
struct Accept: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Accept the level since a commit as the new normal.",
    discussion: """
      Older runs are no reference any more for what is accepted. Without --profile, --endpoint and --metric that is \
      everything of the service. The decision is kept in the journal with its reason; 'history revoke' takes it back.
      """)

  @Option(help: ArgumentHelp("The first commit of the new level.", valueName: "commit"))
  var commit: String

  @OptionGroup var decision: DecisionOptions

  @Option(help: ArgumentHelp("Only this profile.", valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "Only these endpoints; in a name * stands for any text, alone for the whole run.", valueName: "glob"))
  var endpoint: String?

  @Option(
    help: ArgumentHelp("Only this metric: p95, error_rate, lcp, http_req_duration …", valueName: "metric"))
  var metric: String?

  @Option(help: ArgumentHelp("The service (default: the only one that is recorded).", valueName: "name"))
  var service: String?

  @Flag(help: "Accept it even where no recorded series is meant.")
  var force = false

  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let commit = try RunNames(history, path: storage.history).commit(commit)
    let service = try serviceName(in: history)
    let meant = try AcceptedSeries(service, in: history, takesUnknown: force)
    let figure = try metric.map(meant.figure)
    let acceptance = Acceptance(
      service: service, commit: commit.sha, since: .current, profile: profile,
      endpoint: endpoint.map(EndpointPattern.selecting), metric: figure?.metric, statistic: figure?.statistic,
      by: try decision.person(), reason: decision.reason, at: .current)
    let count = try meant.count(of: acceptance, metric: metric)
    let written = try Failure.reporting { () throws(HistoryError) in
      try history.accept(acceptance, of: commit)
    }
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

  private func serviceName(in history: History) throws -> String {
    if let service { return service }
    let known = try Failure.reporting { () throws(HistoryError) in try history.services() }
    guard known.count <= 1 else {
      throw Failure.usage(
        "the history has several services: pass --service, one of \(known.joined(separator: ", "))")
    }
    return known.first ?? "default"
  }
}
