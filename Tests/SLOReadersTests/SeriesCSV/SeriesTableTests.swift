import Foundation
import Testing

@testable import SLOReaders

@Suite("Series from any CSV")
struct SeriesTableTests {
  private func read(_ text: String) throws -> (series: [ValueSeries], errors: [InputError]) {
    try read(Array(text.utf8))
  }

  private func read(_ bytes: [UInt8]) throws -> (series: [ValueSeries], errors: [InputError]) {
    try Fixtures.withFolder { folder in
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/t.csv"))
      return Readers.series(path: folder + "/t.csv")
    }
  }

  private func values(_ text: String) throws -> [[Double?]] {
    let (series, errors) = try read(text)
    try #require(errors.isEmpty, "\(errors)")
    return series.map { $0.values.map { $0.isNaN ? nil : $0 } }
  }

  @Test("Series stand in the order in which they first occur")
  func order() throws {
    let (series, errors) = try read("series_id,index,value\nb,0,1\nb,1,2.5\na,0,-3e2\n")
    #expect(errors.isEmpty)
    #expect(
      series == [ValueSeries(name: "b", values: [1, 2.5]), ValueSeries(name: "a", values: [-300])])
  }

  @Test("Nothing, nan and null are gaps", arguments: ["", " ", "nan", "NaN", "NULL", "\"\""])
  func gaps(gap: String) throws {
    #expect(try values("series_id,index,value\ns,0,1\ns,1,\(gap)\ns,2,3\n") == [[1, nil, 3]])
  }

  @Test("Columns are found by name, whatever is next to them")
  func columns() throws {
    #expect(try values("commit,value, index ,series_id,date\nabc,7,0,s,2026\n") == [[7]])
  }

  @Test("A byte order mark, CRLF, blank lines and a last line without an end change nothing")
  func lineEnds() throws {
    #expect(try values("\u{feff}series_id,index,value\r\ns,0,1\r\n\r\ns,1,2") == [[1, 2]])
  }

  @Test("Names may hold commas, quotes and line breaks")
  func quotes() throws {
    let (series, errors) = try read(
      "series_id,index,value\n\"a,\"\"b\"\"\nc\",0,\"1.5\"\n\"a,\"\"b\"\"\nc\",1,2\nd,0,x\n")
    #expect(errors.map(\.place) == [.text(line: 6, column: 5, path: nil)])
    #expect(series.isEmpty)
    let good = try read("series_id,index,value\n\"a,\"\"b\"\"\nc\",0,\"1.5\"\n")
    #expect(good.series == [ValueSeries(name: "a,\"b\"\nc", values: [1.5])])
  }

  @Test("Gzipped is read as it is")
  func gzip() throws {
    let read = try read(Fixtures.gzipped(Array("series_id,index,value\ns,0,1\n".utf8)))
    #expect(read.series == [ValueSeries(name: "s", values: [1])])
  }

  @Test("Indices need not be consecutive; a position is that of the row")
  func sparse() throws {
    #expect(try values("series_id,index,value\ns,3,1\ns,10,2\nt,-1,3\n") == [[1, 2], [3]])
  }

  @Test("A file of the header alone has no series")
  func headerAlone() throws {
    #expect(try read("series_id,index,value\n").series.isEmpty)
    #expect(try read("series_id,index,value").errors.isEmpty)
  }

  @Test("Without the header, the one to write is shown")
  func header() throws {
    let error = try #require(try read("s,0,1\ns,1,2\n").errors.first)
    #expect(error.place == .text(line: 1, column: 1, path: nil))
    #expect(error.found == "the header \"s,0,1\"")
    #expect(error.remedy == "write the header series_id,index,value as the first line")
    #expect(try read("").errors.map(\.expected) == ["CSV with the header series_id,index,value"])
  }

  @Test("Every problem is reported with its line")
  func problems() throws {
    let (series, errors) = try read(
      """
      series_id,index,value
      a,0,1
      a,0,2
      a,x,2
      a,3,twelve
      b,0,inf
      a,4,1
      ,0,1
      c,0
      c,1,1,1
      """)
    #expect(series.isEmpty)
    let lines = errors.map { error -> Int? in
      if case .text(let line, _, _) = error.place { line } else { nil }
    }
    #expect(lines == [3, 4, 5, 6, 7, 8, 9, 10])
    #expect(errors[0].found == "index \"0\" not behind the one before it")
    #expect(errors[4].found == "more rows of \"a\"")
    #expect(errors[7].found == "a row of 4 columns")
  }

  @Test("Beyond twenty, problems are counted")
  func many() throws {
    let rows = (0..<50).map { "s,\($0),x\n" }.joined()
    let errors = try read("series_id,index,value\n" + rows).errors
    #expect(errors.count == 21)
    #expect(errors.last?.found == "30 more such lines")
  }

  @Test("A quote that nobody closed is an error of its line")
  func openQuote() throws {
    let errors = try read("series_id,index,value\ns,0,1\n\"s,1,2\n").errors
    #expect(errors.map(\.place) == [.text(line: 3, column: 1, path: nil)])
  }

  @Test("What is missing is unreadable")
  func missing() {
    #expect(Readers.series(path: "/nowhere.csv").errors.map(\.kind) == [.unreadable])
  }

  @Test("Any text, cut anywhere, gives series or errors")
  func mutations() throws {
    let text = Array("series_id,index,value\n\"a\"\"\",0,1.5e1\r\nb,0,\nb,2,nan\n".utf8)
    for at in text.indices {
      for byte in [UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"), 0, 0xFF] {
        var mutant = text
        mutant[at] = byte
        let result = try read(mutant)
        #expect(result.series.isEmpty || result.errors.isEmpty)
      }
      _ = try read(Array(text[..<at]))
    }
  }
}
