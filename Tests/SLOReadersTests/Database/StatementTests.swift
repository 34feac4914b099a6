import SLOModel
import Testing

@testable import SLOReaders

@Suite("Statistics of queries, of one snapshot")
struct StatementTests {
  @Test("Rows of one query, of whatever user or database, are added up")
  func sums() throws {
    let result = try DatabaseSnapshots.read(
      DatabaseSnapshots.statements([
        "10,1,71,SELECT a FROM t WHERE id = $1,4,20,9,4", "11,1,71,SELECT a FROM t WHERE id = $1,1,10,10,1",
        "10,2,72,select A from T where ID = $1 -- other,5,30,7,5", "10,1,73,COMMIT,10,40,20,0",
      ]))
    #expect(result.errors.isEmpty && result.usable.map(\.profile) == ["db"])
    // 4 + 1 + 5 calls, 20 + 10 + 30 ms, of 100 ms in all.
    #expect(
      result.figure("calls", ofName: "SELECT a") == 10 && result.figure("total", ofName: "SELECT a") == 60)
    #expect(result.figure("mean", ofName: "SELECT a") == 6 && result.figure("max", ofName: "SELECT a") == 10)
    #expect(
      result.figure("rows", ofName: "SELECT a") == 10 && result.figure("share", ofName: "SELECT a") == 0.6)
    #expect(result.figure("calls") == 20 && result.figure("total") == 100 && result.figure("mean") == 5)
    #expect(result.figure("queries") == 2 && result.figure("new_in_top") == nil)
    #expect(result.usable[0].notices.map { $0.contains("from the last reset on") } == [true])
  }

  @Test(
    "Every form and every subset of columns is the same snapshot",
    arguments: [
      ("query,calls,total_time,mean_time\n\"SELECT 'a, \"\"b\"\"'\",4,20,5\n", "csv"),
      ("calls;query;mean_exec_time\r\n4;SELECT 'x';5\r\n", "csv"),
      ("[{\"query\":\"SELECT $1\",\"calls\":\"4\",\"total_exec_time\":20.0,\"wal_bytes\":0}]", "json"),
      (
        "[{\"query\":\"SELECT 'a'\",\"calls\":3,\"total_time\":15}, {\"query\":\"SELECT 2\",\"calls\":1,\"total_time\":5}]",
        "json"
      ),
      (
        "{\"query\":\"SELECT 1\",\"calls\":3,\"total_exec_time\":15}\n{\"query\":\"SELECT 2\",\"calls\":1,\"total_exec_time\":5}\n",
        "jsonl"
      ),
      ("{\"queryid\":71,\"query\":\"SELECT 1\",\"calls\":4,\"total_exec_time\":20}", "json"),
    ])
  func forms(text: String, ext: String) throws {
    let result = try DatabaseSnapshots.read(text, ext: ext)
    #expect(result.errors.isEmpty && result.subjects.count == 1)
    #expect(
      result.figure("calls", ofName: "SELECT $1 #") == 4
        && result.figure("total", ofName: "SELECT $1 #") == 20)
    #expect(result.figure("mean", ofName: "SELECT $1 #") == 5)
  }

  @Test("A long first line of JSON is one of several as well")
  func longLine() throws {
    let list = (0..<9_000).map(String.init).joined(separator: ", ")
    func row(_ column: String) -> String {
      "{\"query\":\"SELECT \(column) WHERE a IN (\(list))\",\"calls\":1,\"total_exec_time\":2}\n"
    }
    #expect(try DatabaseSnapshots.read(row("b") + row("c"), ext: "json").figure("queries") == 2)
  }

  @Test("What functions ran is in the time of what called them, and once in that of the run")
  func nested() throws {
    let result = try DatabaseSnapshots.read(
      DatabaseSnapshots.statements(
        ["t,1,SELECT f(),1,10", "f,2,SELECT b,5,8", "t,2,SELECT b,5,30"],
        columns: "toplevel,queryid,query,calls,total_exec_time"))
    #expect(result.figure("total") == 40 && result.figure("calls") == 6)
    #expect(result.figure("total", ofName: "SELECT b") == 38)
    #expect(result.usable[0].notices.contains { $0.hasPrefix("1 row of statements that functions ran") })
  }

  @Test("Hidden texts are said, and count in the run as a whole alone")
  func hidden() throws {
    let result = try DatabaseSnapshots.read(
      DatabaseSnapshots.statements(["10,1,,<insufficient privilege>,5,75,20,5", "11,1,71,SELECT a,5,25,9,5"]))
    #expect(result.subjects.count == 1 && result.figure("total") == 100 && result.figure("queries") == 1)
    #expect(
      result.usable[0].warnings == [
        "the text of queries with 75.0 % of the time is hidden from the role that took the snapshot: grant it"
          + " pg_read_all_stats"
      ])
  }

  @Test("Without texts a query is called by its id")
  func ids() throws {
    let result = try DatabaseSnapshots.read(DatabaseSnapshots.statements(["10,1,-71,,5,25,9,5"]))
    #expect(result.subjects == ["queryid -71"])
  }

  @Test("The hit ratio is that of the blocks of all queries")
  func blocks() throws {
    let columns = "query,calls,total_exec_time,shared_blks_hit,shared_blks_read"
    let result = try DatabaseSnapshots.read(
      DatabaseSnapshots.statements(["SELECT a,1,1,90,5", "SELECT b,1,1,0,5"], columns: columns))
    #expect(result.figure("hit_ratio") == 0.9)
    #expect(
      try DatabaseSnapshots.read(DatabaseSnapshots.statements(["SELECT a,1,1,0,0"], columns: columns)).figure(
        "hit_ratio")
        == nil)
  }

  @Test("Those that take most of the time are recorded, and those that a budget names")
  func recorded() throws {
    // The first took 990 of 997 ms; the slowest call is that of `rare`.
    let rows =
      ["1,1,1,SELECT busy,1000,990,5,0", "1,1,2,SELECT rare,1,4,4,0"]
      + (3..<33).map { "1,1,\($0),SELECT other_\($0),10,0.1,0.1,0" }
    let subjects = { (demand: SampleDemand) in
      try DatabaseSnapshots.read(DatabaseSnapshots.statements(rows), demand: demand).subjects.map {
        $0.prefix { $0 != "#" }
      }
      .sorted()
    }
    #expect(try subjects(SampleDemand()) == ["SELECT busy "])
    var named = SampleDemand()
    named.subjects = [EndpointPattern("SELECT other_7 *"), EndpointPattern("SELECT b*")]
    #expect(try subjects(named) == ["SELECT busy ", "SELECT other_7 "])
    // A limit on every query is about the worst of them, by the metric that it limits.
    var every = SampleDemand()
    every.subjects = [EndpointPattern("*")]
    every.figures = [MetricFigure("mean", .value)]
    let found = try subjects(every)
    #expect(found.count == 20 && found.contains("SELECT rare "))
    var all = SampleDemand()
    all.takesEverySubject = true
    #expect(try subjects(all).count == 32)
    let notice = try DatabaseSnapshots.read(DatabaseSnapshots.statements(rows)).usable[0].notices.last
    #expect(notice?.hasPrefix("31 queries with 0.7 % of the time are not recorded") == true)
  }

  @Test(
    "Of a limit on the time of every query the heaviest are recorded, and of one on calls the rarest as well",
    arguments: [("total", "SELECT second "), ("share", "SELECT second "), ("calls", "SELECT rarest ")])
  func worst(metric: String, expected: String) throws {
    // The first took 99.9 % of the time, which alone is recorded otherwise.
    let rows =
      ["1,1,1,SELECT first,500,99900,5,0", "1,1,2,SELECT second,400,50,1,0", "1,1,3,SELECT rarest,1,0.1,1,0"]
      + (4..<44).map { "1,1,\($0),SELECT other_\($0),100,1,1,0" }
    var every = SampleDemand()
    every.subjects = [EndpointPattern("*")]
    every.figures = [MetricFigure(metric, .value)]
    let found = try DatabaseSnapshots.read(DatabaseSnapshots.statements(rows), demand: every).subjects
    #expect(found.contains { $0.hasPrefix(expected) })
  }

  @Test("A snapshot of nothing is none to judge by")
  func empty() throws {
    let result = try DatabaseSnapshots.read(DatabaseSnapshots.statements(["1,1,1,SELECT a,0,0,0,0"]))
    #expect(result.usable.map(\.failure) == ["the snapshot has no query that was called"])
  }
}

@Suite("Statistics of queries, between snapshots")
struct StatementWindowTests {
  @Test("Counters count by what they grew, and the mean is that of the calls between")
  func window() throws {
    let before = DatabaseSnapshots.statements(["1,1,1,SELECT a,10,100,30,10", "1,1,2,SELECT b,5,50,20,5"])
    let after = DatabaseSnapshots.statements(
      ["1,1,1,SELECT a,30,160,30,50", "1,1,2,SELECT b,6,75,25,6", "1,1,3,SELECT c,1,5,5,1"])
    let result = try DatabaseSnapshots.read(before, after)
    #expect(
      result.figure("calls", ofName: "SELECT a") == 20 && result.figure("total", ofName: "SELECT a") == 60)
    #expect(result.figure("mean", ofName: "SELECT a") == 3 && result.figure("rows", ofName: "SELECT a") == 40)
    // The slowest call of `a` was before; that of `b` was between, for the maximum rose.
    #expect(result.figure("max", ofName: "SELECT a") == nil && result.figure("max", ofName: "SELECT b") == 25)
    #expect(result.figure("max", ofName: "SELECT c") == 5)
    #expect(result.figure("total") == 90 && result.figure("calls") == 22)
    #expect(result.figure("new_in_top") == 1 && result.figure("new_in_top_10") == 1)
    #expect(result.details("new_in_top", of: "*") == [try #require(result.subject("SELECT c"))])
    #expect(result.usable[0].remarks == [])
  }

  @Test("Of a query of several rows the slowest call is known where no other row can have a slower one")
  func maximum() throws {
    let before = DatabaseSnapshots.statements(["1,1,1,SELECT a,1,40,40,1", "2,1,1,SELECT a,1,60,60,1"])
    let after = { (own: Int) in
      DatabaseSnapshots.statements(["1,1,1,SELECT a,2,\(40 + own),\(own),1", "2,1,1,SELECT a,2,70,60,1"])
    }
    #expect(try DatabaseSnapshots.read(before, after(50)).figure("max", ofName: "SELECT a") == nil)
    #expect(try DatabaseSnapshots.read(before, after(80)).figure("max", ofName: "SELECT a") == 80)
  }

  @Test("What was reset counts from 0 again, and is said")
  func reset() throws {
    let before = DatabaseSnapshots.statements(["1,1,1,SELECT a,10,100,30,10"])
    let after = DatabaseSnapshots.statements(["1,1,1,SELECT a,4,20,9,4"])
    let result = try DatabaseSnapshots.read(before, after)
    #expect(result.figure("calls", ofName: "SELECT a") == 4 && result.figure("max", ofName: "SELECT a") == 9)
    #expect(result.usable[0].warnings.map { $0.hasPrefix("1 row counted from 0 again") } == [true])
  }

  @Test("Snapshots in reversed order give no figures to judge by")
  func reversed() throws {
    let before = DatabaseSnapshots.statements(["1,1,1,SELECT a,10,100,30,10", "1,1,2,SELECT b,5,50,20,5"])
    let after = DatabaseSnapshots.statements(["1,1,1,SELECT a,14,120,30,14", "1,1,2,SELECT b,9,90,20,9"])
    #expect(try DatabaseSnapshots.read(before, after).usable[0].failure == nil)
    let failure = try DatabaseSnapshots.read(after, before).usable[0].failure
    #expect(failure?.hasPrefix("most queries count less in a snapshot than in the one before it") == true)
  }

  @Test(
    "A reset is known by whatever cannot happen without one",
    arguments: [
      "30,160,20,50", "30,160,30,9", "10,101,30,10", "30,99,30,50",
    ])
  func signs(now: String) throws {
    let result = try DatabaseSnapshots.read(
      DatabaseSnapshots.statements(["1,1,1,SELECT a,10,100,30,10"]),
      DatabaseSnapshots.statements(["1,1,1,SELECT a,\(now)"]))
    #expect(result.figure("calls", ofName: "SELECT a") == Double(now.prefix(2)))
    #expect(result.usable[0].warnings.count == 1)
  }

  @Test("Where the server says since when it counts, a reset is known that no counter shows")
  func since() throws {
    let columns = "queryid,query,calls,total_exec_time,stats_since"
    let before = DatabaseSnapshots.statements(["1,SELECT a,10,100,2026-01-01 00:00:00+00"], columns: columns)
    let after = DatabaseSnapshots.statements(["1,SELECT a,40,160,2026-01-02 00:00:00+00"], columns: columns)
    let result = try DatabaseSnapshots.read(before, after)
    #expect(result.figure("calls", ofName: "SELECT a") == 40 && result.usable[0].warnings.count == 1)
  }

  @Test("What is gone is said: the window may lack calls")
  func evicted() throws {
    let before = DatabaseSnapshots.statements(["1,1,1,SELECT a,10,100,30,10", "1,1,2,SELECT b,5,50,20,5"])
    let result = try DatabaseSnapshots.read(
      before, DatabaseSnapshots.statements(["1,1,1,SELECT a,11,110,30,11"]))
    #expect(result.figure("queries") == 1)
    #expect(
      result.usable[0].warnings.map { $0.hasPrefix("1 row of a snapshot is not in the next") } == [true])
  }

  @Test("A third snapshot goes on where the second ended")
  func three() throws {
    let texts = [10, 25, 5].map { DatabaseSnapshots.statements(["1,1,1,SELECT a,\($0),\($0 * 10),1,0"]) }
    // 15 calls, then a reset and 5.
    #expect(try DatabaseSnapshots.read([texts]).figure("calls", ofName: "SELECT a") == 20)
  }

  @Test("Snapshots between which nothing ran are none to judge by")
  func nothing() throws {
    let first = DatabaseSnapshots.statements(["1,1,1,SELECT a,10,100,30,10"])
    let second = DatabaseSnapshots.statements(["1,1,1,SELECT a,10,100.0000000001,30,10"])
    #expect(
      try DatabaseSnapshots.read(first, second).usable.map(\.failure) == [
        "no query ran between the snapshots"
      ])
  }
}

@Suite("Snapshots of queries that cannot be read")
struct UnreadableStatementTests {
  private static let secret = "s3cr3t"

  @Test(
    "A value that cannot be is an error at its place, and shows no text of a query",
    arguments: [
      (
        "query,calls,total_exec_time\nSELECT a,-1,5\n",
        "0-0.csv:2:10: found -1.0 in the column calls; expected a number from 0 up; take the snapshot again: an"
          + " overflow or a damaged file wrote it; it cannot be judged"
      ),
      (
        "query,calls,total_exec_time\nSELECT a,'s3cr3t',5\n",
        "0-0.csv:2:10: found no number in the column calls; expected a number, or nothing; write the file again, as in"
          + " psql --csv -c '…' > FILE"
      ),
      (
        "query,calls,total_exec_time\nSELECT 's3cr3t',1,NaN\n",
        "0-0.csv:2:1: found a query without the time of its calls; expected its total or mean time; write the file again,"
          + " as in psql --csv -c '…' > FILE"
      ),
      (
        "query,calls,total_exec_time\nSELECT 's3cr3t',,5\n",
        "0-0.csv:2:17: found no number of calls; expected how often the query was called; write the file again, as in"
          + " psql --csv -c '…' > FILE"
      ),
      (
        "query,calls,total_exec_time\nSELECT 's3cr3t', a,1,5\n",
        "0-0.csv:2:1: found a row of 4 columns; expected 3, as in the header; write the file again, as in psql --csv -c"
          + " '…' > FILE"
      ),
      (
        "query,calls,total_exec_time\n\"SELECT 's3cr3t'\n",
        "0-0.csv:2:1: found a quote that is not closed; expected a second quote behind it; write the file again, as in"
          + " psql --csv -c '…' > FILE"
      ),
    ])
  func values(text: String, message: String) throws {
    let result = try DatabaseSnapshots.read(text)
    #expect(result.errors.map(\.description) == [message])
    #expect(!result.shown.contains(Self.secret))
  }

  @Test(
    "A form for people is refused with the command that writes another one",
    arguments: [
      (
        "        query         | calls | total_exec_time \n----+---+---\n SELECT 's3cr3t' | 1 | 2\n",
        "psql's aligned output"
      ),
      ("query|calls|total_exec_time\nSELECT 's3cr3t'|1|2\n", "psql's unaligned output"),
      ("query\tcalls\ttotal_exec_time\nSELECT 's3cr3t'\t1\t2\n", "COPY's text format"),
      (
        "-[ RECORD 1 ]---+---\nquery           | SELECT 's3cr3t'\ncalls           | 1\ntotal_exec_time | 2\n",
        "psql's expanded output"
      ),
      ("71\tALTER ROLE r PASSWORD 's3cr3t'\t1\t2\n", "rows of queries without a header"),
      ("71,CREATE ROLE r PASSWORD 's3cr3t',1,2\n", "rows of queries without a header"),
      ("short_query,n\nSET a = 's3cr3t',1\n", "queries without the columns query, calls and total_exec_time"),
      (
        String(repeating: " ", count: 9_000) + "query" + String(repeating: " ", count: 9_000) + "| calls\n",
        "psql's aligned output"
      ),
    ])
  func forms(text: String, title: String) throws {
    let result = try DatabaseSnapshots.read(text)
    #expect(
      result.errors.map(\.description) == [
        "0-0.csv: found \(title); expected CSV with a header, or JSON; write it with psql --csv -c"
          + " 'SELECT * FROM pg_stat_statements' > FILE"
      ])
    #expect(!result.shown.contains(Self.secret))
  }

  @Test("No value of a query is in anything that is shown", arguments: ["csv", "json"])
  func secrets(ext: String) throws {
    let queries = [
      "CREATE ROLE r PASSWORD 's3cr3t'", "ALTER ROLE r PASSWORD $x$s3cr3t$x$", "SET a.b = s3cr3t",
      "SELECT 1 /* s3cr3t */", "DO $$ BEGIN s3cr3t END $$", "COMMENT ON TABLE t IS E'\\' s3cr3t '",
    ]
    let text =
      ext == "csv"
      ? DatabaseSnapshots.statements(queries.map { "\"\($0)\",1,5" }, columns: "query,calls,total_exec_time")
      : "["
        + queries.map {
          "{\"query\":\"\($0.replacing("\\", with: "\\\\"))\",\"calls\":1,\"total_exec_time\":5}"
        }.joined(separator: ",") + "]"
    let result = try DatabaseSnapshots.read(text, text, ext: ext)
    let whole = try DatabaseSnapshots.read(text, ext: ext)
    #expect(!result.shown.contains(Self.secret) && !whole.shown.contains(Self.secret))
    #expect(whole.subjects.count == queries.count)
  }
}
