import SLOModel
import SLOSupport

/// The table of statistics that Locust writes with `--csv NAME`, as `NAME_stats.csv`
/// (<https://docs.locust.io/en/stable/retrieving-stats.html>): a row for each method and name, and one for all.
struct LocustCSV: LoadToolReader {
  static let title = "a Locust result in CSV"

  private let columns: [String]
  private let start: Int

  /// The columns of the other tables that Locust writes beside it, and what they are called.
  private static let companions: [(columns: [String], title: String)] = [
    (["Timestamp", "User Count", "Type", "Name"], "Locust's history of a run"),
    (["Method", "Name", "Error", "Occurrences"], "Locust's list of failures"),
    (["Count", "Message", "Traceback", "Nodes"], "Locust's list of exceptions"),
  ]

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    start.withBytes { text in
      let (names, end) = LoadRows.header(text, separator: UInt8(ascii: ","))
      if names.starts(with: ["Type", "Name", "Request Count", "Failure Count"]),
        Set(names).count == names.count
      {
        return .results(LocustCSV(columns: names, start: end))
      }
      return companions.first { names.starts(with: $0.columns) }.map { .companion($0.title) }
    }
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var run = LoadRun(format: "locust-csv", tool: "Locust")
    run.estimate = LocustRounding.sentence
    let text = try file.text()
    let hasTotal = try text.withBytes { text throws(InputError) in
      try read(text, file.path, options.naming, into: &run)
    }
    if !hasTotal {
      run.failure = LoadRun.cut("before its row Aggregated")
    }
    return [try run.reading(of: file, profile: profile, options)]
  }

  /// Reads every row.
  /// - Returns: whether one of them is that of all requests.
  private func read(
    _ text: UnsafeRawBufferPointer, _ file: String, _ naming: NamingRules, into run: inout LoadRun
  ) throws(InputError) -> Bool {
    var rows = LoadRows(
      text, file: file, separator: UInt8(ascii: ","), columns: columns.count, skipping: start)
    var hasTotal = false
    while try rows.next() {
      let figures = try figures(rows)
      let (method, name) = (rows.said(0), rows.said(1))
      if method.isEmpty, name == "Aggregated" {
        (run.whole, hasTotal) = (figures, true)
      } else {
        run.requests.append((LoadEndpoint(name, method: method, by: naming), figures))
      }
    }
    if let requests = run.whole.requests, let rate = run.whole.rate, rate > 0 {
      run.duration = requests / rate
    }
    return hasTotal
  }

  private func figures(_ rows: LoadRows) throws(InputError) -> LoadFigures {
    var figures = LoadFigures()
    let (requests, failed) = (try rows.number(2, "a number of requests"), try rows.number(3, "a number"))
    guard failed <= requests else { throw rows.fault(3, expected: "no more failures than requests") }
    (figures.requests, figures.failed) = (requests, failed)
    for (column, name) in columns.enumerated() {
      if name == "Requests/s" { figures.rate = try rows.number(column, "requests per second") }
      guard requests > 0, let statistic = LocustCSV.statistic(name), !rows[column].elementsEqual("N/A".utf8)
      else { continue }
      figures.durations[statistic] = try rows.number(column, "a time in milliseconds, 0 or more")
    }
    return figures
  }

  /// The figure of the durations in a column. The largest one has a column of its own, where it is not rounded.
  private static func statistic(_ column: String) -> Statistic? {
    switch column {
    case "Median Response Time": .median
    case "Average Response Time": .average
    case "Min Response Time": .minimum
    case "Max Response Time": .maximum
    case "100%": nil
    default: column.hasSuffix("%") ? Statistic(spelled: "p" + column.dropLast()) : nil
    }
  }
}

/// How Locust keeps response times.
enum LocustRounding {
  /// What is to be said of percentiles.
  static let sentence =
    "Locust counts response times in whole milliseconds, from 100 ms on in two digits (147 ms as 150): percentiles are"
    + " rounded so, and a change of less is not seen; average, fastest and slowest are exact"
}
