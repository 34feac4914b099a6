import SLOModel
import SLOReaders

/// The result files that one side of a comparison names.
struct SideFiles {
  let path: String
  /// The profile they are of; nil: what they or their names say, else `baseline`.
  let profile: String?
  /// Whether they are the shards of one run.
  let areShards: Bool
  let options: ReadOptions

  /// The readings; every error is reported before the command ends.
  func readings() throws -> [Reading] {
    let result = result
    var failures = Failure.Collected()
    failures.add(result.errors)
    try failures.report()
    result.notices.forEach(Terminal.notice)
    return Readers.settled(result.usable)
  }

  private var result: ReadResult {
    if areShards {
      return Readers.read(paths: [], shards: [[path]], as: .profile(profile ?? "baseline"), options: options)
    }
    return Readers.read(
      paths: [path], as: profile.map(EvidenceRequest.init(ofProfile:)) ?? .any(load: "baseline"),
      options: options)
  }
}
