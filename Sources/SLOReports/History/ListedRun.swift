public import SLOHistory
import SLOSupport
import SLOModel

/// A run as a list shows it: its header, and what was said of it.
public struct ListedRun: Sendable {
  /// The run without its values.
  public var header: RunHeader
  /// The verdicts over it, the last first.
  public var checks: [RecordedCheck]
  /// The acceptances that name its commit, with those that were taken back.
  public var acceptances: [RecordedAcceptance]

  /// Creates one.
  public init(header: RunHeader, checks: [RecordedCheck], acceptances: [RecordedAcceptance]) {
    self.header = header
    self.checks = checks
    self.acceptances = acceptances
  }

  /// The first digits of the id, for people: enough to tell a million runs apart.
  var shortID: String { String(header.id.description.prefix(10)) }

  /// The last verdict over it in one word.
  var verdict: String { checks.first.map { $0.verdict } ?? "–" }

  /// What protects its values, took them, or began with it.
  var marks: String {
    var marks: [String] = []
    if header.hold != nil { marks.append("held") }
    if header.isPruned { marks.append("pruned") }
    if acceptances.contains(where: { $0.revocation == nil }) {
      marks.append("accepted")
    } else if !acceptances.isEmpty {
      marks.append("revoked")
    }
    if header.failure != nil { marks.append("failed") }
    return marks.joined(separator: " ")
  }

  /// The sizing in one line.
  var sizing: String {
    let environment = header.environment
    guard environment.isKnown else { return "unknown" }
    let facts = environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return ([environment.name].compactMap { $0 } + facts).joined(separator: " ")
  }
}

extension Timestamp {
  /// The minute in UTC: `2026-11-20 23:20`.
  var minute: String {
    String(description.prefix(16)).split(separator: "T").joined(separator: " ")
  }
}
