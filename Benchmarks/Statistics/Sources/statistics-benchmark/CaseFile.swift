internal import FoundationEssentials
internal import SLOStatistics

/// Cases of one CSV file (`case_id,role,run,rep,value`), each judged alone.
struct CaseFile {
  private struct Truth: Decodable {
    var scenario: String
    var n: Int
    var shift: Double
  }

  private var order: [String] = []
  private var history: [String: [Int: [Double]]] = [:]
  private var values: [String: [Double]] = [:]

  init(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 5, let run = Int(fields[2]), let value = Double(fields[4]) else { continue }
      if history[fields[0]] == nil, values[fields[0]] == nil { order.append(fields[0]) }
      if fields[1] == "history" {
        history[fields[0], default: [:]][run, default: []].append(value)
      } else {
        values[fields[0], default: []].append(value)
      }
    }
  }

  private func judgement(of id: String) -> Judgement {
    let runs = (history[id] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    let medians = runs.map { SortedSample($0)?.median ?? .nan }
    return RegressionTest().judge(
      Candidate(references: medians, values: values[id] ?? [], referenceRepetitions: runs))
  }

  /// One JSON object a case.
  func showVerdicts() {
    let words: [Judgement.Outcome: String] = [
      .none: "ok", .worse: "regression", .better: "improvement", .insufficient: "inconclusive",
    ]
    for id in order {
      let judgement = judgement(of: id)
      let p = judgement.p.map { "\($0)" } ?? "null"
      print("{\"case\": \"\(id)\", \"verdict\": \"\(words[judgement.outcome] ?? "")\", \"p\": \(p)}")
    }
  }

  /// Alarms by the true shift.
  func showScore(truthPath: String) throws {
    let truths = try JSONDecoder().decode(
      [String: Truth].self, from: Data(contentsOf: URL(filePath: truthPath)))
    let judged = order.compactMap { id in truths[id].map { ($0, judgement(of: id).outcome == .worse) } }
    let shifts = Set(judged.map(\.0.shift)).sorted()
    var table = Table(
      title: "Alarms in per cent by true shift",
      header: ["scenario"] + shifts.map { "+\(fixed(100 * $0, 0)) %" })
    func row(_ name: String, _ belongs: (Truth) -> Bool) -> [String] {
      [name]
        + shifts.map { shift in
          let cell = judged.filter { belongs($0.0) && $0.0.shift == shift }
          return fixed(100 * Double(cell.filter(\.1).count) / Double(cell.count))
        }
    }
    for scenario in Set(judged.map(\.0.scenario)).sorted() {
      table.rows.append(row(scenario) { $0.scenario == scenario })
    }
    table.rows.append(row("all but spiky") { $0.scenario != "spiky" })
    table.show()
  }
}
