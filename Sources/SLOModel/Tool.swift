/// This program, as every machine-readable report, every page and the journal of a history name it: who reads a verdict
/// later knows by which version's rules it came about.
package enum Tool {
  /// The name of the program.
  package static let name = "slogate"
  /// The version, `MAJOR.MINOR.PATCH` as of <https://semver.org>.
  package static let version = "0.1.0"
  /// Both, `slogate 0.1.0`.
  package static let description = "\(name) \(version)"
}
