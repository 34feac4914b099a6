public import SLOModel

/// What reading some paths gave: everything that could be read, and everything that was wrong.
public struct ReadResult: Sendable, Hashable {
  /// What could be read, in the order of the paths and within a folder by file name, whatever was wrong with the
  /// rest: for who tells `errors` as well. See `readings`.
  public var usable: [Reading] = []
  /// Every input that could not be used; a check with errors must not pass.
  public var errors: [InputError] = []
  /// What a person should know: skipped files, results given twice.
  public var notices: [String] = []
  /// What makes results doubtful that no single one of them tells: a file that is named for another profile.
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
public enum Readers {
  /// Reads k6 results (`profile` given) or Lighthouse reports (`profile` nil, for the report tells its own).
  ///
  /// Formats are recognised from content: k6's summaries of every shape, its raw samples in NDJSON or CSV, and
  /// Lighthouse's reports, each plain or gzipped. One run in several formats is one run. All errors are collected,
  /// none ends the reading.
  /// - Parameters:
  ///   - paths: files, folders, patterns with `*` and `?`, or `-` for standard input.
  ///   - profile: the profile k6 results belong to: `baseline`, `spike` …; nil reads Lighthouse reports.
  ///   - options: how they are read.
  ///   - shards: further runs, each of several files: the raw samples that the instances of a distributed k6 run
  ///     wrote, which are read as one run. Their order does not matter.
  ///   - found: paths that `resultsFolder` found: of these, as in a folder, what is no regular file is left out.
  public static func read(
    paths: [String], shards: [[String]] = [], profile: String?, options: ReadOptions = ReadOptions(),
    found: Set<String> = []
  ) -> ReadResult {
    var session = ReadingSession(profile: profile, options: options, found: found)
    session.read(paths: paths)
    for run in shards { session.read(shards: run) }
    return session.result
  }

  /// The results of a folder, for `read`: one element a profile, its files sorted by name.
  ///
  /// Files count by their names, `.json` or `.json.gz`: `baseline*` and `spike*` are k6 summaries of the
  /// profile of that name, `lighthouse*` and `lhr-*` reports (profile nil). Where none lies in the folder
  /// itself, those of its newest sub-folder count, and never those of an older one. Newest is the last by
  /// name where all names begin with a digit and are equally long, else the one that changed last; names that
  /// begin with a dot do not count.
  /// - Throws: `unreadable` where there is no readable folder, `malformed` where it holds no results.
  public static func resultsFolder(
    _ path: String
  ) throws(InputError) -> [(profile: String?, paths: [String])] {
    try ResultsFolder(path: path).results()
  }

  /// Gives the endpoints and pages of one check the names they have together: with their host where several hosts
  /// of a profile have a path, and with their method where a path was asked by several.
  ///
  /// Call it with all readings of the check; it changes nothing in those it was called with before.
  public static func qualifyingHosts(_ readings: [Reading]) -> [Reading] { NamesInCheck.settled(readings) }
}
