internal import SLOModel

/// One call of `Readers.read`: reads path after path and counts every result once.
struct ReadingSession {
  /// What was read so far.
  private(set) var result = ReadResult()

  private let profile: String?
  private let options: ReadOptions
  private let found: Set<String>
  /// Where each result was seen first: by content, and for Lighthouse by time and page.
  private var seen: [String: String] = [:]

  /// Starts a session.
  init(profile: String?, options: ReadOptions, found: Set<String>) {
    self.profile = profile
    self.options = options
    self.found = found
  }

  /// Reads one path as the user gave it.
  mutating func read(path: String) {
    do {
      for expansion in try PathExpansion.expand(path, isResult: isResultName) {
        if expansion.isFolder { readFolder(expansion) } else { try readFile(expansion.path) }
      }
    } catch {
      result.errors.append(error)
    }
  }

  private func isResultName(_ name: String) -> Bool {
    PathExpansion.isReportName(name) || profile != nil && PathExpansion.isSamplesName(name)
  }

  private var wanted: String { profile == nil ? "a Lighthouse report" : "a k6 result" }

  private mutating func readFile(_ path: String) throws(InputError) {
    let file = try SourceFile(opening: path)
    switch try Format(of: file) {
    case .manifest(let manifest) where profile == nil: readManifest(manifest, of: file)
    case let format:
      let readings = try readings(format, file)
      guard let readings else { throw unwanted(format, path) }
      for reading in readings { keep(reading, isFound: found.contains(path)) }
    }
  }

  /// In a folder other files may lie beside the results; damaged ones are still errors.
  private mutating func readFolder(_ folder: PathExpansion.Expansion) {
    var found = 0
    var problems = 0
    for (path, content) in zip(folder.files, contents(of: folder.files)) {
      do {
        switch try content.get() {
        case .readings(let readings):
          found += readings.count
          for reading in readings { keep(reading, isFound: true) }
        case .other(let name): notice("skipped \(shown(path)): it holds \(name), not \(wanted)")
        case .companion: break
        }
      } catch {
        problems += 1
        result.errors.append(error)
      }
    }
    if found == 0, problems == 0 { result.errors.append(nothing(in: folder.path)) }
  }

  /// What one file of a folder holds.
  private enum Content {
    case readings([Reading])
    /// Something that was not asked for, and its name.
    case other(String)
    /// Something that belongs to the results and need not be mentioned.
    case companion
  }

  /// What the files of a folder hold. Lighthouse's reports come by the hundred and are read on all cores.
  private func contents(of paths: [String]) -> [Result<Content, InputError>] {
    concurrentMap(paths, workers: profile == nil ? Cores.count : 1) { path in
      Result { () throws(InputError) in try content(of: path) }
    }
  }

  private func content(of path: String) throws(InputError) -> Content {
    let file = try SourceFile(opening: path)
    let format = try Format(of: file)
    if let readings = try readings(format, file) { return .readings(readings) }
    return isCompanion(format) ? .companion : .other(format.name)
  }

  private mutating func readManifest(_ manifest: LighthouseManifest, of file: SourceFile) {
    let folder = file.path == "-" ? "" : String(file.path.reversed().drop { $0 != "/" }.reversed())
    for name in manifest.repeated {
      notice("counted once: \(shown(name)), which several entries of \(shown(file.path)) name")
    }
    for name in manifest.fileNames {
      let plain = folder + name
      let path = !PathExpansion.exists(plain) && PathExpansion.exists(plain + ".gz") ? plain + ".gz" : plain
      do {
        try readFile(path)
      } catch {
        result.errors.append(error)
      }
    }
  }

  /// The readings of a recognised file; nil where it is not of the wanted kind.
  private func readings(_ format: Format, _ file: SourceFile) throws(InputError) -> [Reading]? {
    switch (format, profile) {
    case (.k6(let summary), let profile?):
      let source = Reading.Source(path: file.path, format: summary.format, sha256: try file.sha256())
      return [
        K6Reading.reading(summary, profile: profile, source: source, endpointTag: options.endpointTag)
      ]
    case (.samples(let format), let profile?):
      return [try SampleReader(file: file, format: format, profile: profile, options: options).reading()]
    case (.lighthouse(let reports), nil):
      let sha256 = try file.sha256()
      var readings: [Reading] = []
      for (part, report) in reports.enumerated() {
        let source = Reading.Source(path: file.path, format: Format.lighthouse, sha256: sha256, part: part)
        readings.append(try LighthouseReading.reading(report, source: source))
      }
      return readings
    default: return nil
    }
  }

  private func isCompanion(_ format: Format) -> Bool {
    switch format {
    case .companion, .manifest: profile == nil
    default: false
    }
  }
}

extension ReadingSession {
  /// - Parameter isFound: whether it was found in a folder, and not named by the user.
  private mutating func keep(_ reading: Reading, isFound: Bool) {
    let content = [reading.source.sha256, String(reading.source.part)]
    let keys = [content, LighthouseReading.identity(of: reading)].compactMap { $0?.joined(separator: "\0") }
    for key in keys {
      if let first = seen[key] {
        notice("counted once: \(shown(reading.source.path)) holds the same result as \(shown(first))")
        return
      }
    }
    for key in keys { seen[key] = reading.source.path }
    if isFound, let twin = result.readings.firstIndex(where: { SameRun.isTwin($0, reading) }) {
      // k6 writes one run in several formats on request: in a folder they are no repetitions of it.
      let first = result.readings[twin]
      notice(
        "counted once: \(shown(reading.source.path)) holds the same run as \(shown(first.source.path))")
      result.readings[twin] = SameRun.richer(first, reading)
    } else {
      result.readings.append(reading)
    }
  }

  private mutating func notice(_ text: String) { result.notices.append(text) }

  private func shown(_ path: String) -> String { UntrustedText.escaped(path, limit: 4_096) }

  private func unwanted(_ format: Format, _ path: String) -> InputError {
    let remedy =
      switch format {
      case .k6, .samples: "pass it with --baseline, --spike or --profile"
      case .lighthouse, .manifest: "pass it with --lighthouse"
      default: "check which file is passed"
      }
    return InputError(.malformed, file: path, found: format.name, expected: wanted, remedy: remedy)
  }

  private func nothing(in folder: String) -> InputError {
    InputError(
      .malformed, file: folder, found: "a folder with JSON files of other kinds", expected: wanted,
      remedy: "check that the step that writes the results has run")
  }
}

extension Format {
  /// The format as messages name it.
  fileprivate var name: String {
    switch self {
    case .k6: "a k6 summary"
    case .samples: "k6's raw samples"
    case .lighthouse: "a Lighthouse report"
    case .manifest: "a list of Lighthouse reports"
    case .companion: "a Lighthouse CI file without a report"
    case .other(let name): name
    }
  }
}
