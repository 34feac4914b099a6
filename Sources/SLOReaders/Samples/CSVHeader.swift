/// The columns of k6's CSV output, which differ from version to version and with `--system-tags`.
struct CSVHeader {
  /// What every header begins with.
  static let start: StaticString = "metric_name,timestamp,metric_value"
  /// The columns that `start` names.
  static let fixedCount = 3

  /// The names of all columns.
  let columns: [String]

  /// Reads a header, with or without its line end.
  init(_ line: [UInt8]) {
    columns = line.withUnsafeBytes { line in
      var fields = CSVFields(line)
      var columns: [String] = []
      while let field = fields.next() { columns.append(CSVFields.unquoted(line[field])) }
      return columns
    }
  }

  /// Whether a line is a header.
  static func isOne(_ line: UnsafeRawBufferPointer) -> Bool {
    line.starts(with: start.bytes)
  }

  /// Whether the last column is `metadata`, which is no tag: it may differ in every line.
  var hasMetadata: Bool { columns.count > CSVHeader.fixedCount && columns.last == "metadata" }

  /// The column of tags that have none of their own.
  static let extraTags = "extra_tags"

  /// The columns behind the value and before the metadata.
  var tagColumns: ArraySlice<String> {
    columns.dropFirst(CSVHeader.fixedCount).dropLast(hasMetadata ? 1 : 0)
  }

  /// The tags of a record, given the bytes of its columns behind the value and before the metadata. An empty
  /// column is a tag that was not set, or the root group, whose name is empty.
  func tags(of raw: [UInt8]) -> [(key: String, value: String)] {
    raw.withUnsafeBytes { raw in
      var fields = CSVFields(raw)
      var tags: [(key: String, value: String)] = []
      for name in tagColumns {
        guard let field = fields.next() else { break }
        let value = CSVFields.unquoted(raw[field])
        if name == CSVHeader.extraTags {
          tags += CSVHeader.extraTags(value)
        } else if !value.isEmpty {
          tags.append((name, CSVHeader.value(value, of: name)))
        }
      }
      return tags
    }
  }

  /// Spreadsheets write truth values in capitals.
  private static func value(_ value: String, of name: String) -> String {
    name == SampleGrouping.expectedTag && (value == "TRUE" || value == "FALSE") ? value.lowercased() : value
  }

  /// Reads `key=value&key=value`. k6 escapes nothing in it: what has no `=` is taken for a part of the value
  /// before, which held an `&`; a value with both cannot be told from two tags.
  private static func extraTags(_ text: String) -> [(key: String, value: String)] {
    var tags: [(key: String, value: String)] = []
    for piece in text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
      if let sign = piece.firstIndex(of: UInt8(ascii: "=")) {
        tags.append((String(piece[..<sign]) ?? "", String(piece[piece.index(after: sign)...]) ?? ""))
      } else if !tags.isEmpty {
        tags[tags.count - 1].value += "&" + (String(piece) ?? "")
      }
    }
    return tags
  }
}
