extension Schema {
  /// A table, an index, a trigger or a view that is not as slogate makes it.
  struct Difference {
    /// Its kind and name: `trigger journal_is_not_cut`.
    var name: String
    var found: String
    var expected: String
  }

  /// What in a file is not of its version's schema, by name: what was added, what is missing, and what was changed.
  static func differences(in database: Database) throws(SQLiteError) -> [Difference] {
    let found = try objects(of: database)
    let sample = try Database(path: ":memory:", access: .create, busyTimeout: .zero)
    try migrate(sample, to: version(of: database))
    let expected = try objects(of: sample)
    return Set(found.keys).union(expected.keys).sorted().compactMap { name -> Difference? in
      switch (found[name], expected[name]) {
      case (let found?, let expected?):
        found == expected ? nil : Difference(name: name, found: "another text", expected: "that of slogate")
      case (nil, _): Difference(name: name, found: "nothing", expected: "it to be there")
      case (_, nil): Difference(name: name, found: "something slogate never makes", expected: "nothing")
      }
    }
  }

  /// The texts of everything a file is made of, but for what SQLite makes itself.
  private static func objects(of database: Database) throws(SQLiteError) -> [String: String] {
    let row = try database.prepare(
      "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE substr(name, 1, 7) <> 'sqlite_'"
    )
    try row.bind()
    var objects: [String: String] = [:]
    while try row.step() { objects[row.text(0)] = bare(row.text(1)) }
    return objects
  }

  /// A statement without its layout: versions of SQLite differ in what they keep of it when a table is altered.
  private static func bare(_ sql: String) -> String {
    let lines = sql.split(separator: "\n").map { line in
      line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line
    }
    return String(lines.joined().filter { !$0.isWhitespace && $0 != "\"" })
  }
}
