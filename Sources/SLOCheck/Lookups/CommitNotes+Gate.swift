package import SLOGate
import SLOHistory

extension Gate {
  /// What git and the history know of the commits of trends. Git is asked once for all of them.
  package func notes(on trends: [Trend]) throws(GateError) -> CommitNotes {
    let history = try demandHistory()
    var notes = CommitNotes()
    let commits = Set(trends.flatMap { $0.commits.map(\.sha) })
    notes.descriptions = platform.repository?.descriptions(of: commits.sorted()) ?? [:]
    for service in Set(trends.map(\.service)).sorted() {
      notes.acceptances += try asking { () throws(HistoryError) in try history.acceptances(service: service) }
    }
    return notes
  }
}
