internal import SLOModel
internal import SLOSupport

/// A plan of PostgreSQL in JSON, as `EXPLAIN (ANALYZE, FORMAT JSON)` prints it and auto_explain logs it
/// (<https://www.postgresql.org/docs/current/sql-explain.html>). Times are in milliseconds.
struct QueryPlan: EvidenceReader {
  static var kind: EvidenceKind { .database }
  static let title = "a query plan"
  private static let format = "explain-json"
  private static let query = "EXPLAIN (ANALYZE, FORMAT JSON) SELECT …"

  private let plans: [JSONObject]

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    if start.withBytes(isPlanForPeople) {
      throw UnreadableLayout.error("a plan in the form for people", file: file.path, query: query)
    }
    guard
      start.withBytes({ $0.drop { $0 == 0x20 || $0 == UInt8(ascii: "\"") }.starts(with: "QUERY PLAN".utf8) })
    else { return nil }
    let text = try file.text()
    guard let range = text.withBytes(fieldOfCSV) else {
      throw UnreadableLayout.error("a plan as psql prints it for people", file: file.path, query: query)
    }
    let said = text.withBytes { CSVFields.unquoted($0[range]) }
    return try recognition(of: JSONDocument(Bytes(Array(said.utf8)), file: file.path).root)
  }

  /// Whether the first line is the root of a plan: `Seq Scan on users  (cost=0.00..18.10 rows=810 width=4)`.
  private static func isPlanForPeople(_ text: UnsafeRawBufferPointer) -> Bool {
    let line = String(decoding: text.prefix(1_024).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard !line.hasPrefix("{"), !line.hasPrefix("["), let cost = line.firstRange(of: "  (cost=") else {
      return false
    }
    let rest = line[cost.upperBound...]
    return rest.contains("..") && rest.contains(" rows=") && rest.contains(" width=")
  }

  /// Where the one field below the header stands; nil where it holds no JSON.
  private static func fieldOfCSV(_ text: UnsafeRawBufferPointer) -> Range<Int>? {
    var header = CSVFields(text)
    _ = header.next()
    guard let start = header.end, start < text.count else { return nil }
    var record = CSVFields(text, from: start)
    guard let field = record.next(), record.end != nil else { return nil }
    return text[field].starts(with: "\"[".utf8) || text[field].starts(with: "[".utf8) ? field : nil
  }

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    let values = root.kind == .array ? try root.elements() : [root]
    guard let first = values.first, first.kind == .object, case let object = try first.object(),
      let plan = try object.object("Plan"), plan.contains("Node Type")
    else { return nil }
    var plans: [JSONObject] = []
    for value in values { plans.append(try value.object()) }
    return .results(QueryPlan(plans: plans))
  }

  func joined(with next: any EvidenceReader) -> (any EvidenceReader)? {
    (next as? QueryPlan).map { QueryPlan(plans: plans + $0.plans) }
  }

  static func joined(_ readings: [Reading]) -> [Reading] { DatabaseFigures.joined(readings) }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var figures = try DatabaseFigures(of: [file], format: QueryPlan.format, profile: profile)
    var names: Set<String> = []
    for (index, plan) in plans.enumerated() {
      var subject = "plan " + (try QueryPlan.query(of: plan) ?? QueryPlan.name(of: file.path))
      if !names.insert(subject).inserted { subject += " \(index + 1)" }
      names.insert(subject)
      try add(plan, subject, to: &figures)
    }
    return [figures.reading]
  }

  private func add(_ plan: JSONObject, _ subject: String, to figures: inout DatabaseFigures)
    throws(InputError)
  {
    guard let root = plan["Plan"] else { throw plan.value.error(expected: "a plan with its \"Plan\"") }
    let scans = try PlanNodes(root)
    if let time = try QueryPlan.time(plan["Execution Time"]) {
      figures.add("execution_time", time, of: subject)
    } else if plan.contains("Query Text"), let time = try QueryPlan.time(root.object()["Actual Total Time"]) {
      figures.add("execution_time", time, of: subject)
    }
    if let time = try QueryPlan.time(plan["Planning Time"]) {
      figures.add("planning_time", time, of: subject)
    }
    figures.add(
      "seq_scans", Double(scans.sequential.count), of: subject, details: scans.sequential.map(\.text))
    if scans.wasRun {
      let large = scans.sequential.filter { $0.rows ?? 0 >= PlanNodes.manyRows }
      figures.add("large_seq_scans", Double(large.count), of: subject, details: large.map(\.text))
    } else {
      figures.reading.notices.append(
        "\(UntrustedText.quoted(subject, limit: 120)) was planned and not run: EXPLAIN (ANALYZE, FORMAT JSON) measures it"
      )
    }
    if let error = scans.worstEstimate {
      figures.add("estimate_error", error.factor, of: subject, details: [error.text])
    }
  }

  private static func time(_ value: JSONValue?) throws(InputError) -> Double? {
    guard let value else { return nil }
    let time = try value.number()
    try ImpossibleValue.check(time, in: MetricUnit.milliseconds.possibleValues, .milliseconds, at: value)
    return time
  }

  /// What the query is called, where the server logged it with its plan.
  private static func query(of plan: JSONObject) throws(InputError) -> String? {
    try plan.string("Query Text").map { NormalizedQuery($0).name }
  }

  /// A plan without its query is called by its file.
  private static func name(of path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for end in [".gz", ".json", ".csv", ".txt"] where name.hasSuffix(end) && name.utf8.count > end.utf8.count
    {
      name.removeLast(end.count)
    }
    return name == "-" ? "of standard input" : ComposedText.composed(VisibleText.escaped(name))
  }
}

/// What the nodes of a plan show.
struct PlanNodes {
  /// A scan of a whole table.
  struct Scan {
    var relation: String
    /// The rows it read in all its loops; nil where it was planned alone.
    var rows: Double?

    /// It as a detail: `orders, 20000 rows read`.
    var text: String { rows.map { "\(relation), \(Int(saturating: $0)) rows read" } ?? relation }
  }

  private(set) var sequential: [Scan] = []
  /// The estimate that was furthest from what came, as the factor between them, and which node it is of.
  private(set) var worstEstimate: (factor: Double, text: String)?
  /// Whether the plan was run.
  private(set) var wasRun = false

  /// How many rows make a sequential scan a large one.
  static let manyRows = 10_000.0

  /// Looks at a plan and all that it is made of.
  init(_ root: JSONValue) throws(InputError) {
    var open = [root]
    while let value = open.popLast() {
      let node = try value.object()
      try look(at: node)
      open += try (node["Plans"]?.elements() ?? []).reversed()
    }
  }

  private mutating func look(at node: JSONObject) throws(InputError) {
    let type = try node.string("Node Type") ?? ""
    let relation = try node.string("Relation Name").map(VisibleText.escaped)
    let (loops, rows) = (try node.number("Actual Loops"), try node.number("Actual Rows"))
    if loops != nil { wasRun = true }
    if type == "Seq Scan" {
      let removed = try node.number("Rows Removed by Filter") ?? 0
      let read = loops.flatMap { loops in rows.map { ($0 + removed) * loops } }
      sequential.append(Scan(relation: relation ?? "a table", rows: read))
    }
    guard let loops, loops > 0, let rows, let planned = try node.number("Plan Rows") else { return }
    let (expected, actual) = (max(planned, 1), max(rows, 1))
    let factor = max(expected / actual, actual / expected)
    if factor > worstEstimate?.factor ?? 0 {
      let place = VisibleText.escaped(type) + (relation.map { " of \($0)" } ?? "")
      worstEstimate = (
        factor, "\(place): \(Int(saturating: planned)) rows expected, \(Int(saturating: rows)) in each loop"
      )
    }
  }
}
