import SLOModel
import Testing

@testable import SLOReaders

@Suite("Raw samples in another layout")
struct SampleDocumentsTests {
  private static let lines = [
    #"{"type":"Metric","data":{"name":"http_reqs","type":"counter","contains":"default","thresholds":[],"submetrics":null},"metric":"http_reqs"}"#,
    #"{"metric":"http_reqs","type":"Point","data":{"time":"2026-11-20T23:17:12.740025082Z","value":1,"tags":{"name":"a \"b\" {c","method":"GET"}}}"#,
    #"{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-20T23:17:12.740025082Z","value":24.123,"tags":{"name":"a \"b\" {c","method":"GET"}}}"#,
    #"{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-20T23:17:14.5Z","value":31.5,"tags":{"name":"b","method":"GET"}}}"#,
  ]

  /// The line over many lines, with blanks between its tokens; these lines have none of these signs in texts.
  private static func spread(_ line: String) -> String {
    line.replacing(#","type""#, with: ",\n  \"type\"").replacing(
      #","data":{"#, with: ",\n  \"data\": {\n    "
    )
    .replacing("}}", with: "\n  }\n}")
  }

  private func read(_ text: String) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/f.json")
      return Readers.read(paths: [folder + "/f.json"], as: .profile("baseline"))
    }
  }

  @Test("Whatever its layout, a run has one identity and one set of figures")
  func layouts() throws {
    let (lines, spread) = (Self.lines, Self.lines.map(Self.spread))
    let plain = try #require(try read(lines.joined(separator: "\n") + "\n").usable.first)
    let rows = lines.joined(separator: ",\n")
    var texts: [String] = ["[\(lines.joined(separator: ","))]", "[\n\(rows)\n]\n"]
    texts.append("[\n  \(spread.joined(separator: ",\n  "))\n]")
    texts.append(spread.joined(separator: "\n") + "\n")
    texts.append(spread.joined())
    texts.append("k6 says { hello }\n" + spread.joined(separator: "\n"))
    for text in texts {
      let result = try read(text)
      #expect(result.errors.map(\.description) == [])
      #expect(result.usable.first?.measurements == plain.measurements)
      #expect(result.usable.first?.source.sha256 == plain.source.sha256)
      #expect(result.usable.first?.failure == nil)
    }
  }

  @Test("What is cut off is read as far as it goes, and is no whole run")
  func cutOff() throws {
    let spread = Self.lines.map(Self.spread)
    let texts: [String] = [
      "[\(Self.lines.joined(separator: ",").dropLast(30))", "\(spread.joined(separator: "\n").dropLast(30))",
      "[\n\(spread.joined(separator: ",\n")),\n",
    ]
    for text in texts {
      let result = try read(text)
      #expect(result.errors.map(\.description) == [])
      #expect(result.usable.first?.value("http_reqs", .count) == 1)
      #expect(result.usable.first?.failure?.contains("cut short") == true)
    }
  }

  @Test("An error is reported at its place in the file")
  func places() throws {
    let wrong = Self.lines[3].replacing("31.5", with: "\"x\"")
    let array = try read("[\n" + (Self.lines.prefix(3) + [wrong]).joined(separator: ",\n") + "\n]")
    #expect(
      array.errors.first?.place == .text(line: 5, column: 1, path: "$[3].data.value"), "\(array.errors)")
    let good = Self.lines.prefix(3).map(Self.spread).joined(separator: "\n") + "\n"
    let pretty = try read(good + Self.spread(Self.lines[3].replacing("31.5", with: "-31.5")))
    let line = good.count { $0 == "\n" } + 1
    #expect(pretty.errors.first?.place == .text(line: line, column: 1, path: nil), "\(pretty.errors)")
  }
}
