internal import SLOSupport
internal import SLOModel

extension ReadingSession {
  /// Reads the files of one run that several instances of k6 wrote.
  /// - Parameter paths: as the user gave them: files, folders, patterns, or `-`.
  mutating func read(shards paths: [String]) {
    do throws(InputErrors) {
      let files = try openedShards(paths)
      let reader = SampleReader(files: files, profile: request.profile ?? "", options: options)
      let (reading, shards) = try reader.reading()
      // The whole run given twice is counted once, as a file is; a part of two runs is a mistake.
      if shards.count > 1, seen[ReadingSession.key(of: reading.source.sha256)] == nil {
        try InputErrors.demandNone(
          shards.compactMap { shard in
            seen[ReadingSession.key(of: shard.digest.description)].map {
              ShardAgreement.twice(shard.path, as: $0)
            }
          })
        for shard in shards { seen[ReadingSession.key(of: shard.digest.description)] = shard.path }
      }
      keep(reading)
    } catch {
      result.errors += error.all
    }
  }

  /// What a file that is read by itself is known by.
  private static func key(of sha256: String) -> String { [sha256, "0"].joined(separator: "\0") }

  private typealias Opened = (file: SourceFile, format: SampleFormat)

  private mutating func openedShards(_ paths: [String]) throws(InputErrors) -> [Opened] {
    let expansions = try InputErrors.collecting(paths) { path throws(InputError) in
      try PathExpansion.expand(path, isResult: isResultName)
    }.flatMap { $0 }
    for path in expansions.flatMap(\.leftOut) { notice("left out \(shown(path)): it is no regular file") }
    let all = expansions.flatMap(\.files)
    try InputErrors.demandNone(ReadingSession.repeated(all).map { ShardAgreement.twice($0, as: $0) })
    let inFolders = Set(expansions.filter(\.isFolder).flatMap(\.files))
    let opened = try InputErrors.collecting(all) { path throws(InputError) in
      let file = try SourceFile(opening: path, expecting: "k6's raw samples")
      return (file: file, format: try Format(of: file))
    }
    let files = opened.compactMap { file, format -> Opened? in
      guard case .results(let results) = format, let samples = results as? SampleResults else { return nil }
      return (file, samples.format)
    }
    let others = opened.filter { !isSamples($0.format) }
    let isBeside = { (path: String) in !files.isEmpty && inFolders.contains(path) }
    try InputErrors.demandNone(refused(others.filter { !isBeside($0.file.path) }))
    for (file, format) in others {
      notice("skipped \(shown(file.path)): it holds \(format.name), not samples")
    }
    warn(ofNames: expansions.filter(\.isFound).flatMap(\.files))
    return files
  }

  private func isSamples(_ format: Format) -> Bool {
    if case .results(let results) = format { return results is SampleResults }
    return false
  }

  private static func repeated(_ paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.filter { !seen.insert($0 == "-" ? $0 : FileSystem.resolved($0)).inserted }
  }

  /// One error for all summaries: what is wrong with them is one thing.
  private func refused(_ files: [(file: SourceFile, format: Format)]) -> [InputError] {
    let summaries = files.filter { $0.format.kind == .load }.map(\.file.path)
    let others = files.filter { !summaries.contains($0.file.path) }.map { file, format in
      InputError(
        .malformed, file: file.path, found: format.name, expected: "k6's raw samples of one instance",
        remedy: "check which file is passed")
    }
    guard let first = summaries.first else { return others }
    let more = summaries.count > 1 ? " (and \(summaries.count - 1) more among these shards)" : ""
    let summary = InputError(
      .malformed, file: first,
      found:
        "a k6 summary\(more), whose percentiles cannot be combined: the p95 of a run is no average of the p95 of"
        + " its instances",
      expected: "raw samples of each instance, of which those of the run are computed exactly",
      remedy: "run each instance with k6 run --out json=FILE.json.gz (or csv=FILE) and pass these files")
    return [summary] + others
  }
}
