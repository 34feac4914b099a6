import FoundationEssentials
import SLOStatistics
import TestSupport
import Testing

/// Simulated cases with a known shift, where the shared fixtures are at hand.
@Suite(.enabled(if: GateCases.folder != nil, "no shared fixtures"))
struct GateCasesTests {
  @Test func `Alarms in the simulated cases keep their bars`() throws {
    let cases = try GateCases().judged.filter { $0.truth.scenario != "spiky" }
    func alarms(shift: Double) -> Double {
      let cell = cases.filter { $0.truth.shift == shift }
      return Double(cell.filter { $0.outcome == .worse }.count) / Double(cell.count)
    }
    #expect(cases.count > 1_000)
    #expect(alarms(shift: 0) < 0.015)  // two of 192; the benchmark counts more closely
    #expect(alarms(shift: 0.1) >= 0.46)
    #expect(alarms(shift: 0.2) >= 0.81)
    #expect(alarms(shift: 0.5) >= 0.93)
  }

  @Test func `Constant counts that did not move never alarm`() throws {
    let still = try GateCases().judged.filter { $0.truth.scenario == "constant" && $0.truth.shift == 0 }
    #expect(!still.isEmpty && still.allSatisfy { $0.outcome == .none })
  }
}

private struct GateCases {
  struct Truth: Decodable {
    var scenario: String
    var shift: Double
  }

  /// The folder of the series; nil where it is not at hand.
  static let folder = sharedFixtures(with: "series/gate_cases.csv")?.appending(path: "series").path

  let judged: [(truth: Truth, outcome: Judgement.Outcome)]

  init() throws {
    let folder = try #require(GateCases.folder)
    let truth = try JSONDecoder().decode(
      [String: Truth].self, from: Data(contentsOf: URL(filePath: folder + "/gate_truth.json")))
    var candidates: [String: Candidate] = [:]
    for line in try String(contentsOfFile: folder + "/gate_cases.csv", encoding: .utf8).split(
      whereSeparator: \.isNewline)
    {
      let fields = line.split(separator: ",")
      guard let value = Double(fields[4]) else { continue }
      var candidate = candidates[String(fields[0])] ?? Candidate(references: [], values: [])
      if fields[1] == "history" { candidate.references.append(value) } else { candidate.values.append(value) }
      candidates[String(fields[0])] = candidate
    }
    judged = candidates.compactMap { id, candidate in
      truth[id].map { ($0, RegressionTest().judge(candidate).outcome) }
    }
  }
}
