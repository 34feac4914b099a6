public import SLOSupport

/// One measured result in its context: a value with an identity. What the history stores.
///
/// ```swift
/// let run = Run(
///   service: "shop", commit: Commit(sha: "4f9a6735c1"), environment: Environment(name: nil, sizing: ["stage": "perf"]),
///   settings: [:], reading: reading)
/// print(run.id)
/// ```
public struct Run: Sendable, Hashable {
  /// The service measured.
  public var service: String
  /// The commit measured.
  public var commit: Commit
  /// The environment it was measured in, the reading's conditions included.
  public var environment: Environment
  /// Tuning knobs and versions, recorded with the values and never part of the key.
  public var settings: [String: String]
  /// What was measured.
  public var reading: Reading

  /// Puts a reading into its context.
  public init(
    service: String, commit: Commit, environment: Environment, settings: [String: String], reading: Reading
  ) {
    self.service = service
    self.commit = commit
    self.environment = environment.under(conditions: environment.isKnown ? reading.conditions : [:])
    self.settings = settings
    self.reading = reading
  }

  /// The profile the run was measured under.
  public var profile: String { reading.profile }

  /// SHA-256 over source digest and part, commit, profile, sizing and service, in that order.
  ///
  /// Recording the same file in the same context twice gives the same id, so histories merge as sets, and
  /// anyone who has the file can recompute it.
  public var id: SHA256Digest {
    SHA256Digest(
      of: canonicalForm(of: [
        "slogate.run/v1", reading.source.sha256, String(reading.source.part), commit.sha, profile,
        canonicalForm(of: environment.sizing), service,
      ]))
  }
}
