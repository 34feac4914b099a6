import SLOGate
import SLOModel
import SLOStatistics

/// Where nearly all endpoints of a profile became worse alike, that is one story: of the machine, or of a change that
/// hits everything.
extension Verdict {
  /// Stories with those of such a profile joined into one, at the place of the first.
  func broadened(_ stories: [Story]) -> [Story] {
    unique(stories.compactMap { $0.lead?.series.profile }).reduce(stories) { broadened($0, profile: $1) }
  }

  private func broadened(_ stories: [Story], profile: String) -> [Story] {
    let moved = stories.filter { $0.isSlower(profile) }
    let endpoints = moved.filter { $0.endpoint != Series.wholeRun }
    guard endpoints.count >= Story.fewestBroad,
      let first = stories.firstIndex(where: { $0.isSlower(profile) })
    else {
      return stories
    }
    let compared = Set(
      findings.lazy.filter { $0.isCompared && $0.series.profile == profile }.map(\.series.endpoint)
    )
    .subtracting([Series.wholeRun]).count
    guard Double(endpoints.count) >= Story.broadShare * Double(compared), Story.moveAlike(endpoints) else {
      return stories
    }
    var story = Story(joining: moved)
    story.breadth = Story.Breadth(moved: endpoints.count, compared: max(compared, endpoints.count))
    var others = stories.enumerated().filter { !$0.element.isSlower(profile) }
    others.append((first, story))
    return others.sorted { $0.offset < $1.offset }.map(\.element)
  }
}

extension Story {
  /// Of fewer endpoints that move together nothing follows.
  fileprivate static let fewestBroad = 3
  /// The share of the endpoints compared that makes a story one of all.
  fileprivate static let broadShare = 0.8
  /// How far the changes may lie from their median, as a factor either way, and still be one change.
  fileprivate static let alikeFactor = 2.0

  /// Whether it is reported by a value that became worse than its history.
  fileprivate func isSlower(_ profile: String) -> Bool {
    lead?.series.profile == profile && lead?.regression?.outcome == .slower
      && lead?.regression?.effect != .nothing
  }

  fileprivate static func moveAlike(_ stories: [Story]) -> Bool {
    let changes = stories.compactMap { story in
      story.lead?.regression?.judgement?.change?.relative.map { abs($0) }
    }
    guard changes.count == stories.count, let median = SortedSample(changes)?.median else { return false }
    return changes.allSatisfy { $0 >= median / alikeFactor && $0 <= median * alikeFactor }
  }

  /// The stories as one of the run as a whole: what is beyond a limit first, then the figures of the run.
  fileprivate init(joining stories: [Story]) {
    let all = stories.flatMap(\.all)
    let beyond = all.filter { [.over, .missing].contains($0.outcome) }
    let others = all.filter { ![.over, .missing].contains($0.outcome) }
    let whole = others.filter { $0.series.endpoint == Series.wholeRun }
    self.init(
      endpoint: beyond.first?.series.endpoint ?? Series.wholeRun,
      findings: beyond + whole + others.filter { $0.series.endpoint != Series.wholeRun })
  }
}
