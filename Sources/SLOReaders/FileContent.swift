internal import SLOModel

/// What one file holds of what was asked for.
enum FileContent: Sendable {
  case readings([Reading])
  /// A snapshot, which is read together with the others of its run.
  case snapshot(SnapshotFile)
  /// A list of results that lie next to it.
  case list(ResultList)
  /// Something that belongs to the results and in a folder need not be mentioned; and what is wrong with it
  /// where it was named by itself.
  case companion(InputError)
  /// Something that was not asked for, and its name; and what is wrong with it where it was named by itself.
  case other(String, InputError)

  /// Reads a file.
  /// - Throws: what makes it unreadable, or none of what its content says it is.
  init(of path: String, _ request: EvidenceRequest, options: ReadOptions) throws(InputError) {
    let file = try SourceFile(opening: path)
    let format = try Format(of: file)
    let isWanted = format.kind.map(request.admits) ?? false
    switch format {
    case .results(let results) where isWanted:
      if let obstacle = results.obstacle(to: options, in: path) {
        self = .other(obstacle.title, obstacle.error)
      } else {
        let profile = try request.profile(of: path, type(of: results).kind)
        if let reader = type(of: results) as? any SnapshotReader.Type, !file.isPipe {
          self = .snapshot(SnapshotFile(path: path, profile: profile, reader: reader))
        } else {
          self = .readings(try results.readings(of: file, profile: profile, options))
        }
      }
    case .list(let list) where isWanted: self = .list(list)
    case .failedReply(let reply) where request.admits(.page): throw try reply.error()
    case .companion where request.profile == nil:
      self = .companion(FileContent.unwanted(format, path, request))
    default: self = .other(format.name, FileContent.unwanted(format, path, request))
    }
  }

  private static func unwanted(_ format: Format, _ path: String, _ request: EvidenceRequest) -> InputError {
    let other =
      ForeignJSON.isOfLimits(format.name)
      ? "it holds limits, not results: take them over with slogate budgets import"
      : "check which file is passed"
    return InputError(
      .malformed, file: path, found: format.name, expected: request.wanted,
      remedy: format.kind.map { "pass it with \($0.files.option)" } ?? other)
  }
}
