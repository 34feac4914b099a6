public import SLOModel

/// What reading some paths gave: everything that could be read, and everything that was wrong.
public struct ReadResult: Sendable, Hashable {
  /// The results, in the order of the paths and within a folder by file name.
  public var readings: [Reading] = []
  /// Every input that could not be used; a check with errors must not pass.
  public var errors: [InputError] = []
  /// What a person should know: skipped files, results given twice.
  public var notices: [String] = []

  /// Creates an empty result.
  public init() {}
}

/// Reads result files into readings: the way in for everything measured elsewhere.
public enum Readers {
  /// Reads k6 summaries (`profile` given) or Lighthouse reports (`profile` nil, for the report tells its own).
  ///
  /// Formats are recognised from content. All errors are collected, none ends the reading.
  /// - Parameters:
  ///   - paths: files, folders, patterns with `*` and `?`, or `-` for standard input.
  ///   - profile: the profile k6 results belong to: `baseline`, `spike` …; nil reads Lighthouse reports.
  ///   - endpointTag: a k6 tag that names endpoints before the usual ones do.
  public static func read(paths: [String], profile: String?, endpointTag: String?) -> ReadResult {
    var session = ReadingSession(profile: profile, endpointTag: endpointTag)
    for path in paths { session.read(path: path) }
    return session.result
  }

  /// Puts the host in front of each page's path where the readings of one check are of several hosts.
  ///
  /// Call it with all Lighthouse readings of the check together; other readings pass unchanged.
  public static func qualifyingHosts(_ readings: [Reading]) -> [Reading] {
    LighthouseReading.qualifyingHosts(readings)
  }
}
