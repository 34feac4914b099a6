internal import SLOModel

/// Summaries of k6: one, or a list of them, which are repetitions of one profile.
struct K6Results: EvidenceReader {
  static var kind: EvidenceKind { .load }
  static let title = "a k6 summary"

  let summaries: [K6Summary]

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard let locations = try K6Locator.all(in: root) else { return nil }
    var summaries: [K6Summary] = []
    for found in locations { summaries.append(try K6Summary(found.location, wrapper: found.wrapper)) }
    return .results(K6Results(summaries: summaries))
  }

  func joined(with next: any EvidenceReader) -> (any EvidenceReader)? {
    (next as? K6Results).map { K6Results(summaries: summaries + $0.summaries) }
  }

  /// Of a summary nothing can be left out.
  func obstacle(to options: ReadOptions, in path: String) -> (title: String, error: InputError)? {
    let (what, option) =
      options.discard > 0 ? ("the beginning of the run", "--discard") : ("groups", "--discard-groups")
    guard options.discard > 0 || !options.discardedGroups.isEmpty else { return nil }
    return (
      "a k6 summary, of which nothing can be left out",
      InputError(
        .malformed, file: path, found: K6Results.title, expected: "raw samples, to leave out \(what)",
        remedy: "pass the file of k6 run --out json=FILE, or leave out \(option)")
    )
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let profile = profile ?? ""
    let sha256 = try file.sha256()
    var readings: [Reading] = []
    for (part, summary) in summaries.enumerated() {
      if summaries.count > 1 { try summary.checkProfile(profile) }
      let source = Reading.Source(path: file.path, format: summary.format, sha256: sha256, part: part)
      readings.append(
        K6Reading.reading(
          try summary.withChecks(options), profile: profile, source: source,
          endpointTag: options.endpointTag, naming: options.naming, declared: options.metrics,
          takesSingleIterations: options.takesSingleIterations(profile)))
    }
    return readings
  }
}

/// What k6 prints for people.
enum LoadConsole {
  /// What the console output of a run is called; nil for any other text.
  static func title(of text: Bytes) -> String? {
    let isOutput = text.withBytes { text in
      ["iteration_duration....", "http_req_duration....", "execution: local"].contains {
        text.contains($0.utf8)
      }
    }
    return isOutput ? "k6's console output without a summary in JSON" : nil
  }
}
