import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// A load that is not the one the references were measured under: what they took is not held against what this run
/// took without a word.
package struct LoadDifference: Sendable, Hashable {
  /// What differs.
  package enum Figure: String, Sendable, Hashable {
    /// The most virtual users at once.
    case users = "virtual users"
    /// HTTP requests per second.
    case requestRate = "requests per second"
  }

  /// What differs.
  package var figure: Figure
  /// The load of this run: the median of its repetitions.
  package var now: Double
  /// The median of the comparable commits.
  package var typical: Double
  /// How many commits that is.
  package var commits: Int

  /// The share by which a load may differ and is still taken for the same: 25 %.
  static let tolerance = 0.25

  /// The series that show the load of a profile, the preferred first.
  static func series(_ profile: String) -> [Series] {
    let users = [Statistic.maximum, .value].map {
      Series(profile: profile, metric: "vus_max", statistic: $0)
    }
    return users + [Series(profile: profile, metric: "http_reqs", statistic: .rate)]
  }

  /// The load now and then: `480 virtual users, 50 in the 4 commits compared with`.
  package var sentence: String {
    let places = commits == 1 ? "the commit" : "the \(commits) commits"
    return
      "\(LoadDifference.text(now)) \(figure.rawValue), \(LoadDifference.text(typical)) in \(places) compared with"
  }

  /// A whole number, or three digits of it.
  private static func text(_ number: Double) -> String {
    guard abs(number) < 1e15 else { return "\(number)" }
    if number == number.rounded() || abs(number) >= 100 { return String(Int(saturating: number.rounded())) }
    return String((number * 100).rounded() / 100)
  }
}

extension Evaluation {
  /// In what the load of each profile differs from that of its references.
  var loadDifferences: [String: [LoadDifference]] {
    candidates.endpoints.keys.reduce(into: [:]) { differences, profile in
      let series = LoadDifference.series(profile)
      let users = series.dropLast().lazy.compactMap { difference(.users, $0) }.first
      let rate = series.last.flatMap { difference(.requestRate, $0) }
      let found = [users, rate].compactMap { $0 }
      if !found.isEmpty { differences[profile] = found }
    }
  }

  private func difference(_ figure: LoadDifference.Figure, _ series: Series) -> LoadDifference? {
    let references = windows[series.profile]?.values[series] ?? []
    guard let now = candidates[series]?.value, let typical = SortedSample(references.map(\.median))?.median,
      abs(now - typical) > LoadDifference.tolerance * abs(typical)
    else { return nil }
    return LoadDifference(figure: figure, now: now, typical: typical, commits: references.count)
  }
}

/// In what the load differs, a sentence a profile.
func loadNotices(_ evaluation: Evaluation) -> [String] {
  evaluation.loadDifferences.sorted { $0.key < $1.key }.map { profile, differences in
    "\(profile): another load: " + differences.map(\.sentence).joined(separator: "; ")
  }
}
