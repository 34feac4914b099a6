import SLOModel
import SLOStatistics

/// The series of a check that are tested, each figure once.
///
/// The same requests often stand in a summary under several names (an endpoint, its group, a custom trend).
/// Tested thrice they would cost the others power, and pass for a host that slowed everything.
struct Family {
  private(set) var candidates: [Candidate] = []
  private(set) var places: [(series: Series, index: Int)] = []

  init(_ members: [(Series, Candidate)]) {
    var known: [Double: [Int]] = [:]
    for (series, candidate) in members {
      let alike = known[candidate.values.first ?? 0] ?? []
      let index = alike.first { isSameQuestion(candidates[$0], candidate) } ?? candidates.count
      if index == candidates.count {
        candidates.append(candidate)
        known[candidate.values.first ?? 0, default: []].append(index)
      }
      // Of twins, one may have come without its unit, and so without a floor.
      candidates[index].absoluteFloor = max(candidates[index].absoluteFloor, candidate.absoluteFloor)
      places.append((series, index))
    }
  }

  /// What makes two series one question. Zero failures and zero successes are the same figures and two.
  private func isSameQuestion(_ left: Candidate, _ right: Candidate) -> Bool {
    left.values == right.values && left.references == right.references && left.runs == right.runs
      && left.isRetest == right.isRetest
      && left.better == right.better && left.levelStart == right.levelStart
  }
}
