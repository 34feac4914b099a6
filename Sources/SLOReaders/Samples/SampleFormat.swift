/// The two formats of k6's raw samples.
enum SampleFormat: String {
  case json = "k6-samples-json"
  case csv = "k6-samples-csv"

  /// What all names of formats of raw samples begin with.
  static let prefix = "k6-samples"

  /// What the format of a run is called whose files are in both.
  static let mixed = "k6-samples-mixed"

  /// Recognises raw samples by the first lines of a text, behind what k6 wrote for people; nil for anything
  /// else.
  init?(startOf text: UnsafeRawBufferPointer) {
    if SampleFormat.isArray(text) { return nil }
    let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: 100)
    for line in lines.map(UnsafeRawBufferPointer.init(rebasing:)) {
      if CSVHeader.isOne(line) {
        self = .csv
        return
      }
      guard SampleFormat.isSample(line) else { continue }
      self = .json
      return
    }
    return nil
  }

  /// How the tags of its kinds are read.
  func tags(declarations: [[UInt8]]) throws(InputError) -> SampleTags {
    switch self {
    case .json: .json
    case .csv: .csv(CSVHeader(declarations.first ?? []))
    }
  }

  /// Whether a text begins a JSON array of objects: its lines, if it has some, are no documents.
  private static func isArray(_ text: UnsafeRawBufferPointer) -> Bool {
    text.lazy.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }.prefix(2).elementsEqual("[{".utf8)
  }

  /// A line may go on beyond the text: the sub-metrics of a declaration fill pages. What tells it stands at its
  /// beginning, in whatever order the keys are.
  private static func isSample(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.first == UInt8(ascii: "{"), line.count > 32 else { return false }
    let start = String(decoding: line.prefix(512), as: UTF8.self).filter { $0 != " " }
    return start.contains("\"data\":{")
      && (start.contains("\"type\":\"Metric\"") || start.contains("\"type\":\"Point\""))
  }
}
