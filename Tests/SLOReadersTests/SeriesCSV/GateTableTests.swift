import SLOStatistics
import Testing

@testable import SLOReaders

@Suite("Cases for the gate from CSV")
struct GateTableTests {
  private func read(_ rows: String, better: Candidate.Better = .lower) throws
    -> (cases: [GateCase], errors: [InputError])
  {
    try Fixtures.withFolder { folder in
      try Fixtures.write("case_id,role,run,rep,value\n" + rows, to: folder + "/t.csv")
      return Readers.gateCases(path: folder + "/t.csv", better: better)
    }
  }

  @Test("A run of the history is one reference, the candidate's rows are its repetitions")
  func roles() throws {
    let (cases, errors) = try read(
      "a,history,0,0,10.0\na,history,1,0,11.0\na,candidate,2,0,12.0\na,candidate,2,1,13.5\nb,history,0,0,1\n")
    #expect(errors.isEmpty)
    #expect(cases.map(\.name) == ["a", "b"])
    #expect(cases[0].candidate.references == [10, 11])
    #expect(cases[0].candidate.values == [12, 13.5])
    #expect(cases[1].candidate.values.isEmpty)
  }

  @Test("Several rows of a run are its repetitions, and their median the reference")
  func repetitions() throws {
    let read = try read(
      "a,history,0,0,10\na,history,0,1,30\na,history,0,2,11\na,history,1,0,\na,history,2,0,9\n")
    #expect(read.cases.first?.candidate.references == [11, 9])
    #expect(read.cases.first?.candidate.referenceRepetitions == [[10, 30, 11], [9]])
  }

  @Test(
    "The digits written carry the resolution",
    arguments: [
      ("10", 1), ("10.0", 0.1), ("390.540", 0.001), ("1.5e-2", 0.001), ("1.25e1", 0.1), ("2e3", 1),
      ("1e-4", 0.0001), ("-0.25", 0.01),
    ])
  func resolution(text: String, unit: Double) throws {
    #expect(try read("a,history,0,0,7\na,candidate,1,0,\(text)\n").cases[0].candidate.resolution == unit)
  }

  @Test("Higher is better where the caller says so")
  func direction() throws {
    #expect(try read("a,history,0,0,1\n", better: .higher).cases[0].candidate.better == .higher)
  }

  @Test("Unknown roles, falling runs and torn cases are reported with their lines")
  func problems() throws {
    let errors = try read(
      "a,history,1,0,1\na,history,0,0,1\na,reference,2,0,1\nb,candidate,0,0,1\na,candidate,3,0,1\n"
    )
    .errors
    #expect(
      errors.map(\.place) == [
        .text(line: 3, column: 11, path: nil), .text(line: 4, column: 3, path: nil),
        .text(line: 6, column: 1, path: nil),
      ])
    #expect(errors[1].found == "the role \"reference\"")
  }
}
