public import SLOModel

/// Which past results a candidate may be compared with.
public struct WindowQuery: Sendable {
  /// The service of the candidate.
  public var service: String
  /// The profile of the candidate. One query is one profile: series of another get no values.
  public var profile: String
  /// `Environment.fingerprint` of the candidate; `unknown` is compared with nothing.
  public var environmentFingerprint: String
  /// The candidate's commit, whose own runs are never its reference.
  public var commit: String
  /// The candidate's branch, nil where it is unknown.
  public var branch: String?
  /// The branch that references come from. Runs whose branch is unknown count only when the candidate's
  /// branch is unknown too.
  public var referenceBranch: String?
  /// The commits reachable from the merge base, newest first; nil where git could not tell. Only runs of
  /// these count, in this order. Each commit costs one look-up until the window is full, so a few hundred
  /// are plenty.
  public var ancestors: [String]?
  /// Only commits at this time or earlier, where git did not tell the ancestors: the window of a check of then.
  public var until: Timestamp?
  /// The most commits to take, the newest ones.
  public var size: Int
  /// The series to fetch, with the unit they are compared in: values once measured in another unit are
  /// another series.
  public var series: [Series: Unit]
  /// What the endpoints of these series are beside their names; values recorded of another thing of the same name
  /// are not theirs.
  public var endpoints: [String: EndpointIdentity] = [:]

  /// How many commits a window holds unless told otherwise.
  public static let defaultSize = 30

  /// Creates a query.
  public init(
    service: String, profile: String, environmentFingerprint: String, commit: String, branch: String?,
    referenceBranch: String?, ancestors: [String]? = nil, size: Int = WindowQuery.defaultSize,
    series: [Series: Unit]
  ) {
    self.service = service
    self.profile = profile
    self.environmentFingerprint = environmentFingerprint
    self.commit = commit
    self.branch = branch
    self.referenceBranch = referenceBranch
    self.ancestors = ancestors
    self.size = size
    self.series = series
  }

  /// The query for a run that is being judged: for runs like it, and for the series given, else for every
  /// one it measured.
  public init(
    for run: Run, referenceBranch: String?, ancestors: [String]? = nil, size: Int = WindowQuery.defaultSize,
    series: [Series: Unit]? = nil
  ) {
    let measured = run.reading.measurements.map { ($0.series, $0.unit) }
    self.init(
      service: run.service, profile: run.profile, environmentFingerprint: run.environment.fingerprint,
      commit: run.commit.sha, branch: run.commit.branch, referenceBranch: referenceBranch,
      ancestors: ancestors, size: size, series: series ?? Dictionary(measured) { first, _ in first })
    endpoints = EndpointIdentity.identities(of: run.reading)
  }
}
