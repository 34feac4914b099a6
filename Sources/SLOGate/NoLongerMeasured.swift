import SLOHistory
import SLOModel
import SLOReaders

/// What at least half of the compared commits measured, of what a check looks at, and this run has not: a sentence
/// an endpoint, or one for all where they are many.
func noLongerMeasured(_ evaluation: Evaluation) -> [String] {
  evaluation.windows.sorted { $0.key < $1.key }.flatMap { profile, window in
    let missed = Missed.endpoints(of: window, evaluation)
    guard missed.count > Missed.mostNamed else {
      return missed.map { "\(profile): \($0.sentence(of: window.commits.count))" }
    }
    let names = listed(missed.map(\.endpoint), most: Missed.mostNamed)
    let things = EvidenceKind.of(profile: profile).subject.plural
    return ["\(profile): \(missed.count) \(things) measured by the commits before, not by this run: \(names)"]
  }
}

/// The endpoints of this run that the compared commits have nothing of, a sentence a profile.
func newEndpoints(_ evaluation: Evaluation) -> [String] {
  let compared = Dictionary(grouping: evaluation.comparedSeries.keys, by: \.profile)
  return evaluation.windows.sorted { $0.key < $1.key }.compactMap { profile, window in
    guard !window.commits.isEmpty else { return nil }
    let all = Set((compared[profile] ?? []).map(\.endpoint)).subtracting([Series.wholeRun])
    let known = Set(window.values.keys.map(\.endpoint))
    let new = all.subtracting(known).sorted()
    return new.isEmpty ? nil : "\(profile): new, nothing to compare with: \(listed(new, most: 10))"
  }
}

/// An endpoint that lost all of its figures, or some metrics.
private struct Missed {
  /// Of more endpoints than these a sentence each says less than one for all.
  static let mostNamed = 10

  let endpoint: String
  /// The metrics that are gone; empty where the endpoint is.
  let metrics: [String]
  /// How many commits measured it, and whether these are the last ones.
  let commits: Int
  let isLatest: Bool

  static func endpoints(of window: ReferenceWindow, _ evaluation: Evaluation) -> [Missed] {
    let absent = Set(window.absent.map(\.series))
    let present = evaluation.candidates
    let parts = SeriesParts(
      window.absent.map(\.series) + present.observed.map(\.measurement.series), splitTags: present.splitTags)
    let missed = window.absent.filter { history in
      2 * history.values.count >= window.commits.count && evaluation.budget.findings[history.series] == nil
        && TrackedSeries.isTracked(history, parts) { absent.contains($0) || present[$0] != nil }
    }
    return Dictionary(grouping: missed, by: \.series.endpoint).sorted { $0.key < $1.key }.compactMap {
      endpoint, histories in
      Missed(endpoint, histories, window, evaluation)
    }
  }

  private init?(
    _ endpoint: String, _ histories: [SeriesHistory], _ window: ReferenceWindow, _ evaluation: Evaluation
  ) {
    guard let profile = histories.first?.series.profile,
      let longest = histories.max(by: { $0.values.count < $1.values.count })
    else { return nil }
    self.endpoint = endpoint
    let isGone = evaluation.candidates.endpoints[profile]?.contains(endpoint) != true
    metrics = isGone ? [] : unique(histories.map(\.series.metric).sorted())
    commits = longest.values.count
    isLatest = longest.values.first?.commit == window.commits.count - commits
  }

  func sentence(of all: Int) -> String {
    let place = endpoint == Series.wholeRun ? "" : endpoint
    let name = ([place] + (metrics.isEmpty ? [] : [listed(metrics)])).filter { !$0.isEmpty }
      .joined(separator: " ")
    let count =
      isLatest
      ? (commits == 1 ? "the last commit" : "the last \(commits) commits")
      : "\(commits) of the last \(all) commits"
    return "\(name): measured by \(count), not by this run"
  }
}
