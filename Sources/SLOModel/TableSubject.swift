extension Reading {
  /// Whether it says nothing but what the environment is like: its settings, and the rows of its tables. It is judged by
  /// being a condition of other results.
  package var isOfEnvironment: Bool {
    let isOfTables = measurements.allSatisfy {
      $0.series.table != nil || $0.series.endpoint == Series.wholeRun && $0.series.metric == Series.allRows
    }
    return isOfTables && (!sizing.isEmpty || measurements.contains(where: \.series.isRowCount))
  }
}

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

  /// The metric of the rows of all tables together.
  package static let allRows = "table_rows"

  /// The metric of a number of rows.
  package static let rowCount = "rows"
}
