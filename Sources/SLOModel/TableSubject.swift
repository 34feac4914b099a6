extension Series {
  private static let tablePrefix = "table "

  /// The subject that a table of a database is: `table public.orders`.
  package static func subject(ofTable name: String) -> String { tablePrefix + name }

  /// The table it is of, with its schema where that is known; nil where it is of none.
  package var table: String? {
    endpoint.hasPrefix(Series.tablePrefix) ? String(endpoint.dropFirst(Series.tablePrefix.count)) : nil
  }

  /// Whether it is the number of rows of a table.
  package var isRowCount: Bool { metric == Series.rowCount && table != nil }

  /// The metric of a number of rows.
  package static let rowCount = "rows"
}
