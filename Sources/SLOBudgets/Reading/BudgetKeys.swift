package import SLOModel
internal import SLOReaders

/// The fixed keys of the language, for its reader and for the schema that editors have of it.
package enum BudgetKeys {
  /// The sections of a file.
  package static let sections =
    [
      "version", "service", "owner", "environments", "profiles", "repetitions", "min_samples", "load",
      "k6_thresholds", "hosts", "metrics", "defaults", "run",
    ] + EvidenceKind.all.map(\.section) + ["rules", "regression", "waivers"]
  /// Of a limit with two levels or on a change.
  package static let limit = bounds + ["optional"]
  /// Of a limit, one of them needed.
  package static let bounds = ["block", "warn"] + RelativeLimit.Change.allCases.map(\.rawValue)
  /// Of a limit on a change with two levels.
  package static let levels = ["block", "warn"]
  /// Of an entry under `endpoints`, besides its profiles.
  package static let endpoint = ["owner", "match", "min_samples"]
  /// Of an entry in the section of a kind whose profiles have names of their own, besides its metrics.
  package static func subject(of kind: EvidenceKind) -> [String] {
    let query = kind.subjectNames == .addressesWithQueries ? ["query"] : []
    let profiles = kind.profiles.isClosed ? kind.profiles.usual.map(kind.profiles.shortName) : []
    return ["owner"] + query + ["min_samples"] + profiles
  }
  /// Of an environment, besides its facts: the facts that a run must have.
  package static let requires = "requires"
  /// Of an environment, besides its facts: how many rows tables have.
  package static let rows = "rows"
  /// Of a profile under `profiles`.
  package static let profile = ["optional", "min_samples", requires]
  /// Of `load`.
  package static let load = ["dropped"]
  /// Of `dropped`.
  package static let dropped = ["warn", "inconclusive"]
  /// Of a metric under `metrics`.
  package static let metric = ["unit", "better"]
  /// Of a rule; the first is needed.
  package static let rule = ["rule", "severity", "optional", "owner"]
  /// Of `regression`.
  package static let regression = [
    "block", "two_step", "false_discovery_rate", "min_change", "window", "min_history", "creep",
  ]
  /// Of `min_change`.
  package static let minimumChange = ["relative", "absolute"]
  /// Of `absolute`.
  package static let absoluteChange = ["time", "ratio", "size"]
  /// Of `creep`, all needed.
  package static let creep = ["anchor", "max"]
  /// Of a waiver, all needed.
  package static let waiver = ["endpoint", "metric", "max", "until", "owner", "reason"]
  /// Of a waiver, where it is for one profile alone.
  package static let waiverProfile = "profile"

  /// Results that a verdict may ask for, of each profile.
  package static let repetitions = 1...1_000
  /// Samples that a percentile or rate may be asked to rest on at least.
  package static let samples = 1...1_000_000_000
  /// Results that may be looked back on.
  package static let window = 2...10_000
}

/// The words of the language besides its keys, for the same.
package enum BudgetWords {
  /// The units of a time, of a share and so on, the smallest first.
  package static func units(of dimension: Quantity.Dimension) -> [String] { Quantity.units(of: dimension) }

  /// The spans of time that something may be counted in, the shortest first: `230/s`.
  package static var spans: [String] { Quantity.spans.map(\.name) }

  /// The units a metric may be declared in.
  package static var sourceUnits: [String] { SourceUnit.all.map(\.name) }

  /// The tags that name an endpoint, the strongest first.
  package static var endpointTags: [String] { Vocabulary().endpointTags }

  /// Names that profiles of the kind with free names usually have.
  package static var profiles: [String] { EvidenceKind.load.profiles.usual }
}
