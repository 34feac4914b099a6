public import SLOSupport
public import SLOModel

/// A decision that the level of some series since a commit is the new normal: older runs are no reference for
/// them any more.
public struct Acceptance: Sendable, Hashable {
  /// The service.
  public var service: String
  /// The first commit of the new level.
  public var commit: String
  /// When that commit was made, else when it was first measured, else when it was accepted: where the level begins
  /// for those who cannot ask git.
  public var since: Timestamp
  /// The profile; nil: every one.
  public var profile: String?
  /// The endpoints; nil: every one.
  public var endpoint: EndpointPattern?
  /// The metric, spelled as in `Series.metric`; nil: every one.
  public var metric: String?
  /// The statistic; nil: every one.
  public var statistic: Statistic?
  /// Who decided.
  public var by: String
  /// Why.
  public var reason: String
  /// When it was decided.
  public var at: Timestamp

  /// Creates an acceptance.
  public init(
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
  public func covers(_ series: Series) -> Bool {
    (profile ?? series.profile) == series.profile && endpoint?.matches(series.endpoint) ?? true
      && (metric ?? series.metric) == series.metric && (statistic?.isSameFigure(as: series.statistic) ?? true)
  }
}

/// An acceptance as a history has it.
public struct RecordedAcceptance: Sendable, Hashable {
  /// That it was taken back.
  public struct Revocation: Sendable, Hashable {
    /// Who decided.
    public var by: String
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Timestamp

    /// Creates a revocation.
    public init(by: String, reason: String, at: Timestamp) {
      (self.by, self.reason, self.at) = (by, reason, at)
    }
  }

  /// The hash of its entry in the journal.
  public var id: SHA256Digest
  /// What was accepted.
  public var acceptance: Acceptance
  /// What took it back; nil while it is in force.
  public var revocation: Revocation?

  /// Creates one.
  public init(id: SHA256Digest, acceptance: Acceptance, revocation: Revocation? = nil) {
    (self.id, self.acceptance, self.revocation) = (id, acceptance, revocation)
  }
}
