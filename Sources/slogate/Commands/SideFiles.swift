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
    let request = profile.map(EvidenceRequest.init(ofProfile:)) ?? .any(load: "baseline")
    let files = EvidenceEntry(files: path).files
    return files.count > 1
      ? Readers.read(paths: [], snapshots: [files], as: request, options: options)
      : Readers.read(paths: [path], as: request, options: options)
  }
}
