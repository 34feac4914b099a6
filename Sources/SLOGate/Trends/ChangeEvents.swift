import SLOHistory
import SLOModel
import SLOStatistics

/// The changes of trends, those of one commit together: what one commit did to many series is said once.
///
/// Series of different sizings are never put together. A search may place a change one commit off, so a group one
/// measured commit next to a larger one joins it.
/// - Returns: the event of most series first, of two alike the newer.
package func changeEvents(in trends: [Trend]) -> [ChangeEvent] {
  let scopes = Dictionary(grouping: trends) { Scope(service: $0.service, sizing: $0.environment.sizing) }
  return scopes.values.flatMap { ChangeGrouping($0).events }.sorted(by: isBefore)
}

private struct Scope: Hashable {
  var service: String
  var sizing: [String: String]
}

private func isBefore(_ left: ChangeEvent, _ right: ChangeEvent) -> Bool {
  if left.members.count != right.members.count { return left.members.count > right.members.count }
  if left.first.time != right.first.time { return left.first.time > right.first.time }
  if left.first.sha != right.first.sha { return left.first.sha < right.first.sha }
  if left.service != right.service { return left.service < right.service }
  return left.environment.fingerprint < right.environment.fingerprint
}

/// The grouping of the changes of one service at one sizing.
private struct ChangeGrouping {
  private let trends: [Trend]
  /// The measured commits of all trends, oldest first.
  private let commits: [ReferenceCommit]
  /// The place of each among them.
  private let places: [String: Int]

  init(_ trends: [Trend]) {
    self.trends = trends
    let measured = trends.flatMap { $0.points.map(\.commit) }
    let known = Dictionary(measured.map { ($0.sha, $0) }) { $0.time <= $1.time ? $0 : $1 }
    commits = known.values.sorted { ($0.time, $0.sha) < ($1.time, $1.sha) }
    places = Dictionary(uniqueKeysWithValues: zip(commits.map(\.sha), 0...))
  }

  var events: [ChangeEvent] {
    let members = trends.flatMap { trend in trend.changes.map { ChangeEvent.Member(trend, $0) } }
    var groups = Dictionary(grouping: members) { place(of: $0.first) }
    let bySize = groups.map { (place: $0.key, size: $0.value.count) }
      .sorted { $0.size == $1.size ? $0.place > $1.place : $0.size > $1.size }
    // What was taken in is gone, and takes in none.
    return bySize.compactMap { place, _ in
      guard let core = groups.removeValue(forKey: place) else { return nil }
      let neighbours = [place - 1, place + 1].compactMap { groups.removeValue(forKey: $0) }
      return event(core, neighbours)
    }
  }

  /// The event of a group and its neighbours. The larger group decides the commits; of groups as large as each
  /// other it is not known which is right, so that the range and the suspects hold those of both.
  private func event(_ core: [ChangeEvent.Member], _ neighbours: [[ChangeEvent.Member]]) -> ChangeEvent? {
    let deciding = [core] + neighbours.filter { $0.count == core.count }
    let ranges = deciding.map(range)
    guard let trend = trends.first, let last = ranges.map(\.last).min(),
      let first = ranges.map(\.first).max()
    else { return nil }
    return ChangeEvent(
      service: trend.service, environment: trend.environment, last: commits[last], first: commits[first],
      suspects: pooled(deciding.compactMap(sharpest)) ?? sharpest(of: neighbours.flatMap(\.self)),
      members: (core + neighbours.joined()).sorted(by: ChangeEvent.Member.isLarger))
  }

  /// The places around a change that begins for all members at one commit: the tightest of theirs.
  private func range(of members: [ChangeEvent.Member]) -> (last: Int, first: Int) {
    (members.map { place(of: $0.last) }.max() ?? 0, members.map { place(of: $0.first) }.max() ?? 0)
  }

  /// The suspects of the series of a group that leaves the fewest, and of these the shortest range; nil where all of
  /// them drift.
  private func sharpest(of members: [ChangeEvent.Member]) -> Suspects? {
    let known = members.compactMap { member in member.suspects.map { (suspects: $0, series: member.series) } }
    func rank(_ known: (suspects: Suspects, series: Series)) -> (Int, Int, Int, Series) {
      let suspects = known.suspects
      return (suspects.measured.count, -place(suspects.after), place(suspects.upTo), known.series)
    }
    return known.min { rank($0) < rank($1) }?.suspects
  }

  /// The suspects of several groups: each group is as likely to be right.
  private func pooled(_ sets: [Suspects]) -> Suspects? {
    guard var pooled = sets.first, sets.count > 1 else { return sets.first }
    pooled.after = sets.map(\.after).min { place($0) < place($1) } ?? pooled.after
    pooled.upTo = sets.map(\.upTo).max { place($0) < place($1) } ?? pooled.upTo
    let weights = sets.flatMap(\.measured).map { ($0.sha, $0.probability / Double(sets.count)) }
    pooled.measured = Dictionary(weights, uniquingKeysWith: +)
      .map { Suspects.Measured(sha: $0, probability: $1) }.sorted { place($0.sha) < place($1.sha) }
    return pooled
  }

  private func place(of commit: ReferenceCommit) -> Int { place(commit.sha) }

  private func place(_ sha: String) -> Int { places[sha] ?? 0 }
}
