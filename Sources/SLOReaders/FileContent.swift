internal import SLOModel

/// What one file holds of what was asked for.
enum FileContent: Sendable {
  case readings([Reading])
  /// A list of reports that lie beside it.
  case manifest(LighthouseManifest)
  /// Something that belongs to the results and in a folder need not be mentioned; and what is wrong with it
  /// where it was named by itself.
  case companion(InputError)
  /// Something that was not asked for, and its name; and what is wrong with it where it was named by itself.
  case other(String, InputError)

  /// What is read where no profile is given, and where one is.
  static func wanted(profile: String?) -> String { profile == nil ? "a Lighthouse report" : "a k6 result" }

  /// Reads a file.
  /// - Throws: what makes it unreadable, or none of what its content says it is.
  init(of path: String, profile: String?, options: ReadOptions) throws(InputError) {
    let file = try SourceFile(opening: path)
    let format = try Format(of: file)
    switch (format, profile) {
    case (.k6, _?) where options.discard > 0:
      self = FileContent.whole(path, "the beginning of the run", "--discard")
    case (.k6, _?) where !options.discardedGroups.isEmpty:
      self = FileContent.whole(path, "groups", "--discard-groups")
    case (.k6(let summaries), let profile?):
      self = .readings(try FileContent.readings(summaries, of: file, profile, options))
    case (.samples(let format), let profile?):
      let reader = SampleReader(files: [(file, format)], profile: profile, options: options)
      self = .readings([try FileContent.only { () throws(InputErrors) in try reader.reading().reading }])
    case (.failedReply(let reply), nil): throw try reply.error()
    case (.lighthouse(let reports), nil):
      self = .readings(try FileContent.readings(reports, of: file, options))
    case (.manifest(let manifest), nil): self = .manifest(manifest)
    case (.companion, nil): self = .companion(FileContent.unwanted(format, path, profile))
    default: self = .other(format.name, FileContent.unwanted(format, path, profile))
    }
  }

  /// Of one file there is one error.
  private static func only<Value>(_ read: () throws(InputErrors) -> Value) throws(InputError) -> Value {
    do throws(InputErrors) {
      return try read()
    } catch {
      throw error.all[0]
    }
  }

  /// A summary of which something should be left out.
  private static func whole(_ path: String, _ what: String, _ option: String) -> FileContent {
    .other(
      "a k6 summary, of which nothing can be left out",
      InputError(
        .malformed, file: path, found: "a k6 summary", expected: "raw samples, to leave out \(what)",
        remedy: "pass the file of k6 run --out json=FILE, or leave out \(option)"))
  }

  /// Several summaries of a file are repetitions of one profile.
  private static func readings(
    _ summaries: [K6Summary], of file: SourceFile, _ profile: String, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
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

  private static func readings(
    _ reports: [LighthouseReport], of file: SourceFile, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let sha256 = try file.sha256()
    let wanted = options.demand().figures
    var readings: [Reading] = []
    for (part, report) in reports.enumerated() {
      let source = Reading.Source(path: file.path, format: Format.lighthouse, sha256: sha256, part: part)
      readings.append(
        try LighthouseReading.reading(
          report, source: source, naming: options.naming, wanted: wanted))
    }
    return readings
  }

  private static func unwanted(_ format: Format, _ path: String, _ profile: String?) -> InputError {
    let remedy =
      switch format {
      case .k6, .samples: "pass it with --baseline, --spike or --profile"
      case .lighthouse, .manifest: "pass it with --lighthouse"
      default: "check which file is passed"
      }
    return InputError(
      .malformed, file: path, found: format.name, expected: wanted(profile: profile), remedy: remedy)
  }
}

extension Format {
  /// The format as messages name it.
  var name: String {
    switch self {
    case .k6: "a k6 summary"
    case .samples: "k6's raw samples"
    case .lighthouse: "a Lighthouse report"
    case .manifest: "a list of Lighthouse reports"
    case .companion: "a Lighthouse CI file without a report"
    case .failedReply: "an error reply"
    case .other(let name): name
    }
  }
}
