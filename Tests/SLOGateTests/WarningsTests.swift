import SLOModel
import Testing

@testable import SLOGate

@Suite("What a person has to look at")
struct WarningsTests {
  private func verdict(of reading: [String], of check: [String] = [], isStrict: Bool = false) throws
    -> Verdict
  {
    var sample = Check([p95(300)], budget: "defaults: { baseline: { p95: 400ms } }")
    sample.runs[0].reading.warnings = reading
    var draft = try sample.draft()
    draft.warnings = check
    var verdict = draft.verdict()
    verdict.isStrict = isStrict
    return verdict
  }

  @Test("What a file says of itself is reported with the file; what is said of the whole check as it is")
  func told() throws {
    let verdict = try verdict(of: ["the page ended at /login"], of: ["git is not installed"])
    #expect(verdict.warnings.count == 2)
    #expect(verdict.warnings.first == "git is not installed")
    #expect(verdict.warnings.last?.hasSuffix(": the page ended at /login") == true)
  }

  @Test("It blocks nothing, and --strict does not pass", arguments: [true, false])
  func code(isOfCheck: Bool) throws {
    let texts = ["something"]
    let (reading, check) = isOfCheck ? ([], texts) : (texts, [])
    #expect(try verdict(of: reading, of: check).code == .pass)
    #expect(try verdict(of: reading, of: check, isStrict: true).code == .warnings)
    #expect(try verdict(of: [], isStrict: true).code == .pass)
  }
}
