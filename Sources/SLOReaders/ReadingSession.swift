internal import SLOModel
internal import SLOStatistics
internal import SLOSupport

/// One call of `Readers.read`: reads path after path and counts every result once.
struct ReadingSession {
  /// What was read so far.
  var result = ReadResult()

  let request: EvidenceRequest
  let options: ReadOptions
  private let found: Set<String>
  /// Where each result was seen first: by content, and where a reader can by what it is of.
  var seen: [String: String] = [:]
  /// Snapshots that were found and not yet read.
  var snapshots: [SnapshotFile] = []

  typealias Content = Result<FileContent, InputError>

  /// Starts a session.
  init(_ request: EvidenceRequest, options: ReadOptions, found: Set<String>) {
    if case .profile(let name) = request {
      self.request = .profile(ComposedText.composed(name))
    } else {
      self.request = request
    }
    self.options = options
    self.found = found
  }

  /// Reads the paths as the user gave them.
  mutating func read(paths given: [String]) {
    let paths = readFolders(among: given)
    let expansions = paths.map { path in
      Result { () throws(InputError) in
        try found.contains(path)
          ? [PathExpansion.found(path)] : PathExpansion.expand(path, isResult: isResultName)
      }
    }
    var contents = contents(of: expansions.flatMap { ((try? $0.get()) ?? []).flatMap(\.files) })[...]
    for expansion in expansions {
      do {
        for expansion in try expansion.get() {
          let files = contents.prefix(expansion.files.count)
          contents = contents.dropFirst(files.count)
          for path in expansion.leftOut { notice("left out \(shown(path)): it is no regular file") }
          if expansion.isFolder { keepFolder(expansion, files) } else { keepFiles(expansion.files, files) }
          if expansion.isFound { warnOfNames(expansion.files) }
        }
      } catch {
        result.errors.append(error)
      }
    }
    readSnapshots()
  }

  func isResultName(_ name: String) -> Bool {
    request.kinds.contains { PathExpansion.isResultName(name, of: $0) }
  }

  var wanted: String { request.wanted }

  /// What files hold. Small results come by the hundred and are read on all cores; raw samples take all cores
  /// for one file.
  private func contents(of paths: [String]) -> [Content] {
    concurrentMap(paths, workers: request.admits(.load) ? 1 : Cores.count) { [request, options] path in
      Result { () throws(InputError) in try FileContent(of: path, request, options: options) }
    }
  }

  /// Files that were named one by one have to be what was asked for.
  private mutating func keepFiles(
    _ paths: [String], _ contents: ArraySlice<Content>, listedIn list: String? = nil
  ) {
    for (path, content) in zip(paths, contents) {
      do throws(InputError) {
        switch try content.get() {
        case .readings(let readings): keep(readings)
        case .snapshot(let snapshot): snapshots.append(snapshot)
        case .list(let found):
          if let list { throw listInList(path, found, in: list) }
          keepResults(of: found, at: path)
        case .companion(let error), .other(_, let error): throw error
        }
      } catch {
        result.errors.append(error)
      }
    }
  }

  /// In a folder other files may lie next to the results; damaged ones are still errors.
  private mutating func keepFolder(_ folder: PathExpansion.Expansion, _ contents: ArraySlice<Content>) {
    var isEmpty = true
    let older = olderReports(folder.files, contents)
    for (path, content) in zip(folder.files, contents) where !older.contains(path) {
      do {
        switch try content.get() {
        case .readings(let readings):
          isEmpty = isEmpty && readings.isEmpty
          keep(readings)
        case .snapshot(let snapshot):
          isEmpty = false
          snapshots.append(snapshot)
        case .list, .companion: break
        case .other(let name, _): notice("skipped \(shown(path)): it holds \(name), not \(wanted)")
        }
      } catch {
        isEmpty = false
        result.errors.append(error)
      }
    }
    if isEmpty { result.errors.append(nothing(in: folder.path)) }
  }

  /// Warns of files in a folder that are named for another profile than they were read for.
  private mutating func warnOfNames(_ paths: [String]) {
    let read = Set(result.usable.map(\.source.path))
    warn(ofNames: paths.filter(read.contains))
  }

  /// The same of files that were read.
  mutating func warn(ofNames paths: [String]) {
    guard let profile = request.profile else { return }
    for path in paths {
      guard let other = ProfileOfName.other(than: profile, in: path) else { continue }
      result.warnings.append(
        "\(shown(path)) is named for \(other) and was read as \(UntrustedText.escaped(profile)): pass the files of"
          + " each profile by themselves")
    }
  }

  /// What a list names lies next to it.
  private mutating func keepResults(of list: ResultList, at path: String) {
    for name in list.repeated {
      notice("counted once: \(shown(name)), which several entries of \(shown(path)) name")
    }
    let listed = list.paths(beside: path)
    let paths = listed.filter(FileSystem.isFile)
    for path in listed where !FileSystem.isFile(path) { result.errors.append(noFile(path)) }
    keepFiles(paths, contents(of: paths)[...], listedIn: path)
  }
}

extension ReadingSession {
  private mutating func keep(_ readings: [Reading]) {
    for reading in readings { keep(reading) }
  }

  mutating func keep(_ reading: Reading) {
    let content = [reading.source.sha256, String(reading.source.part)]
    let keys = [content, Readers.identity(of: reading)].compactMap { $0?.joined(separator: "\0") }
    for key in keys {
      if let first = seen[key] {
        notice("counted once: \(shown(reading.source.path)) holds the same result as \(shown(first))")
        return
      }
    }
    for key in keys { seen[key] = reading.source.path }
    if let twin = result.usable.firstIndex(where: { SameRun.isTwin($0, reading) }) {
      // A load tool writes one run in several formats on request: they are no repetitions of it.
      let first = result.usable[twin]
      let kept = SameRun.richer(first, reading)
      let other = kept.source.path == first.source.path ? reading : first
      notice("counted once: \(shown(other.source.path)) holds the same run as \(shown(kept.source.path))")
      result.usable[twin] = kept
    } else {
      result.usable.append(reading)
    }
  }

  mutating func notice(_ text: String) { result.notices.append(text) }

  func shown(_ path: String) -> String { UntrustedText.escaped(path, limit: 4_096) }

  private func listInList(_ path: String, _ found: ResultList, in list: String) -> InputError {
    InputError(
      .malformed, file: path, found: found.title, expected: wanted,
      remedy: "name reports alone in \(shown(list))")
  }

  private func noFile(_ path: String) -> InputError {
    InputError(
      .unreadable, file: path, found: "no regular file", expected: wanted,
      remedy: "pass a pipe by its own name")
  }

  private func nothing(in folder: String) -> InputError {
    InputError(
      .malformed, file: folder, found: "a folder with JSON files of other kinds", expected: wanted,
      remedy: "check that the step that writes the results has run")
  }
}
