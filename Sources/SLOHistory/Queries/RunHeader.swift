public import SLOSupport
public import SLOModel

/// What a history says of a run without its values: enough to list it.
public struct RunHeader: Sendable, Hashable {
  /// `Run.id`.
  public var id: SHA256Digest
  /// The service measured.
  public var service: String
  /// The profile.
  public var profile: String
  /// The commit measured.
  public var commit: Commit
  /// The sizing it was measured at, conditions included.
  public var environment: Environment
  /// Tuning knobs and versions.
  public var settings: [String: String]
  /// Where the result came from.
  public var source: Reading.Source
  /// When the measured run started, where that is known.
  public var startedAt: Timestamp?
  /// When it was recorded.
  public var recordedAt: Timestamp
  /// Why the run gave no values; nil for a good run.
  public var failure: String?
  /// How many values it had when it was recorded.
  public var measured: Int
  /// Whether its values were pruned.
  public var isPruned: Bool
  /// Why it is held, and so never pruned; nil for a run that is not.
  public var hold: String?

  /// Creates a header.
  public init(
    id: SHA256Digest, service: String, profile: String, commit: Commit, environment: Environment,
    settings: [String: String], source: Reading.Source, startedAt: Timestamp?, recordedAt: Timestamp,
    failure: String?, measured: Int, isPruned: Bool, hold: String?
  ) {
    self.id = id
    self.service = service
    self.profile = profile
    self.commit = commit
    self.environment = environment
    self.settings = settings
    self.source = source
    self.startedAt = startedAt
    self.recordedAt = recordedAt
    self.failure = failure
    self.measured = measured
    self.isPruned = isPruned
    self.hold = hold
  }
}

/// Which runs are asked for. What is left out restricts nothing.
public struct RunFilter: Sendable, Hashable {
  /// The service.
  public var service: String?
  /// The profile.
  public var profile: String?
  /// The branch.
  public var branch: String?
  /// `Environment.fingerprint` of the sizing, conditions included.
  public var environmentFingerprint: String?
  /// The name the sizing was last recorded under.
  public var environmentName: String?
  /// Facts of the sizing, all of them.
  public var sizing: [String: String] = [:]
  /// The commit, or the beginning of its SHA.
  public var commit: String?
  /// The beginning of the run's id, in hexadecimal digits.
  public var run: String?
  /// Only runs recorded at this time or later.
  public var since: Timestamp?
  /// The most runs to give, the newest ones.
  public var limit: Int?

  /// Asks for every run.
  public init() {}
}
