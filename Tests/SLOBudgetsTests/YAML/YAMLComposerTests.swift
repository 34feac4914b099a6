import Testing

@testable import SLOBudgets

@Suite("YAML with places")
struct YAMLComposerTests {
  @Test(
    "A file that is no YAML is one problem at its place",
    arguments: [
      ("version: 1\nservice: ⟨1⟩@x\n", "cannot start any token", "quote"),
      ("defaults:\n⟨1⟩\tbaseline: 1\n", "a tab is where", "spaces"),
      ("version: 1\n  service⟨1⟩: x\n", "mapping values are not allowed", "indentation"),
      ("a: [1, 2\nb⟨1⟩: 3\n", "while parsing a flow sequence begun on line 1", ""),
      ("a: {b: c,\n  d: e⟨1⟩", "begun on line 1", "braces"),
      ("a: ⟨1⟩*nothing\n", "stands for nothing written before it", ""),
      ("a: &x [⟨1⟩*x]\n", "stands for nothing written before it", ""),
      ("a: \"⟨1⟩\\q\"\n", "unknown escape", ""),
      ("endpoints:\n  *⟨1⟩: { p95: 1s }\n", "alphabetic", "quote the key"),
      ("⟨1⟩[1, 2]: x\n", "expected a word as key, found a list", ""),
      ("a: b⟨1⟩\u{1}c\n", "control characters", ""), ("a: ä⟨1⟩\0\n", "NUL", ""),
      ("⟨1⟩", "is empty", "version: 1"),
      ("⟨1⟩# only a comment\n", "is empty", "version: 1"),
    ])
  func syntax(marked: String, message: String, hint: String) {
    let source = MarkedSource(marked)
    let found = problems(in: source.text)
    #expect(found.map(\.place) == source.places, "\(found)")
    #expect(found.first?.message.contains(message) == true, "\(found)")
    #expect(hint.isEmpty || found.first?.hint?.contains(hint) == true, "\(found)")
  }

  @Test(
    "Other offences are collected, all of them",
    arguments: [
      ("service: a\n⟨1⟩service: b\nowner: x\n⟨2⟩owner: y\n⟨3⟩service: c\n", "is already set on line 1"),
      ("service: x\n--- \n⟨1⟩service: y\n", ""),
      ("service: ⟨1⟩!include x\n", "the tag '!include' is not supported"),
      (
        "defaults:\n  baseline: &b { p95: 1s }\n  spike: { ⟨1⟩<<: *b, ⟨2⟩eror_rate: 1% }\n",
        "merge keys are not supported"
      ),
    ])
  func collected(marked: String, message: String) {
    let source = MarkedSource(marked)
    let found = problems(in: source.text)
    #expect(found.first?.message.contains(message) == true, "\(found)")
    if !message.isEmpty { #expect(Set(found.map(\.place)).isSuperset(of: source.places), "\(found)") }
  }

  @Test("A second document is refused at its first line")
  func secondDocument() {
    let source = MarkedSource("service: x\n⟨1⟩---\nservice: y\n")
    let found = problems(in: source.text)
    #expect(found.map(\.place) == source.places)
    #expect(found.first?.message == "expected one document, found another")
  }

  @Test("A byte-order mark changes no place; UTF-16 and broken UTF-8 are refused")
  func encodings() {
    func problems(_ bytes: [UInt8]) -> [BudgetProblem] {
      do throws(BudgetProblems) {
        _ = try Budgets.parse(bytes: bytes, file: "b.yaml")
        return []
      } catch { return error.problems }
    }
    #expect(problems([0xEF, 0xBB, 0xBF] + Array("version: 1\n".utf8)).isEmpty)
    #expect(problems([0xEF, 0xBB, 0xBF] + Array("x: 1".utf8)).first?.place.column == 1)
    #expect(
      problems(Array("version: 1\r\nx: 1\r\n".utf8)).first?.place == Place(file: "b.yaml", line: 2, column: 1)
    )
    #expect(problems([0xFF, 0xFE, 0x61, 0]).first?.message == "is UTF-16 text, expected UTF-8")
    let broken = problems(Array("owner: é\nx: ".utf8) + [0xC3, 0x28])
    #expect(broken.first?.place == Place(file: "b.yaml", line: 2, column: 4))
    #expect(
      problems(Array(repeating: 32, count: YAMLText.largest + 1)).first?.message.contains("larger") == true)
  }

  @Test("An alias is read as what it stands for")
  func alias() throws {
    let budgets = try Budgets.parse(
      "defaults:\n  baseline: &b { p95: 400ms }\n  spike: *b\n", file: "b.yaml")
    #expect(budgets.limits(profile: "spike", endpoint: "*").map(\.bound) == [400])
  }

  @Test("A key written twice is found in a mapping of any length", arguments: [2, 16, 17, 18, 500])
  func longMapping(count: Int) {
    let lines = (0..<count).map { "  e\($0): { a: { p95: 1s } }" }.joined(separator: "\n")
    let source = MarkedSource("endpoints:\n\(lines)\n  ⟨1⟩e0: {}\n  ⟨2⟩e\(count - 1): {}\n")
    #expect(problems(in: source.text).map(\.place) == source.places)
  }

  @Test("Anchors that explode are one clear error")
  func explosion() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let found = problems(in: text)
    #expect(found.map(\.message) == ["stands for more than 200000 values"])
    #expect(found.first?.place.line == 6)
  }

  @Test("Nesting is bounded, aliases followed", arguments: [200, 100_000])
  func nesting(depth: Int) {
    let brackets = problems(in: "a: " + String(repeating: "[", count: depth))
    #expect(brackets.map(\.message) == ["nests deeper than 64 levels"])
  }
}
