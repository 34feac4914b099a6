internal import SLOModel

/// Lighthouse reports: one, several in a list, or those of a reply or a flow.
struct LighthouseResults: EvidenceReader {
  static var kind: EvidenceKind { .page }
  static let title = "a Lighthouse report"
  /// The format name of their readings.
  static let format = "lighthouse"

  let reports: [LighthouseReport]

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    switch try LighthouseContainer(root) {
    case .reports(let reports): .results(LighthouseResults(reports: reports))
    case .manifest(let list): .list(list)
    case .companion: .companion("a Lighthouse CI file without a report")
    case nil: nil
    }
  }

  static func recognition(within root: JSONValue) throws(InputError) -> Recognition? {
    try LighthouseUnwrapping.reports(in: root).map { .results(LighthouseResults(reports: $0)) }
  }

  func joined(with next: any EvidenceReader) -> (any EvidenceReader)? {
    (next as? LighthouseResults).map { LighthouseResults(reports: reports + $0.reports) }
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let sha256 = try file.sha256()
    let wanted = options.demand().figures
    var readings: [Reading] = []
    for (part, report) in reports.enumerated() {
      let source = Reading.Source(
        path: file.path, format: LighthouseResults.format, sha256: sha256, part: part)
      let reading = try LighthouseReading.reading(
        report, source: source, naming: options.naming, wanted: wanted)
      if let profile, reading.profile != profile {
        throw report.object.value.error(
          found: "a report of \(reading.profile)", expected: "one of \(UntrustedText.quoted(profile))",
          remedy: "pass it with --lighthouse: a report says its form factor itself")
      }
      readings.append(reading)
    }
    return readings
  }

  static func identity(of reading: Reading) -> [String]? { LighthouseReading.identity(of: reading) }
}
