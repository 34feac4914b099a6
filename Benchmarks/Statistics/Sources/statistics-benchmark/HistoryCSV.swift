internal import FoundationEssentials

/// Histories of a CSV file with the header `series_id,index,value` and perhaps `commit`, oldest first; an empty value is
/// a gap.
struct HistoryCSV {
  /// One run.
  struct Run {
    /// Not a number where there is a gap.
    var value: Double
    /// Empty where it is not known.
    var commit: String
  }

  /// The first runs of new levels, certain and doubtful ones.
  struct Labels: Decodable {
    var must: [Int]
    var may: [Int]
    /// `higher` where more is better.
    var better: String?

    /// Whether a run lies so far after or before every label that nothing can have changed there.
    func isQuiet(at run: Int, before: Int = 5, after: Int = 5) -> Bool {
      (must + may).allSatisfy { run < $0 - before || run > $0 + after }
    }
  }

  /// The series in the order of the file.
  private(set) var order: [String] = []
  private(set) var runs: [String: [Run]] = [:]

  init(path: String) throws {
    for line in try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst()
    {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 3 else { continue }
      if runs[fields[0]] == nil { order.append(fields[0]) }
      runs[fields[0], default: []].append(
        Run(value: Double(fields[2]) ?? .nan, commit: fields.count > 3 ? fields[3] : ""))
    }
  }

  /// The labels of a JSON file, by series: `{"series": {"must": [59], "may": [210], "better": "higher"}}`.
  static func labels(path: String) throws -> [String: Labels] {
    try JSONDecoder().decode([String: Labels].self, from: Data(contentsOf: URL(filePath: path)))
  }
}
