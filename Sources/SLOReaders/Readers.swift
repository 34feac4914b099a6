public import SLOModel

/// What reading some paths gave: everything that could be read, and everything that was wrong.
///
/// ```swift
/// let result = Readers.read(paths: ["results"], as: .any(load: "baseline"))
/// for error in result.errors { print(error) }
/// print(result.usable.count)
/// ```
public struct ReadResult: Sendable, Hashable {
  /// What could be read, in the order of the paths and within a folder by file name, whatever was wrong with the
  /// rest: for callers that report `errors` as well. See `readings`.
  public var usable: [Reading] = []
  /// Every input that could not be used; a check with errors must not pass.
  public var errors: [InputError] = []
  /// What a person should know: skipped files, results given twice.
  public var notices: [String] = []
  /// What makes results doubtful that no single one of them shows: a file that is named for another profile.
  public var warnings: [String] = []

  /// Creates an empty result.
  public init() {}

  /// The results, all that were asked for.
  /// - Throws: the errors, where any input could not be used.
  public var readings: [Reading] {
    get throws(InputErrors) {
      guard errors.isEmpty else { throw InputErrors(all: errors) }
      return usable
    }
  }
}

/// Reads result files into readings: the way in for everything measured elsewhere.
///
/// ```swift
/// let readings = try Readers.read(paths: ["results/*.json"], as: .profile("baseline")).readings
/// ```
public enum Readers {
  /// The reader of each format, in the order in which they are asked whether a file is theirs.
  static let all: [any EvidenceReader.Type] = [
    SampleResults.self, JMeterCSV.self, JMeterXML.self, LocustCSV.self, GatlingLog.self, WrkReport.self,
    HeyReport.self, HeyCSV.self, VegetaText.self, VegetaResults.self, LighthouseResults.self,
    PlaywrightReport.self, JUnitReport.self, LocustJSON.self, GatlingStats.self, ArtilleryReport.self,
    OhaReport.self, VegetaReport.self, ExpositionText.self, PrometheusReply.self, SizeReport.self,
    DatasetReport.self, StatementStatistics.self, StatementHistory.self, TableStatistics.self,
    TableCounts.self, IndexStatistics.self, ConnectionStates.self, DatabaseSettings.self, QueryPlan.self,
    FactLines.self, FactTable.self, FactDocument.self, K6Results.self,
  ]

  /// The results of kinds of evidence whose files are parts of one run, as one reading a profile. A file that was given
  /// twice is one part.
  private static func joined(_ readings: [Reading]) -> [Reading] {
    var (whole, parts): ([Reading], [String: [Reading]]) = ([], [:])
    for reading in readings {
      if EvidenceKind.of(profile: reading.profile).judging.repetition == .none {
        let isKnown = parts[reading.profile]?.contains { $0.source.sha256 == reading.source.sha256 } == true
        if !isKnown { parts[reading.profile, default: []].append(reading) }
      } else {
        whole.append(reading)
      }
    }
    return whole
      + parts.sorted { $0.key < $1.key }.flatMap { profile, readings in
        let kind = EvidenceKind.of(profile: profile)
        return all.first { $0.kind == kind }?.joined(readings) ?? readings
      }
  }

  /// What distinguishes one measurement from another besides the bytes of its file.
  static func identity(of reading: Reading) -> [String]? {
    all.lazy.compactMap { $0.identity(of: reading) }.first
  }

  /// Reads results of any kind of evidence.
  ///
  /// Formats are recognised from content, each plain or gzipped. One run in several formats is one run. All errors are
  /// collected, none ends the reading.
  ///
  /// ```swift
  /// let result = Readers.read(paths: ["results/*.json"], as: .profile("baseline"))
  /// for reading in try result.readings { print(reading.source.path, reading.measurements.count) }
  /// ```
  /// - Parameters:
  ///   - paths: files, folders, patterns with `*` and `?`, or `-` for standard input.
  ///   - request: which results are asked for: those of a profile, those of a kind, or any.
  ///   - options: how they are read.
  ///   - shards: further runs, each of several files: the raw samples that the instances of a distributed load
  ///     wrote, which are read as one run. Their order does not matter.
  ///   - snapshots: further runs, each of several files: what a system said of itself before and after, the oldest
  ///     first. Snapshots among `paths` are one run for each profile.
  ///   - found: paths that `resultsFolder` found: of these, as in a folder, what is no regular file is left out.
  public static func read(
    paths: [String], shards: [[String]] = [], snapshots: [[String]] = [], as request: EvidenceRequest,
    options: ReadOptions = ReadOptions(),
    found: Set<String> = []
  ) -> ReadResult {
    var session = ReadingSession(request, options: options, found: found)
    session.read(paths: paths)
    for run in shards { session.read(shards: run) }
    for run in snapshots { session.read(snapshots: run) }
    return session.result
  }

  /// The results of a folder, for `read`: one element a profile, its files sorted by name.
  ///
  /// Files count by their names: `baseline*` and `spike*` are loads of the profile of that name; every other kind of
  /// evidence has beginnings of its own. Where none lies in the folder
  /// itself, those of its newest sub-folder count, and never those of an older one. Newest is the last by
  /// name where all names begin with a digit and are equally long, else the one that changed last; names that
  /// begin with a dot do not count.
  /// - Throws: `unreadable` where there is no readable folder, `malformed` where it holds no results.
  public static func resultsFolder(
    _ path: String
  ) throws(InputError) -> [(request: EvidenceRequest, paths: [String])] {
    try resultsFolderContents(path).results
  }

  /// The same with the files beside the results that might be results too, and whose names say no kind of evidence: they
  /// are not read.
  /// - Throws: as `resultsFolder`.
  package static func resultsFolderContents(
    _ path: String
  ) throws(InputError) -> (results: [(request: EvidenceRequest, paths: [String])], unread: [String]) {
    try ResultsFolder(path: path).contents()
  }

  /// The readings of one check as they are together. Files that are parts of one run, such as the reports of tests, are
  /// one reading, however many calls read them. Endpoints and pages have their host in their name where several hosts
  /// of a profile have a path, and their method where a path was asked by several.
  ///
  /// Call it with all readings of the check; it changes nothing in those it was called with before.
  public static func settled(_ readings: [Reading]) -> [Reading] { NamesInCheck.settled(joined(readings)) }
}
