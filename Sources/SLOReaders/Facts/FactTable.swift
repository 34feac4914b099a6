internal import SLOModel
internal import SLOSupport

/// Facts in CSV: a row each, with a header that has the columns `name` and `value` and may have `subject`, `unit`,
/// `better` and `samples`, in any order.
struct FactTable: EvidenceReader {
  static var kind: EvidenceKind { .fact }
  static let title = "a file of facts"

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    let columns = start.withBytes(columns)
    let isTable = [Fact.Field.name, .value].allSatisfy { columns.contains($0.rawValue) }
    return isTable && Set(columns).count == columns.count ? .results(FactTable()) : nil
  }

  /// What the header of a table says.
  private static func columns(_ text: UnsafeRawBufferPointer) -> [String] {
    var header = CSVFields(text)
    var columns: [String] = []
    while columns.count < 100, let field = header.next() {
      columns.append(CSVTable.trimmed(CSVFields.unquoted(text[field])))
    }
    return columns
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let source = Reading.Source(path: file.path, format: "facts-csv", sha256: try file.sha256())
    let text = try file.text()
    return try text.withBytes { text throws(InputError) in
      var list = FactList(profile: profile, source: source, options) {
        JSONPlace.lineAndColumn(of: $0, in: text).line
      }
      let columns = FactTable.columns(text)
      for column in columns where Fact.Field(rawValue: column) == nil { list.note(unknown: column) }
      let fields = Fact.Field.allCases.filter { columns.contains($0.rawValue) }
      var table = try CSVTable(text, file: file.path, columns: fields.map(\.rawValue))
      while table.next() { try FactTable.addRow(of: &table, fields, to: &list) }
      if let error = table.problems.all.first { throw error }
      return [list.whole]
    }
  }

  private static func addRow(
    of table: inout CSVTable, _ fields: [Fact.Field], to list: inout FactList
  ) throws(InputError) {
    func column(_ field: Fact.Field) -> Int? { fields.firstIndex(of: field) }
    func text(_ field: Fact.Field) -> String? {
      column(field).map { CSVTable.trimmed(table.said($0)) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    do throws(Fact.Fault) {
      var said = Fact.Statement(name: text(.name) ?? "")
      (said.subject, said.unit, said.better) = (text(.subject), text(.unit), text(.better))
      for field in [Fact.Field.value, .samples] {
        guard let column = column(field) else { continue }
        guard let number = WrittenNumber(table.bare(column)) else {
          throw Fact.Fault(
            field: field, found: UntrustedText.quoted(text(field) ?? ""),
            expected: "a decimal number, or nothing where there is none",
            remedy: "write the number alone, with its unit in the column unit")
        }
        let value = number.value.isNaN ? nil : number.value
        if field == .value { said.value = value } else { said.samples = value }
      }
      try list.add(Fact(said), at: table.start)
    } catch {
      let offset = column(error.field).map { table[$0].lowerBound } ?? table.start
      let (line, column) = JSONPlace.lineAndColumn(of: offset, in: table.text)
      throw InputError(
        .malformed, file: list.reading.source.path, place: .text(line: line, column: column, path: nil),
        found: error.found, expected: error.expected, remedy: error.remedy)
    }
  }
}
