public import SLOModel

/// What the results of a check are of, and how strictly they are judged. Everything has a default: commit and branch
/// come from the build server, else from the repository; the service from the budgets.
///
/// ```swift
/// var request = CheckRequest(service: "shop", sizing: ["stage": "perf", "instance": "m5.large"])
/// request.isStrict = true
/// ```
public struct CheckRequest: Sendable {
  /// The service measured; nil: the one the budgets name, else `default`.
  public var service: String?
  /// The commit measured, by any name that the repository understands.
  public var commit: String?
  /// The branch measured.
  public var branch: String?
  /// The branch whose runs are the reference.
  public var reference: String?
  /// The environment, by its name in the budgets.
  public var environment: String?
  /// Facts of the sizing: runs are compared only where all of them are equal.
  public var sizing: [String: String]
  /// Tuning knobs and versions: recorded and shown, never part of what must be equal.
  public var settings: [String: String] = [:]
  /// The profiles that the check is about; empty: every one.
  public var profiles: Set<String> = []
  /// Whether the service is a new one, which neither budgets nor history know.
  public var isNewService = false
  /// Whether the history is young: what only lacks comparable commits is no gap.
  public var historyIsYoung = false
  /// Whether too little comparable history makes the verdict inconclusive.
  public var requiresHistory = false
  /// Whether warnings alone give exit code 4.
  public var isStrict = false
  /// Whether what one run cannot tell from a spike is suspect, and blocks only what a second run shows again; nil: as
  /// the budgets say.
  public var isTwoStep: Bool?
  /// Results that limits on a change are held against in place of the history.
  public var against: [Reading] = []

  /// Results of a base that was measured in turn with the results judged, in the same job and in the order in which they
  /// ran, as many of each profile: what they are held against in place of the history.
  public var pairedBase: [Reading] = []

  /// Whether somebody asked for a young history, and is told when that is no longer needed.
  package var saysYoung = false
  /// A further tag that names endpoints.
  package var endpointTag: String?
  /// Profiles whose names a person wrote.
  package var namedProfiles: Set<String> = []
  /// What makes the results doubtful as a whole.
  package var warnings: [String] = []

  /// Describes results; without arguments as the build server and the repository have it.
  public init(
    service: String? = nil, commit: String? = nil, branch: String? = nil, reference: String? = nil,
    environment: String? = nil, sizing: [String: String] = [:]
  ) {
    (self.service, self.commit, self.branch) = (service, commit, branch)
    (self.reference, self.environment, self.sizing) = (reference, environment, sizing)
  }
}
