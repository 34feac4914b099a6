internal import SLOModel
internal import SLOSupport

/// The reader of snapshots: what a system says of itself at a moment, such as counters since its start.
///
/// Several snapshots of one thing, in the order in which they were taken, are one run: a counter counts by what it grew
/// between them.
protocol SnapshotReader: EvidenceReader {
  /// A snapshot, and what recognised it.
  typealias Opened = (results: Self, file: SourceFile)

  /// Whether two files of the same bytes are two snapshots between which nothing happened; else they are one given twice.
  static var mayRepeat: Bool { get }

  /// The readings of snapshots of one thing, the oldest first; of one alone as well.
  /// - Parameter profile: the profile they are of; nil where they have the kind's usual one.
  /// - Throws: `malformed` for values that cannot be.
  static func readings(
    ofSnapshots snapshots: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading]
}

extension SnapshotReader {
  static var mayRepeat: Bool { false }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    try Self.readings(ofSnapshots: [(self, file)], profile: profile, options)
  }

  /// The same of files whose reader is known by its type alone.
  fileprivate static func readings(
    ofOpened opened: [(results: any EvidenceReader, file: SourceFile)], profile: String?,
    _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let own = opened.compactMap { opened in (opened.results as? Self).map { ($0, opened.file) } }
    return try readings(ofSnapshots: own, profile: profile, options)
  }
}

extension Reading.Source {
  /// The source of a reading of several files in an order that matters; of one file its own.
  /// - Throws: `unreadable` where one cannot be read again.
  init(of files: [SourceFile], format: String) throws(InputError) {
    var digests: [String] = []
    for file in files { digests.append(try file.sha256()) }
    self.init(
      path: ShardPaths.pattern(of: files.map(\.path)), format: format,
      sha256: digests.count == 1
        ? digests[0] : SHA256Digest(of: digests.joined(separator: "\n")).description)
  }
}

/// A file that is a snapshot, to be read together with others of its profile and format.
struct SnapshotFile: Sendable {
  var path: String
  /// The profile it is of; nil where the kind's usual one is meant.
  var profile: String?
  var reader: any SnapshotReader.Type

  /// Whether two are snapshots of one thing.
  func belongs(with other: SnapshotFile) -> Bool {
    profile == other.profile && ObjectIdentifier(reader) == ObjectIdentifier(other.reader)
  }
}

extension ReadingSession {
  /// Reads the snapshots found so far: those of one profile and format are one run, in the order in which they were
  /// given.
  mutating func readSnapshots() {
    while let first = snapshots.first {
      let run = snapshots.filter(first.belongs)
      snapshots.removeAll(where: first.belongs)
      do throws(InputError) {
        try keep(snapshots: run)
      } catch {
        result.errors.append(error)
      }
    }
  }

  /// Reads files that were named as the snapshots of one run: `BEFORE,AFTER`.
  mutating func read(snapshots paths: [String]) {
    do throws(InputErrors) {
      let files = try InputErrors.collecting(paths) { path throws(InputError) in
        try PathExpansion.expand(path, isResult: isResultName)
      }.flatMap { $0 }.flatMap(\.files)
      let found = try InputErrors.collecting(files) { [request, options] path throws(InputError) in
        let content = try FileContent(of: path, request, options: options)
        guard case .snapshot(let snapshot) = content else { throw ReadingSession.noSnapshot(path, content) }
        return snapshot
      }
      guard let first = found.first else { return }
      try InputErrors.demandNone(
        found.filter { !first.belongs(with: $0) }.map { ReadingSession.mixed($0, with: first) })
      do throws(InputError) { try keep(snapshots: found) } catch { throw InputErrors(all: [error]) }
    } catch {
      result.errors += error.all
    }
  }

  private mutating func keep(snapshots: [SnapshotFile]) throws(InputError) {
    guard let first = snapshots.first else { return }
    var opened: [(results: any EvidenceReader, file: SourceFile)] = []
    var (digests, paths): (Set<String>, Set<String>) = ([], [])
    for snapshot in snapshots {
      let isKnownFile = !paths.insert(snapshot.path).inserted
      let file = try SourceFile(opening: snapshot.path)
      guard case .results(let results) = try Format(of: file) else { continue }
      let isNew = digests.insert(try file.sha256()).inserted
      if isNew || first.reader.mayRepeat && !isKnownFile {
        opened.append((results, file))
      } else {
        notice("counted once: \(shown(snapshot.path)) is the same snapshot as one before it")
      }
    }
    for reading in try first.reader.readings(ofOpened: opened, profile: first.profile, options) {
      keep(reading)
    }
  }

  private static func noSnapshot(_ path: String, _ content: FileContent) -> InputError {
    if case .other(_, let error) = content { return error }
    return InputError(
      .malformed, file: path, found: "a result that is no snapshot",
      expected: "snapshots of one system behind commas, the oldest first",
      remedy: "pass it by itself, as in --evidence NAME=FILE")
  }

  private static func mixed(_ snapshot: SnapshotFile, with first: SnapshotFile) -> InputError {
    InputError(
      .malformed, file: snapshot.path, found: snapshot.reader.title,
      expected: "\(first.reader.title), as \(UntrustedText.escaped(first.path)) is",
      remedy: "pass snapshots of one format together")
  }
}
