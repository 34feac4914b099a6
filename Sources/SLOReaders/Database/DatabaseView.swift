internal import SLOModel

/// The reader of what a query of one of a database's views gave.
///
/// Files of one view are snapshots of it, in the order in which they were given.
protocol DatabaseView: SnapshotReader {
  /// The name of the format, as readings have it.
  static var format: String { get }
  /// The query that gives such a file, as a remedy shows it.
  static var query: String { get }
  /// Whether a table is of the view, by its columns.
  static func isOne(_ table: ViewTable) -> Bool
  /// Whether names of columns, in a form that cannot be read, are those of the view.
  static func isOne(ofColumns names: Set<String>) -> Bool

  /// Takes the rows.
  init(_ table: ViewTable)
}

extension DatabaseView {
  static var kind: EvidenceKind { .database }

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    if let layout = start.withBytes(UnreadableLayout.init(startOf:)), isOne(ofColumns: layout.columns) {
      throw layout.error(file: file.path, query: query)
    }
    guard let table = try ViewTable(file, startingWith: start), isOne(table) else { return nil }
    return .results(Self(table))
  }

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard let table = try ViewTable(root), isOne(table) else { return nil }
    return .results(Self(table))
  }

  static func isOne(_ table: ViewTable) -> Bool { isOne(ofColumns: table.columns) }

  static func joined(_ readings: [Reading]) -> [Reading] { DatabaseFigures.joined(readings) }
}
