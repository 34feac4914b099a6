import SLOModel
import Testing

@testable import SLOReaders

@Suite("Plans of queries")
struct QueryPlanTests {
  private static let scan = """
    {"Node Type": "Seq Scan", "Relation Name": "messages", "Plan Rows": 40, "Actual Total Time": 6.8, \
    "Actual Rows": 10, "Actual Loops": 3, "Filter": "(token = 's3cr3t')", "Rows Removed by Filter": 5000}
    """

  private func plan(_ node: String, _ more: String = "\"Planning Time\": 0.5, \"Execution Time\": 7.25")
    -> String
  {
    "[{\"Plan\": \(node)\(more.isEmpty ? "" : ", ")\(more)}]"
  }

  @Test("A plan has its times, its sequential scans and its worst estimate")
  func figures() throws {
    let outer = """
      {"Node Type": "Nested Loop", "Plan Rows": 100, "Actual Rows": 100, "Actual Loops": 1, \
      "Plans": [\(Self.scan), {"Node Type": "Index Scan", "Plan Rows": 1, "Actual Rows": 0, "Actual Loops": 30}]}
      """
    let result = try DatabaseSnapshots.read(plan(outer), ext: "json")
    let name = "plan 0-0"
    #expect(result.errors.isEmpty && result.subjects == [name])
    #expect(
      result.figure("execution_time", of: name) == 7.25 && result.figure("planning_time", of: name) == 0.5)
    #expect(result.figure("seq_scans", of: name) == 1 && result.figure("large_seq_scans", of: name) == 1)
    // 3 loops of 10 rows kept and 5000 removed; 40 rows expected of each loop, and 10 came.
    #expect(result.details("seq_scans", of: name) == ["messages, 15030 rows read"])
    #expect(result.figure("estimate_error", of: name) == 4)
    #expect(!result.shown.contains("s3cr3t"))
  }

  @Test("A plan that was not run has no times, and is said")
  func planned() throws {
    let result = try DatabaseSnapshots.read(
      plan("{\"Node Type\": \"Seq Scan\", \"Relation Name\": \"t\", \"Plan Rows\": 1}", ""), ext: "json")
    #expect(result.figure("seq_scans", of: "plan 0-0") == 1)
    #expect(result.figure("execution_time", of: "plan 0-0") == nil)
    #expect(result.usable[0].notices.count == 1)
  }

  @Test("A logged plan is called by its query, without its values")
  func logged() throws {
    let text = """
      LOG:  duration: 7.1 ms  plan:
      {"Query Text": "SELECT body FROM messages WHERE token = 's3cr3t'", "Plan": \(Self.scan)}

      """
    let result = try DatabaseSnapshots.read(text, ext: "json")
    #expect(result.errors.isEmpty)
    #expect(
      result.figure("execution_time", ofName: "plan SELECT body FROM messages WHERE token = $1 #") == 6.8)
    #expect(!result.shown.contains("s3cr3t"))
  }

  @Test("Several plans of one file are numbered, and a plan in CSV is one")
  func several() throws {
    let one = plan("{\"Node Type\": \"Result\", \"Plan Rows\": 1, \"Actual Rows\": 1, \"Actual Loops\": 1}")
    #expect(try DatabaseSnapshots.read(one + "\n" + one, ext: "json").subjects == ["plan 0-0", "plan 0-0 2"])
    let csv = "QUERY PLAN\n\"" + one.replacing("\"", with: "\"\"") + "\"\n"
    #expect(try DatabaseSnapshots.read(csv).figure("execution_time", of: "plan 0-0") == 7.25)
  }

  @Test("A plan as psql prints it for people is refused")
  func aligned() throws {
    let result = try DatabaseSnapshots.read(
      "   QUERY PLAN    \n-----------------\n [              +\n   {            +\n")
    #expect(
      result.errors.map(\.description) == [
        "0-0.csv: found a plan as psql prints it for people; expected CSV with a header, or JSON; write it with psql --csv"
          + " -c 'EXPLAIN (ANALYZE, FORMAT JSON) SELECT …' > FILE"
      ])
  }

  @Test("A plan in the form for people is refused with how to get one that can be read")
  func peoples() throws {
    let text =
      "Seq Scan on users  (cost=0.00..18.10 rows=810 width=4) (actual time=0.010..0.011 rows=3 loops=1)\n"
    #expect(
      try DatabaseSnapshots.read(text + "Execution Time: 0.03 ms\n", ext: "txt").errors.map(\.found) == [
        "a plan in the form for people"
      ])
  }

  @Test("A time that cannot be is an error at its place")
  func impossible() throws {
    let node = "{\"Node Type\": \"Result\", \"Plan Rows\": 1}"
    let error = try DatabaseSnapshots.read(plan(node, "\"Execution Time\": -1"), ext: "json").errors.first
    #expect(error?.description.contains("($[0][\"Execution Time\"])") == true)
  }

  @Test("A plan as deep as a document can be is read", arguments: [60, 200])
  func depth(levels: Int) throws {
    var node = "{\"Node Type\": \"Seq Scan\", \"Plan Rows\": 1}"
    for _ in 0..<levels { node = "{\"Node Type\": \"Append\", \"Plan Rows\": 1, \"Plans\": [\(node)]}" }
    let result = try DatabaseSnapshots.read(plan(node, ""), ext: "json")
    #expect(result.errors.isEmpty == (levels < 64))
  }
}
