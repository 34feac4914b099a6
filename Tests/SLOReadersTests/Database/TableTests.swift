import SLOModel
import Testing

@testable import SLOReaders

@Suite("Tables and indexes of a database")
struct TableTests {
  private let before = """
    schemaname,relname,seq_scan,idx_scan,n_live_tup,n_dead_tup
    public,orders,10,90,1000,0
    public,log,5,,20,0

    """
  private let after = """
    schemaname,relname,seq_scan,idx_scan,n_live_tup,n_dead_tup
    public,orders,30,150,1500,500
    public,log,6,,30,0
    audit,log,1,0,0,0

    """

  @Test("A snapshot has rows, and what was scanned since the statistics began")
  func single() throws {
    let result = try DatabaseSnapshots.read(after)
    let orders = "table public.orders"
    #expect(result.errors.isEmpty && result.subjects == [orders, "table public.log", "table audit.log"])
    #expect(result.figure("rows", of: orders) == 1500 && result.figure("table_rows") == 1530)
    #expect(result.figure("seq_scan", of: orders) == 30 && result.figure("idx_scan", of: orders) == 150)
    // 150 of 180 scans; 500 of 2000 rows.
    #expect(result.figure("index_use", of: orders) == 150.0 / 180)
    #expect(result.figure("dead_rows", of: orders) == 0.25)
    // No index, no scan by one; no row, no share of dead ones.
    #expect(result.figure("index_use", of: "table public.log") == nil)
    #expect(result.figure("dead_rows", of: "table audit.log") == nil)
  }

  @Test("Between two, scans are those between and rows those of the last")
  func window() throws {
    let result = try DatabaseSnapshots.read(before, after)
    let orders = "table public.orders"
    #expect(result.figure("rows", of: orders) == 1500)
    #expect(result.figure("seq_scan", of: orders) == 20 && result.figure("idx_scan", of: orders) == 60)
    #expect(result.figure("index_use", of: orders) == 0.75 && result.usable[0].warnings == [])
    let turned = try DatabaseSnapshots.read(after, before)
    #expect(turned.figure("seq_scan", of: orders) == 10 && turned.usable[0].warnings.count == 1)
  }

  @Test("Rows that were counted go before those that are estimated, under one name")
  func counts() throws {
    let result = try DatabaseSnapshots.read([[after], ["table,rows\norders,1498\nlog,7\nother,3\n"]])
    #expect(result.usable.count == 1 && result.usable[0].failure == nil)
    #expect(result.figure("rows", of: "table public.orders") == 1498)
    #expect(result.figure("rows", of: "table other") == 3 && result.figure("table_rows") == 1508)
    // Two schemas have a table of the name: which of them was counted is not known.
    #expect(
      result.figure("rows", of: "table log") == 7 && result.figure("rows", of: "table public.log") == 30)
  }

  @Test("A total too large for a number is none")
  func overflow() throws {
    let result = try DatabaseSnapshots.read("table,rows\norders,1e308\nlog,1e308\n")
    #expect(result.figure("rows", of: "table log") == 1e308 && result.figure("table_rows") == nil)
  }

  @Test("A table that is there twice is an error", arguments: ["relname,n_live_tup", "table,count"])
  func twice(header: String) throws {
    let result = try DatabaseSnapshots.read("\(header)\nlog,1\nlog,2\n")
    #expect(
      result.errors.map(\.description) == [
        "0-0.csv:3:1: found \"table log\" a second time; expected each table once; select schemaname as well; pass each"
          + " database under a name of its own, as in --evidence NAME=FILE"
      ])
  }

  @Test("Indexes that no scan used are counted, and named")
  func indexes() throws {
    let rows = { (first: Int, second: Int) in
      "schemaname,relname,indexrelname,idx_scan\npublic,orders,orders_pkey,\(first)\npublic,orders,orders_note,\(second)\n"
        + "public,log,log_pkey,4\n"
    }
    let result = try DatabaseSnapshots.read(rows(5, 0))
    #expect(
      result.figure("unused") == 1
        && result.details("unused", of: "*") == ["orders_note of table public.orders"])
    #expect(result.figure("unused", of: "table public.orders") == 1)
    #expect(result.figure("unused", of: "table public.log") == 0)
    let window = try DatabaseSnapshots.read(rows(5, 7), rows(5, 9))
    #expect(window.details("unused", of: "table public.orders") == ["orders_pkey"])
  }
}

@Suite("The connections of a database")
struct ConnectionTests {
  @Test("Rows and numbers by state are the same")
  func states() throws {
    let grouped = try DatabaseSnapshots.read("state,count\nactive,2\nidle,1\n,5\n")
    let raw = try DatabaseSnapshots.read(
      "pid,backend_type,state,wait_event_type\n1,client backend,active,Lock\n2,client backend,active,Client\n"
        + "3,client backend,idle,Client\n4,checkpointer,,Activity\n5,walwriter,,\n")
    for result in [grouped, raw] {
      #expect(result.errors.isEmpty && result.figure("connections") == 3)
      #expect(result.figure("connections", of: "state active") == 2)
      #expect(result.figure("connections", of: "state idle") == 1)
    }
    #expect(raw.figure("connections", of: "state waiting") == 1)
    #expect(grouped.figure("connections", of: "state waiting") == nil)
    #expect(grouped.usable[0].notices.map { $0.hasPrefix("5 processes without a state") } == [true])
    #expect(raw.usable[0].notices == [])
  }

  @Test("Of several snapshots each figure is the largest")
  func several() throws {
    let result = try DatabaseSnapshots.read(
      "state,count\nactive,2\nidle,9\n", "state,count\nactive,5\nidle,1\n")
    #expect(result.figure("connections") == 11 && result.figure("connections", of: "state active") == 5)
    #expect(result.figure("connections", of: "state idle") == 9)
  }

  @Test("Another state is an error that does not repeat it")
  func unknown() throws {
    let result = try DatabaseSnapshots.read("state,count\nsecret,2\n")
    #expect(
      result.errors.map(\.description).joined().hasPrefix(
        "0-0.csv:2:1: found a state of another name; expected active,"))
  }
}

@Suite("How much was evicted and reset")
struct StatementHistoryTests {
  @Test("Evictions are those between, and a reset is said")
  func evictions() throws {
    let info = { (count: Int, day: Int) in "dealloc,stats_reset\n\(count),2026-01-0\(day) 10:00:00+00\n" }
    #expect(try DatabaseSnapshots.read(info(7, 1)).figure("evictions") == 7)
    let window = try DatabaseSnapshots.read(info(7, 1), info(10, 1))
    #expect(window.figure("evictions") == 3 && window.usable[0].warnings == [])
    let reset = try DatabaseSnapshots.read(info(7, 1), info(10, 2))
    #expect(reset.figure("evictions") == 10 && reset.usable[0].warnings.count == 1)
  }
}
