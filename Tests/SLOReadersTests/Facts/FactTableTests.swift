import SLOModel
import Testing

@testable import SLOReaders

@Suite("Facts as CSV and JSON Lines")
struct FactTableTests {
  @Test("Columns are found by their names, in any order; only name and value must be there")
  func columns() throws {
    let result = try FactFiles.read(
      "\u{FEFF}value,name,unit,note,subject,better,samples\r\n8200,build,ms,x,,lower,\r\n\"182400\",\"app.js\",B,,web,,12\r\n",
      ext: "csv")
    #expect(result.errors.isEmpty)
    #expect(
      result.line("build") == "8200.0 ms lower -" && result.line("app.js", of: "web") == "182400.0 B - 12")
    #expect(
      result.usable.first?.notices == [
        "left out \"note\": of a fact there are name, subject, value, unit, better, samples"
      ])
    #expect(try FactFiles.read("name,value\na,1", ext: "csv").line("a") == "1.0 unitless - -")
    #expect(try FactFiles.read("name,size\na,1", ext: "csv").usable.isEmpty)
  }

  @Test("A gap is no value", arguments: ["", "nan", "NaN", "null", "\"\""])
  func gaps(text: String) throws {
    let result = try FactFiles.read("name,value,unit\na,\(text),\nb,2,\n", ext: "csv")
    #expect(result.errors.isEmpty && result.line("a") == nil && result.line("b") != nil)
    #expect(result.usable.first?.notices == ["left out what has no value: \"a\""])
  }

  @Test(
    "What is no fact is an error at its line",
    arguments: [
      (
        "name,value\na,5%",
        "2:3: found \"5%\"; expected a decimal number, or nothing where there is none; write the number alone, with its"
          + " unit in the column unit"
      ),
      (
        "name,value\na,1\nb,2\na,3",
        "4:1: found \"a\" a second time, first in line 2; expected every fact once; remove one of the two, or give each"
          + " a subject of its own"
      ),
      (
        "name,value,unit\na,-1,s",
        "2:3: found -1 in s; expected a time from 0 up; correct the script, or the unit it states"
      ),
      (
        "name,value,unit\na,1",
        "2:1: found a row of 2 columns; expected 3, as in the header; correct the line, or write the file again"
      ),
      ("name,value\n,1", "2:1: found an empty name; expected a name such as cdn_hit_rate; name every fact"),
      (
        "name,value\n\"a,1",
        "2:1: found a quote that is not closed; expected a second quote behind it; correct the line, or write the file"
          + " again"
      ),
    ])
  func broken(text: String, message: String) throws {
    #expect(try FactFiles.read(text, ext: "csv").errors.map(\.description) == ["facts.csv:" + message])
  }

  @Test("JSON Lines are one object a line, blank lines aside")
  func lines() throws {
    let result = try FactFiles.read(
      "{\"name\":\"a\",\"value\":1}\n\n{\"name\":\"b\",\"samples\":[1,3],\"x\":1}\n", ext: "jsonl")
    #expect(result.errors.isEmpty && result.usable.first?.source.format == "facts-jsonl")
    #expect(result.line("a") == "1.0 unitless - -" && result.line("b", .median) == "2.0 unitless - 2")
    #expect(result.usable.first?.notices.first?.hasPrefix("left out \"x\"") == true)
    #expect(try FactFiles.read("{\"name\":\"a\",\"value\":1}", ext: "jsonl").line("a") != nil)
  }

  @Test(
    "A broken line is named",
    arguments: [
      ("{\"name\":\"a\",\"value\":2}", "2:9 ($.name): found \"a\" a second time, first in line 1;"),
      ("{\"name\":\"b\",\"val", "2:17 ($): found the end of a document that was cut off;"),
      ("done", "2:1 ($): found \"done\"; expected a JSON value;"),
      ("[1]", "2:1 ($): found an array; expected an object;"),
    ])
  func brokenLines(line: String, message: String) throws {
    let error = try FactFiles.read("{\"name\":\"a\",\"value\":1}\n\(line)\n", ext: "jsonl").errors.first
    #expect(error?.description.hasPrefix("facts.jsonl:" + message) == true, "\(error?.description ?? "")")
  }

  @Test("Twenty thousand facts are read in any form, and one that is there twice is found")
  func many() throws {
    let rows = (0..<20_000).map { "f\($0),\($0)" }.joined(separator: "\n")
    let table = try FactFiles.read("name,value\n" + rows, ext: "csv")
    #expect(table.usable.first?.measurements.count == 20_000)
    let twice = try FactFiles.read("name,value\n" + rows + "\nf0,1", ext: "csv")
    #expect(twice.errors.first?.found == "\"f0\" a second time, first in line 2")
    let lines = (0..<20_000).map { "{\"name\":\"f\($0)\",\"value\":1}" }.joined(separator: "\n")
    #expect(try FactFiles.read(lines, ext: "jsonl").usable.first?.measurements.count == 20_000)
  }
}
