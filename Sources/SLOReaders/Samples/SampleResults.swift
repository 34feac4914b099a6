internal import SLOModel

/// Raw samples of a load. Where the file has another layout than the load tool's, the file knows them in it.
struct SampleResults: EvidenceReader {
  static var kind: EvidenceKind { .load }
  static let title = "k6's raw samples"

  let format: SampleFormat

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    if let separator = start.withBytes(SpreadsheetCSV.separator) {
      file.relaid = try SpreadsheetCSV.relaid(file.text(), separator: separator, file: file.path)
      return .results(SampleResults(format: .csv))
    }
    return start.withBytes(SampleFormat.init(startOf:)).map { .results(SampleResults(format: $0)) }
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let reader = SampleReader(files: [(file, format)], profile: profile ?? "", options: options)
    do throws(InputErrors) {
      return [try reader.reading().reading]
    } catch {
      // Of one file there is one error.
      throw error.all[0]
    }
  }
}
