import TestSupport
import Testing

@testable import SLOReaders

@Suite("A query without its values")
struct NormalizedQueryTests {
  @Test(
    "Blanks, comments, values and the case of keywords do not distinguish queries",
    arguments: [
      "SELECT total FROM orders WHERE id = $1", "select total from orders where id=7",
      "SELECT\n\ttotal\r\nFROM orders /* a /* nested */ one */ WHERE id = -7 -- by id",
      "Select Total From Orders Where Id = 1.5e-3;", "SELECT total FROM orders WHERE id = 0x1F",
      "SELECT total FROM orders WHERE id = E'it\\'s'",
      "SELECT total FROM orders WHERE id = $tag$ ' $a$ $tag$",
      "SELECT total FROM orders WHERE id = 'it''s'", "SELECT total FROM orders WHERE id = U&'\\0041'",
      "SELECT total FROM orders WHERE id = 'a'\n'b'",
      "/*+ IndexScan(o) */ SELECT total FROM orders WHERE id = $4",
    ])
  func same(sql: String) {
    #expect(NormalizedQuery(sql).text == "SELECT total FROM orders WHERE id = $1")
  }

  @Test(
    "Its text is written in one way",
    arguments: [
      (
        "select count( * ) from a,b where a.x=b.y and not c",
        "SELECT count(*) FROM a, b WHERE a.x = b.y AND NOT c"
      ),
      ("insert into t(a,b) values(1,'x')", "INSERT INTO t (a, b) VALUES ($1, $2)"),
      ("SELECT x::numeric(12,2), y[1], a - 1", "SELECT x::numeric($1, $2), y[$3], a - $4"),
      ("SELECT \"odd, \"\"name\"\"; x\" FROM T", "SELECT \"odd, \"\"name\"\"; x\" FROM t"),
      ("SELECT $2, $1, $2, 5", "SELECT $1, $2, $1, $3"), ("select a->>'b' from t", "SELECT a ->> $1 FROM t"),
      ("SELECT 1; SELECT 2", "SELECT $1; SELECT $2"), ("select data ? 'x'", "SELECT data ? $1"),
    ])
  func text(sql: String, expected: String) {
    #expect(NormalizedQuery(sql).text == expected)
  }

  @Test(
    "Lists of values are one query, however long they are",
    arguments: [
      ("SELECT * FROM t WHERE id IN (1, 2, 3) AND b = 4", "SELECT * FROM t WHERE id IN ($1) AND b = $2"),
      (
        "SELECT * FROM t WHERE id IN ($1 /*, ... */) AND b = $2",
        "SELECT * FROM t WHERE id IN ($1) AND b = $2"
      ),
      ("SELECT * FROM t WHERE id IN (-1, 2::bigint)", "SELECT * FROM t WHERE id IN ($1)"),
      ("SELECT * FROM t WHERE (a, b) IN ((1, 2), (3, 4))", "SELECT * FROM t WHERE (a, b) IN (($1, $2))"),
      ("SELECT ANY(ARRAY[1,2,3])", "SELECT ANY (ARRAY[$1])"),
      (
        "INSERT INTO t VALUES (1, 2), (3, DEFAULT), (5, 6) RETURNING id",
        "INSERT INTO t VALUES ($1, $2) RETURNING id"
      ),
      ("SELECT * FROM t WHERE id IN (SELECT 1)", "SELECT * FROM t WHERE id IN (SELECT $1)"),
    ])
  func lists(sql: String, expected: String) {
    #expect(NormalizedQuery(sql).text == expected)
  }

  @Test(
    "A command keeps no value, whether it is a string or not",
    arguments: [
      ("ALTER ROLE bob WITH ENCRYPTED PASSWORD $x$secret$x$", "ALTER ROLE bob WITH ENCRYPTED PASSWORD $1"),
      ("SET my.token = secret", "SET my.token = $1"),
      ("set session search_path to secret, b", "SET SESSION search_path TO $1"),
      ("ALTER SYSTEM SET a TO secret; SELECT b", "ALTER SYSTEM SET a TO $1; SELECT b"),
      ("DO $body$ BEGIN PERFORM secret(); END $body$", "DO $1"),
      ("UPDATE t SET a = b WHERE c = 'secret'", "UPDATE t SET a = b WHERE c = $1"),
    ])
  func commands(sql: String, expected: String) {
    #expect(NormalizedQuery(sql).text == expected)
  }

  @Test(
    "What is not closed, or closes at another place under another setting, is all a value",
    arguments: [
      ("SELECT 'C:\\', secret", "SELECT …"), ("SELECT a, 'secret", "SELECT a, …"),
      ("SELECT a /* secret", "SELECT a …"),
      ("SELECT $q$secret", "SELECT …"), ("SELECT \"secret", "SELECT …"), ("SELECT E'\\' secret", "SELECT …"),
    ])
  func open(sql: String, expected: String) {
    #expect(NormalizedQuery(sql).text == expected)
  }

  @Test("A name is short, and tells queries apart that begin alike")
  func names() {
    let columns = (0..<40).map { "column_\($0)" }.joined(separator: ", ")
    let first = NormalizedQuery("SELECT \(columns) FROM orders WHERE id = 1").name
    let second = NormalizedQuery("SELECT \(columns), more FROM orders WHERE id = 1").name
    #expect(first.hasPrefix("SELECT … FROM orders WHERE id = $1 #") && first != second)
    let long = NormalizedQuery("UPDATE t SET \(columns)").name
    #expect(long.unicodeScalars.count == NormalizedQuery.readable + 10)
    // The first eight digits of: printf 'SELECT total FROM orders WHERE id = $1' | sha256sum
    #expect(
      NormalizedQuery("select total from orders where id = 7").name
        == "SELECT total FROM orders WHERE id = $1 #5ff40630")
  }

  @Test("A name obeys no terminal, and stays on one line")
  func control() {
    #expect(
      NormalizedQuery("SELECT a AS \"\u{1b}[31m\n\u{202e}\"").text
        == "SELECT a AS \"\\u{1b}[31m\\u{a}\\u{202e}\"")
  }

  @Test(
    "Long and hostile texts are read in one pass",
    arguments: [
      "'", "$", "$a$", "/*", "--", "\"", "(", "in (", "values (1),", "+", "in (1::in ", "E'\\", "`", "[",
    ])
  func hostile(piece: String) {
    _ = NormalizedQuery(String(repeating: piece, count: 20_000)).name
  }
}

/// Texts with random values, each of which holds a word that nothing else holds.
@Suite("No value of a query comes out of its name")
struct QueryLiteralTests {
  private static let secret = "zqxj"

  @Test("Whatever values a text has, and however they are written", arguments: 0..<400)
  func values(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sql = Self.text(&random)
    let query = NormalizedQuery(sql)
    #expect(!query.text.contains(Self.secret), "\(sql)")
    #expect(!query.text.contains("4711"), "\(sql)")
    // Other values of the same query make no other one.
    #expect(NormalizedQuery(query.text).text == query.text, "\(sql)")
  }

  @Test("However a text is cut off", arguments: 0..<100)
  func cuts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sql = Self.text(&random)
    let end = Int.random(in: 0...sql.unicodeScalars.count, using: &random)
    let cut = String(String.UnicodeScalarView(sql.unicodeScalars.prefix(end)))
    #expect(!NormalizedQuery(cut).name.contains(Self.secret), "\(cut)")
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let start =
      [
        "SELECT a, \"b c\" FROM t WHERE x = ", "INSERT INTO t (a) VALUES (", "UPDATE t SET a = ", "CALL f(",
        "ALTER ROLE r PASSWORD ", "COMMENT ON TABLE t IS ", "SELECT * FROM t WHERE id IN (", "DO ",
      ].randomElement(using: &random) ?? ""
    var sql = start
    for _ in 0...Int.random(in: 0...5, using: &random) {
      sql += comment(&random) + value(&random) + comment(&random)
      sql +=
        [", ", " AND b = ", " || ", " - ", "::text, ", " /* x */ + "].randomElement(using: &random) ?? ""
    }
    return sql + value(&random) + (start.hasSuffix("(") ? ")" : "")
  }

  private static func value(_ random: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return "'" + inside(["''", " ", "\"", "--", "/*", "$$", ";", "ü", "\n"], &random) + "'"
    case 1: return "E'" + inside(["''", "\\'", "\\\\", "\"", "--", "*/", "\\n"], &random) + "'"
    case 2:
      let tag = ["$$", "$a$", "$tag_1$", "$ü$"].randomElement(using: &random) ?? "$$"
      return tag + inside(["'", "\"", "--", "/*", "\\", ";", "$b$ "].filter { $0 != tag }, &random) + tag
    case 3: return "\(Int.random(in: 0...999, using: &random))4711"
    case 4: return "4711.\(Int.random(in: 0...999, using: &random))e-4711"
    case 5: return "0x4711AF"
    case 6: return "X'4711'"
    case 7: return "N'" + inside(["''", "--"], &random) + "'"
    case 8: return "U&'" + inside(["''", "/*", "\\\\"], &random) + "'"
    default: return "'" + inside(["''"], &random) + "'\n  '" + inside(["''"], &random) + "'"
    }
  }

  private static func inside(_ pieces: [String], _ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...4, using: &random)
    let others = (0..<count).map { _ in (pieces.randomElement(using: &random) ?? "") + "a" }
    return others.joined() + secret + (pieces.randomElement(using: &random) ?? "") + "a" + secret
  }

  private static func comment(_ random: inout SeededGenerator) -> String {
    let secret = Self.secret
    return [
      "", "", " ", " /* \(secret) */ ", " /* a /* \(secret) ' */ \" \(secret) */", " -- \(secret) '\n",
      "\t--\(secret)\r",
    ].randomElement(using: &random) ?? ""
  }
}
