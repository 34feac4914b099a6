internal import Glibc

/// `statistics-benchmark [--seed N] [--draws N] [--speed|--rates|--changes|--differences|--checks [--bars|--table]]`,
/// `--cases FILE [--truth FILE]`, `--series FILE [--labels FILE]`, `--replay FILE --labels FILE` or `--families FILE
/// --labels FILE`.
@main
struct Benchmark {
  static func main() throws {
    let flags = CommandLine.arguments.dropFirst()
    func value(of flag: String) -> String? {
      flags.firstIndex(of: flag).flatMap { $0 + 1 < flags.endIndex ? flags[$0 + 1] : nil }
    }
    let seed = value(of: "--seed").flatMap(UInt64.init) ?? 1
    if let path = value(of: "--cases") {
      let cases = try CaseFile(path: path)
      if let truth = value(of: "--truth") {
        try cases.showScore(truthPath: truth)
      } else {
        cases.showVerdicts()
      }
      return
    }
    if let path = value(of: "--series") {
      let file = try LabelledFile(path: path)
      if let labels = value(of: "--labels") {
        try file.showScore(labelsPath: labels)
      } else {
        file.showChangePoints()
      }
      return
    }
    if let path = value(of: "--replay"), let labels = value(of: "--labels") {
      return try Replay(path: path, labelsPath: labels).show()
    }
    if let path = value(of: "--families"), let labels = value(of: "--labels") {
      return try RealFamilies(path: path, labelsPath: labels, seed: seed).show()
    }
    let draws = value(of: "--draws").flatMap(Int.init) ?? 400
    if flags.contains("--rates") {
      Shares(seed: seed, cases: draws).show()
      return Scores(seed: seed, cases: draws).show()
    }
    if flags.contains("--changes") { return ChangePoints(seed: seed, cases: draws / 8).show() }
    if flags.contains("--speed") {
      Speed(seed: seed).show()
      CheckSpeed(seed: seed).show()
      return ChangeSpeed(seed: seed).show()
    }
    if flags.contains("--checks") {
      let checks = WholeChecks(seed: seed, cases: draws)
      if flags.contains("--table") { return checks.showSource() }
      let outcomes = checks.outcomes()
      WholeChecks.show(outcomes)
      let broken = flags.contains("--bars") ? WholeChecks.broken(outcomes) : []
      broken.forEach { print("✗ \($0)") }
      exit(broken.isEmpty ? 0 : 1)
    }
    if flags.contains("--differences") {
      Differences(seed: seed, cases: draws).show()
      return IntervalCoverage(seed: seed, cases: draws).show()
    }
    SingleSeries(seed: seed, cases: draws).show()
    Detectability(seed: seed, cases: draws).show()
    Shares(seed: seed, cases: draws).show()
    Scores(seed: seed, cases: draws).show()
    Families(seed: seed, cases: draws / 4).show()
    ChangePoints(seed: seed, cases: draws / 8).show()
    Speed(seed: seed).show()
    ChangeSpeed(seed: seed).show()
  }
}
