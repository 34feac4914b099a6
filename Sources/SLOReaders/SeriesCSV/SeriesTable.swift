package import SLOStatistics

/// One series of a table, in the order of its rows.
package struct ValueSeries: Sendable, Hashable {
  /// Its name.
  package var name: String
  /// One value a row, NaN where there is a gap.
  package var values: [Double]

  /// Creates a series.
  package init(name: String, values: [Double]) {
    self.name = name
    self.values = values
  }
}

extension Readers {
  /// Reads CSV with the columns `series_id`, `index` and `value`, plain or gzipped: the rows of a series
  /// together and in rising index. An empty value, `nan` or `null` is a gap.
  /// - Parameter path: a file, or `-` for standard input.
  /// - Returns: the series in the order in which they first occur, or everything that is wrong with the file.
  package static func series(path: String) -> (series: [ValueSeries], errors: [InputError]) {
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

/// A case for the regression test: a candidate with its references, under a name.
package struct GateCase: Sendable, Hashable {
  /// Its name.
  package var name: String
  /// What is to be judged against what.
  package var candidate: Candidate

  /// Creates a case.
  package init(name: String, candidate: Candidate) {
    self.name = name
    self.candidate = candidate
  }
}

extension Readers {
  /// Reads CSV with the columns `case_id`, `role`, `run`, `rep` and `value`, plain or gzipped: the rows of a case
  /// together, role `history` (oldest run first; several rows of a run are its repetitions) or `candidate`.
  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - better: which way the values are better.
  /// - Returns: the cases in the order in which they first occur, or everything that is wrong with the file.
  package static func gateCases(
    path: String, better: Candidate.Better
  ) -> (cases: [GateCase], errors: [InputError]) {
    let read = table(path, columns: ["case_id", "role", "run", "rep", "value"]) { table in
      GateTable.read(&table).map { GateCase(name: $0.name, candidate: $0.candidate(better)) }
    }
    return (read.items, read.errors)
  }
}

/// Puts the rows of a table together to cases.
private struct GateTable {
  let name: String
  private var runs: [[Double]] = []
  private var candidate: [Double] = []
  private var lastRun = -Double.infinity
  private var decimals = 0

  private init(name: String) { self.name = name }

  static func read(_ table: inout CSVTable) -> [GateTable] {
    var cases: [GateTable] = []
    var groups = CSVGroups(name: "case_id")
    while table.next() {
      if let name = groups.begins(with: 0, of: &table) { cases.append(GateTable(name: name)) }
      cases[cases.count - 1].take(&table)
    }
    return cases
  }

  private mutating func take(_ table: inout CSVTable) {
    guard let number = table.number(4) else { return }
    decimals = max(decimals, number.decimals)
    let role = table.bare(1)
    if role.elementsEqual("candidate".utf8) {
      candidate.append(number.value)
    } else if role.elementsEqual("history".utf8) {
      guard let run = table.rising(2, "run", after: lastRun, orEqual: true) else { return }
      if run != lastRun { runs.append([]) }
      runs[runs.count - 1].append(number.value)
      lastRun = run
    } else {
      table.problems.add(
        at: table[1].lowerBound, found: "the role \(UntrustedText.quoted(role))",
        expected: "history or candidate")
    }
  }

  func candidate(_ better: Candidate.Better) -> Candidate {
    let measured = runs.map { $0.filter(\.isFinite) }.filter { !$0.isEmpty }
    return Candidate(
      references: measured.compactMap { SortedSample($0)?.median }, values: candidate, better: better,
      referenceRepetitions: measured, resolution: resolution)
  }

  /// The unit of the last digit written of any value.
  private var resolution: Double { Double("1e-\(decimals)") ?? 0 }
}
