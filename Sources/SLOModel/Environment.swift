internal import SLOSupport

/// The sizing of the environment a run was measured in: the key under which runs may be compared.
///
/// ```swift
/// let environment = Environment(name: "perf", sizing: ["stage": "perf", "instance": "m5.large"])
/// ```
public struct Environment: Sendable, Hashable {
  /// The name the budget files give this sizing, if one was used.
  public var name: String?
  /// Everything that must be equal for two runs to be comparable: stage, instance class, memory, CDN ….
  public var sizing: [String: String]

  /// An environment that is not described. It is compared with nothing.
  public static let unknown = Environment(name: nil, sizing: [:])

  /// Creates an environment.
  public init(name: String?, sizing: [String: String]) {
    self.name = name
    self.sizing = sizing
  }

  /// Whether anything is known of the sizing.
  public var isKnown: Bool { !sizing.isEmpty }

  /// This sizing under the measuring conditions of one reading.
  public func under(conditions: [String: String]) -> Environment {
    Environment(name: name, sizing: sizing.merging(conditions) { sizing, _ in sizing })
  }

  /// SHA-256 of the sizing's canonical form in hexadecimal: the name plays no part, so that renaming an
  /// environment loses no history. `unknown` for an unknown environment.
  public var fingerprint: String {
    isKnown ? SHA256Digest(of: canonicalForm(of: sizing)).description : "unknown"
  }
}
