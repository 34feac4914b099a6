package import SLOModel
package import SLOSupport

/// One thing that happened to a history. Entries are never changed; each names those that stood last when it was
/// written, so that no earlier one can be changed, taken out or put in without every later hash telling.
package struct JournalEntry: Sendable, Hashable {
  /// What happened.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Something was learned of a commit: when it was made, what its first parent is.
    case commit
    /// A run was recorded.
    case record
    /// A verdict was given.
    case verdict
    /// A level was accepted as the new normal.
    case accept
    /// An acceptance was taken back.
    case revoke
    /// A run was protected from pruning.
    case hold
    /// A protection was lifted.
    case release
    /// The values of runs were deleted.
    case prune
    /// Histories that had grown apart were joined.
    case merge
  }

  /// When it happened.
  package var at: Timestamp
  /// What happened.
  package var kind: Kind
  /// What it happened to.
  package var subject: [String: String]
  /// The entries that stood last when it was written, in order; none for the first.
  package var parents: [SHA256Digest]

  /// Creates an entry.
  package init(at: Timestamp, kind: Kind, subject: [String: String], parents: [SHA256Digest]) {
    self.at = at
    self.kind = kind
    self.subject = subject
    self.parents = parents.sorted()
  }

  /// SHA-256 over everything else in the entry, the name of the form in front.
  package var hash: SHA256Digest {
    SHA256Digest(
      of: canonicalForm(of: [
        "slogate.journal/v1", String(at.milliseconds), kind.rawValue, canonicalForm(of: subject),
        canonicalForm(of: parents.map(\.description)),
      ]))
  }
}

/// What the entries of each kind say, as they are written and read. A key that says nothing is absent.
enum Subject {
  static func commit(_ commit: Commit) -> [String: String] {
    compact([
      "commit": commit.sha, "committed_at": commit.committedAt.map { String($0.milliseconds) },
      "first_parent": commit.firstParent,
    ])
  }

  static func record(_ run: Run, id: SHA256Digest, _ digests: RunDigests) -> [String: String] {
    [
      "run": id.description, "header": digests.header.description, "values": digests.values.description,
      "service": run.service, "profile": run.profile, "commit": run.commit.sha,
    ]
  }

  /// - Parameter tool: what judged, as in `Tool.description`; nil for a verdict from before entries said so.
  static func verdict(
    _ verdict: RecordedVerdict, over runs: [SHA256Digest], by tool: String? = nil
  ) -> [String: String] {
    compact([
      "commit": verdict.commit.sha, "environment": verdict.environment.name,
      "sizing": FlatJSON.text(verdict.environment.sizing), "verdict": verdict.verdict,
      "exit_code": String(verdict.exitCode), "runs": list(runs),
      regressedKey: verdict.regressed.map(text), suspectedKey: verdict.suspected.map(text),
      confirmationKey: verdict.confirmation.isEmpty ? nil : list(verdict.confirmation), "tool": tool,
    ])
  }

  static func accept(_ acceptance: Acceptance) -> [String: String] {
    compact([
      "service": acceptance.service, "commit": acceptance.commit, "profile": acceptance.profile,
      "endpoint": acceptance.endpoint?.text, "metric": acceptance.metric,
      "statistic": acceptance.statistic?.rawValue, "by": acceptance.by, "reason": acceptance.reason,
    ])
  }

  static func revoke(_ acceptances: [SHA256Digest], by: String, reason: String) -> [String: String] {
    ["acceptances": list(acceptances), "by": by, "reason": reason]
  }

  static func hold(_ run: SHA256Digest, by: String, reason: String) -> [String: String] {
    ["run": run.description, "by": by, "reason": reason]
  }

  static func release(
    _ run: SHA256Digest, holds: [SHA256Digest], by: String, reason: String
  ) -> [String: String] {
    ["run": run.description, "holds": list(holds), "by": by, "reason": reason]
  }

  static func prune(_ runs: [SHA256Digest], rule: String) -> [String: String] {
    ["runs": list(runs), "rule": rule]
  }

  /// Where a verdict names the series that regressed.
  static let regressedKey = "regressed"

  /// Where a verdict of a check in two steps names the series that a second run decides.
  static let suspectedKey = "suspected"

  /// Where a verdict names the runs of the second measurement among those it judged.
  static let confirmationKey = "confirmed_by"

  /// Series as an array of words, four each, in order.
  private static func text(of series: [Series]) -> String {
    FlatJSON.text(
      Set(series).sorted().flatMap { [$0.profile, $0.endpoint, $0.metric, $0.statistic.rawValue] })
  }

  /// The series of a text.
  /// - Returns: nil for anything that `text(of:)` does not write.
  static func series(_ text: String) -> [Series]? {
    guard let words = FlatJSON.array(text), words.count.isMultiple(of: 4) else { return nil }
    return stride(from: 0, to: words.count, by: 4).map { first in
      Series(
        profile: words[first], endpoint: words[first + 1], metric: words[first + 2],
        statistic: Statistic(rawValue: words[first + 3]))
    }
  }

  private static func compact(_ words: [String: String?]) -> [String: String] {
    words.compactMapValues { $0 }
  }

  /// The digests of a list; none for nil.
  /// - Returns: nil for anything that `list` does not write.
  static func digests(_ list: String?) -> [SHA256Digest]? {
    let words = (list ?? "").split(separator: " ")
    let digests = words.compactMap { SHA256Digest(hexadecimal: String($0)) }
    return digests.count == words.count ? digests : nil
  }

  private static func list(_ digests: [SHA256Digest]) -> String {
    Set(digests).sorted().map(\.description).joined(separator: " ")
  }
}

extension JournalEntry {
  /// The digest under a key; nil where there is none.
  func digest(_ key: String) -> SHA256Digest? { subject[key].flatMap { SHA256Digest(hexadecimal: $0) } }

  /// The digests under a key; nil where it holds anything else.
  func digests(_ key: String) -> [SHA256Digest]? { Subject.digests(subject[key]) }

  /// The digests of the run a record entry speaks of.
  var runDigests: RunDigests? {
    guard let header = digest("header"), let values = digest("values") else { return nil }
    return RunDigests(header: header, values: values)
  }

  /// What a commit entry says of its commit.
  var commit: Commit? {
    subject["commit"].map { sha in
      Commit(
        sha: sha,
        committedAt: subject["committed_at"].flatMap { Int64($0) }.flatMap(Timestamp.init(stored:)),
        firstParent: subject["first_parent"])
    }
  }

  /// The verdict of a verdict entry.
  var verdict: RecordedVerdict? {
    guard let sha = subject["commit"], let verdict = subject["verdict"],
      let exitCode = subject["exit_code"].flatMap({ Int($0) }),
      let sizing = subject["sizing"].flatMap(FlatJSON.dictionary)
    else { return nil }
    let regressed = subject[Subject.regressedKey].map(Subject.series)
    let suspected = subject[Subject.suspectedKey].map(Subject.series)
    if case .some(.none) = regressed { return nil }
    if case .some(.none) = suspected { return nil }
    guard let confirmation = digests(Subject.confirmationKey) else { return nil }
    return RecordedVerdict(
      commit: Commit(sha: sha), environment: Environment(name: subject["environment"], sizing: sizing),
      verdict: verdict, exitCode: exitCode, regressed: regressed ?? nil, suspected: suspected ?? nil,
      confirmation: confirmation)
  }

  /// The acceptance of an accept entry.
  /// - Parameter since: where its level begins, which the entry does not say.
  func acceptance(since: Timestamp) -> Acceptance? {
    guard let service = subject["service"], let commit = subject["commit"], let by = subject["by"],
      let reason = subject["reason"]
    else { return nil }
    return Acceptance(
      service: service, commit: commit, since: since, profile: subject["profile"],
      endpoint: subject["endpoint"].map { EndpointPattern.selecting($0) }, metric: subject["metric"],
      statistic: subject["statistic"].flatMap(Statistic.init(recorded:)), by: by, reason: reason, at: at)
  }
}
