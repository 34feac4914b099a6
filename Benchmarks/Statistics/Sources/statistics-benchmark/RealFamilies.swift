internal import SLOStatistics

/// Real histories of one project judged together, commit by commit, as the series of a check would have been.
///
/// A commit counts where at least three of its series are far from every label: an alarm there is false, and one of these
/// series made worse by a known factor should be found. The second run of a build is the next run of the history, held
/// against the same references as the first.
struct RealFamilies {
  private static let factors = [1, 1.1, 1.2, 1.5]
  /// How many references are looked back on, at least and at most.
  fileprivate static let references = 8...30
  private static let fewest = 3

  fileprivate struct Series {
    /// Less is better.
    var values: [Double]
    var labels: HistoryCSV.Labels
    /// Where each commit of the project lies.
    var places: [Int: Int]
    /// The commit of each value.
    var commits: [Int]
  }

  fileprivate struct Family {
    var name: String
    var series: [Series]
    var commits: Int
  }

  private let families: [Family]
  private let seed: UInt64

  /// - Parameters:
  ///   - path: CSV as `HistoryCSV` reads it; what the name of a series has before its first `/` is its project.
  ///   - labelsPath: JSON as `HistoryCSV.labels` reads it; series without labels are left out.
  init(path: String, labelsPath: String, seed: UInt64) throws {
    self.seed = seed
    let file = try HistoryCSV(path: path)
    let labels = try HistoryCSV.labels(path: labelsPath)
    let whole = file.order.filter { id in
      labels[id] != nil && file.runs[id, default: []].allSatisfy { $0.value > 0 && $0.value.isFinite }
    }
    let projects = Dictionary(grouping: whole) { String($0.prefix { $0 != "/" }) }
    families = projects.sorted { $0.key < $1.key }.map { name, ids in
      RealFamilies.family(
        name,
        ids.compactMap { id in
          labels[id].map { (runs: file.runs[id, default: []], labels: $0) }
        })
    }
  }

  /// Series of a project whose commits are not known end together.
  private static func family(
    _ name: String, _ members: [(runs: [HistoryCSV.Run], labels: HistoryCSV.Labels)]
  ) -> Family {
    let longest = members.map(\.runs).max { $0.count < $1.count } ?? []
    let isKnown = members.contains { $0.runs.contains { !$0.commit.isEmpty } }
    let order = Dictionary(longest.enumerated().map { ($0.element.commit, $0.offset) }) { $1 }
    let series = members.map { member in
      let offset = longest.count - member.runs.count
      let commits = member.runs.enumerated().map { index, run in
        isKnown ? order[run.commit] ?? -1 : offset + index
      }
      let isHigherBetter = member.labels.better == "higher"
      return Series(
        values: member.runs.map { isHigherBetter ? 1 / $0.value : $0.value }, labels: member.labels,
        places: Dictionary(commits.enumerated().map { ($0.element, $0.offset) }) { $1 }, commits: commits)
    }
    return Family(name: name, series: series, commits: longest.count)
  }

  func show() {
    show("as the endpoints of a check", isCheck: true)
    show("as series that share no machine", isCheck: false)
  }

  private func show(_ what: String, isCheck: Bool) {
    var table = Table(
      title: "Real families \(what), each commit against up to 30 before it, one step → two: per cent",
      header: [
        "family", "series", "unchanged checks", "blocked", "second run needed", "one +10 %", "+20 %", "+50 %",
      ])
    for family in families {
      var random = SplitMix64(seed: seed)
      var outcome = Outcome()
      for commit in 0..<family.commits {
        let members = family.members(at: commit)
        if members.count >= RealFamilies.fewest { outcome.add(members, isCheck: isCheck, using: &random) }
      }
      guard outcome.checks > 0 else { continue }
      let suspects = 100 * Double(outcome.suspects) / Double(outcome.checks)
      let cells = outcome.counts.enumerated().map { $0.element.cell($0.offset == 0 ? 1 : 0) }
      table.rows.append(
        [family.name, "\(family.series.count)", "\(outcome.checks)", cells[0], fixed(suspects)]
          + cells.dropFirst())
    }
    table.show()
  }

  /// One series at one commit: its references, and what the build and the next one measured.
  fileprivate struct Member {
    var references: [Double]
    var runs: [Int]
    var first: Double
    var second: Double
  }

  private struct Outcome {
    /// By the factors, in their order: the first counts unchanged checks that are blocked, the others those in which the
    /// change is found.
    var counts = RealFamilies.factors.map { _ in StepCounts() }
    var suspects = 0

    var checks: Int { counts[0].checks }

    mutating func add(_ members: [Member], isCheck: Bool, using random: inout SplitMix64) {
      let changed = random.index(below: members.count)
      for (index, factor) in RealFamilies.factors.enumerated() {
        let check = { (value: KeyPath<Member, Double>) in
          JudgedCheck(
            RegressionTest().judge(
              members.enumerated().map { place, member in
                Candidate(
                  references: member.references,
                  values: [member[keyPath: value] * (place == changed ? factor : 1)],
                  runs: isCheck ? member.runs : nil)
              }))
        }
        let first = check(\.first)
        let twoSteps = JudgedCheck.inTwoSteps(first) { check(\.second) }
        let isHit = { (places: Set<Place<Int>>) in
          factor == 1 ? !places.isEmpty : places.contains(.series(changed))
        }
        counts[index].count(oneStep: isHit(first.blocked), twoSteps: isHit(twoSteps.confirmed))
        if factor == 1, !twoSteps.suspects.isEmpty { suspects += 1 }
      }
    }
  }
}

extension RealFamilies.Family {
  /// The series that can be judged at a commit and that nothing changed.
  fileprivate func members(at commit: Int) -> [RealFamilies.Member] {
    series.compactMap { series in
      guard let place = series.places[commit], place >= RealFamilies.references.lowerBound,
        place + 2 < series.values.count, series.labels.isQuiet(at: place, before: 4, after: 6)
      else { return nil }
      let window = max(0, place - RealFamilies.references.upperBound)..<place
      return RealFamilies.Member(
        references: Array(series.values[window]), runs: Array(series.commits[window]),
        first: series.values[place], second: series.values[place + 1])
    }
  }
}
