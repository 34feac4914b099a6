import Testing

@Suite("slogate check --paired-base")
struct PairedCommandTests {
  /// Results of base and candidate, in turn.
  private func check(
    _ candidate: [Double], base: [Double] = [200, 310, 190, 260], _ more: [String] = []
  ) throws -> Workplace.Result {
    let workplace = try Workplace()
    for (name, values) in [("base", base), ("head", candidate)] {
      for (index, value) in values.enumerated() {
        try workplace.write(
          "\(name)-\(index).json",
          summary(p95: "\(value)", p99: "\(value * 1.5)", med: "\(value / 2)"))
      }
    }
    return try workplace.run(
      ["check", "--paired-base"] + base.indices.map { "base-\($0).json" } + ["--baseline"]
        + candidate.indices.map { "head-\($0).json" } + ["--no-record"] + more)
  }

  @Test("A slowdown is seen on the first day, on a machine that wanders by half")
  func slower() throws {
    let result = try check([232, 361, 220, 301])
    #expect(result.code == 2, "\(result.output)\(result.errors)")
    #expect(
      result.output.contains("against 4 pairs with the base") && result.output.contains("against the base)"),
      "\(result.output)")
    #expect(result.output.contains("4 runs of the base in this job"), "\(result.output)")
    #expect(result.output.contains("in 4 pairs"), "\(result.output)")
    #expect(try check([201, 309, 191, 258]).code == 0)
  }

  @Test("Runs that do not pair up are refused")
  func refused() throws {
    let result = try check([232, 361, 220])
    #expect(result.code == 64 && result.errors.contains("4 results of the base and 3 of the candidate"))
  }

  @Test("JSON says what it was held against")
  func json() throws {
    let result = try check([232, 361, 220, 301], ["--format", "json"])
    #expect(result.output.contains("\"paired\": true") && result.output.contains("\"pairs\": 4"))
    #expect(result.output.contains("base-3.json"))
  }
}
