package import SLOSupport
package import SLOModel

/// A decision that the level of some series since a commit is the new normal: older runs are no reference for
/// them any more.
package struct Acceptance: Sendable, Hashable {
  /// The service.
  package var service: String
  /// The first commit of the new level.
  package var commit: String
  /// When that commit was made, else when it was first measured, else when it was accepted: where the level begins
  /// for those who cannot ask git.
  package var since: Timestamp
  /// The profile; nil: every one.
  package var profile: String?
  /// The endpoints; nil: every one.
  package var endpoint: EndpointPattern?
  /// The metric, spelled as in `Series.metric`; nil: every one.
  package var metric: String?
  /// The statistic; nil: every one.
  package var statistic: Statistic?
  /// Who decided.
  package var by: String
  /// Why.
  package var reason: String
  /// When it was decided.
  package var at: Timestamp

  /// Creates an acceptance.
  package init(
    service: String, commit: String, since: Timestamp, profile: String? = nil,
    endpoint: EndpointPattern? = nil, metric: String? = nil, statistic: Statistic? = nil, by: String,
    reason: String, at: Timestamp
  ) {
    self.service = service
    self.commit = commit
    self.since = since
    self.profile = profile
    self.endpoint = endpoint
    self.metric = metric
    self.statistic = statistic
    self.by = by
    self.reason = reason
    self.at = at
  }

  /// Whether it speaks of a series.
  package func covers(_ series: Series) -> Bool {
    (profile ?? series.profile) == series.profile && endpoint?.matches(series.endpoint) ?? true
      && (metric ?? series.metric) == series.metric && (statistic?.isSameFigure(as: series.statistic) ?? true)
  }
}

/// An acceptance as a history has it.
package struct RecordedAcceptance: Sendable, Hashable {
  /// That it was taken back.
  package struct Revocation: Sendable, Hashable {
    /// Who decided.
    package var by: String
    /// Why.
    package var reason: String
    /// When it was decided.
    package var at: Timestamp

    /// Creates a revocation.
    package init(by: String, reason: String, at: Timestamp) {
      (self.by, self.reason, self.at) = (by, reason, at)
    }
  }

  /// The hash of its entry in the journal.
  package var id: SHA256Digest
  /// What was accepted.
  package var acceptance: Acceptance
  /// What took it back; nil while it is in force.
  package var revocation: Revocation?

  /// Creates one.
  package init(id: SHA256Digest, acceptance: Acceptance, revocation: Revocation? = nil) {
    (self.id, self.acceptance, self.revocation) = (id, acceptance, revocation)
  }
}
