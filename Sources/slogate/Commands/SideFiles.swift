import SLOModel
import SLOReaders

/// The result files that one side of a comparison names.
struct SideFiles {
  let path: String
  /// The profile they are of; nil: `baseline`, or what Lighthouse's reports tell.
  let profile: String?
  /// Whether they are the shards of one run.
  let areShards: Bool
  let options: ReadOptions

  /// The readings; every error is told before the command ends.
  func readings() throws -> [Reading] {
    let result = result
    var failures = Failure.Collected()
    failures.add(result.errors)
    try failures.report()
    result.notices.forEach(Terminal.notice)
    return Readers.qualifyingHosts(result.usable)
  }

  private var result: ReadResult {
    if areShards {
      return Readers.read(paths: [], shards: [[path]], profile: profile ?? "baseline", options: options)
    }
    if let profile {
      let isLighthouse = profile == "lighthouse" || profile.hasPrefix("lighthouse-")
      return Readers.read(paths: [path], profile: isLighthouse ? nil : profile, options: options)
    }
    let load = Readers.read(paths: [path], profile: "baseline", options: options)
    // Standard input is read up by now.
    guard !load.errors.isEmpty, path != "-" else { return load }
    let pages = Readers.read(paths: [path], profile: nil, options: options)
    return pages.errors.isEmpty ? pages : load
  }
}
