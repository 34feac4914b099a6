import ArgumentParser
import SLOCheck
import SLOSupport
import SLOHistory
import SLOModel
import SLOReports

/// Takes an acceptance back.
struct Revoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Take an acceptance back, or every one of a commit.",
    discussion: """
      Older runs are a reference again. Both decisions stay in the journal, and 'history show' lists them with the \
      runs of the commit.
      """)

  @Argument(
    help: ArgumentHelp(
      "An acceptance's id or a commit, or the beginning of one.", valueName: "acceptance|commit"))
  var name: String

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var storage: HistoryOptions

  func run() throws {
    let history = try storage.open()
    let known = try history.recordedAcceptances()
    let named = try named(among: known)
    let person = try decision.person()
    let revoked = try history.revoke(named.map(\.id), by: person, reason: decision.reason, at: .current)
    guard !revoked.isEmpty else {
      throw Failure.usage("'\(name)' was revoked\(told(named.first?.revocation))")
    }
    for recorded in named where revoked.contains(recorded.id) {
      let acceptance = recorded.acceptance
      try Terminal.print(
        VisibleText.escaped(
          "revoked \(recorded.shortID): \(scope(of: acceptance)) of \(acceptance.service) since "
            + "\(acceptance.commit.prefix(10)) (\(acceptance.since.date)), accepted by \(acceptance.by)")
          + "\n")
    }
  }

  private func told(_ revocation: RecordedAcceptance.Revocation?) -> String {
    revocation.map { " on \($0.at.date) by \($0.by): \($0.reason)" } ?? ""
  }

  /// The acceptances of a name: of the commit it is, as recorded or as git knows it, else of what it begins.
  private func named(among known: [RecordedAcceptance]) throws -> [RecordedAcceptance] {
    for sha in [name, Platform.current.repository?.commit(named: name)?.sha] {
      let exact = known.filter { $0.acceptance.commit == sha }
      if !exact.isEmpty { return exact }
    }
    let isBeginning = RunNames.isBeginning(name)
    let ids = isBeginning ? known.filter { $0.id.description.hasPrefix(name.lowercased()) } : []
    let commits = isBeginning ? known.filter { $0.acceptance.commit.hasPrefix(name) } : []
    let shas = Set(commits.map(\.acceptance.commit))
    guard ids.count + shas.count <= 1 else {
      let choices = ids.map { "acceptance \($0.shortID)" } + shas.sorted().map { "commit \($0)" }
      throw Failure.usage(
        "'\(name)' could be \(choices.joined(separator: ", ")); write more of the one that is meant")
    }
    guard let found = [ids, commits].first(where: { !$0.isEmpty }) else {
      throw Failure.usage(
        "\(storage.history) has no acceptance '\(name)' and none of such a commit; 'slogate history list' marks the "
          + "commits with one, 'slogate history show COMMIT' has its id")
    }
    return found
  }
}
