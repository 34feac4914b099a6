/// One series of a table, in the order of its rows.
public struct ValueSeries: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// One value a row, NaN where there is a gap.
  public var values: [Double]

  /// Creates a series.
  public init(name: String, values: [Double]) {
    self.name = name
    self.values = values
  }
}

extension Readers {
  /// Reads CSV with the columns `series_id`, `index` and `value`, plain or gzipped: the rows of a series
  /// together and in rising index. An empty value, `nan` or `null` is a gap.
  /// - Parameter path: a file, or `-` for standard input.
  /// - Returns: the series in the order in which they first occur, or everything that is wrong with the file.
  public static func series(path: String) -> (series: [ValueSeries], errors: [InputError]) {
    let read = table(path, columns: ["series_id", "index", "value"], SeriesTable.read)
    return (read.items, read.errors)
  }

  /// Reads a table by `read`, which may note problems in it.
  static func table<Item>(
    _ path: String, columns: [String], _ read: (inout CSVTable) -> [Item]
  ) -> (items: [Item], errors: [InputError]) {
    do throws(InputError) {
      let text = try SourceFile(
        opening: path, expecting: "CSV with the header \(columns.joined(separator: ","))"
      )
      .text()
      return try text.withBytes { bytes throws(InputError) in
        var table = try CSVTable(bytes, file: path, columns: columns)
        let items = read(&table)
        let errors = table.problems.all
        return errors.isEmpty ? (items, []) : ([], errors)
      }
    } catch {
      return ([], [error])
    }
  }
}

/// Puts the rows of a table together to series.
private enum SeriesTable {
  static func read(_ table: inout CSVTable) -> [ValueSeries] {
    var series: [ValueSeries] = []
    var groups = CSVGroups(name: "series_id")
    var last = -Double.infinity
    while table.next() {
      if let name = groups.begins(with: 0, of: &table) {
        series.append(ValueSeries(name: name, values: []))
        last = -.infinity
      }
      if let index = table.rising(1, "index", after: last) { last = index }
      if let number = table.number(2) { series[series.count - 1].values.append(number.value) }
    }
    return series
  }
}
