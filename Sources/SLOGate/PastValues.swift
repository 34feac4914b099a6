import SLOBudgets
package import SLOHistory
import SLOModel
import SLOStatistics

/// Whether a finding came with the commit judged.
package enum Novelty: Sendable, Hashable {
  /// The value is unlike every reference.
  case new
  /// The references have been like it since a commit of the reference branch.
  case known(since: ReferenceCommit)
  /// Earlier commits, which changed nothing, showed such a value.
  case seenBefore([String])
  /// The value is like its references.
  case unchanged
  /// Too little is known to say.
  case unknown
}

/// What the comparable commits show of a series that broke or moved, whether or not a test was made of it.
package struct PastValues: Sendable, Hashable {
  /// The comparable commits that measured the series.
  package var commits: Int
  /// How many of them are part of the normal level: no check of them was blocked by a regression of the series.
  package var usual: Int
  /// The median of these, in the unit of the series; nil where there are none.
  package var median: Double?
  /// The lowest of them.
  package var lowest: Double?
  /// The highest of them.
  package var highest: Double?
  /// How many of them are as bad as the value judged, or worse; nil where the better direction is unknown.
  package var asBad: Int?
  /// Whether the finding came with the commit judged.
  package var novelty: Novelty
}

extension PastValues {
  /// - Returns: nil for a finding of which there is nothing to say.
  init?(of finding: Finding, in evaluation: Evaluation) {
    guard [.over, .missing, .regressed, .suspect, .waived, .warn].contains(finding.outcome) else {
      return nil
    }
    let better = evaluation.candidates[finding.series].flatMap { evaluation.direction(of: $0.measurement) }
    self.init(of: finding, references(of: finding, in: evaluation), better: better)
  }

  /// What some commits show of a finding.
  init(of finding: Finding, _ references: [Explanation.Reference], better: Direction?) {
    let normal = SLOGate.usual(references)
    commits = references.count
    usual = normal?.values.count ?? 0
    (median, lowest, highest) = (normal?.median, normal?.values.first, normal?.values.last)
    asBad = SLOGate.asBad(references, as: finding.value, better: better)
    novelty = SLOGate.novelty(of: finding, references)
  }
}

extension Explanation {
  /// What the commits it was held against show of it.
  package var past: PastValues { PastValues(of: finding, references, better: better) }
}

/// The references that are no part of a regression that was not accepted, in rising order; nil where there are none.
func usual(_ references: [Explanation.Reference]) -> SortedSample? {
  SortedSample(references.filter { $0.role != .blocked }.map(\.value))
}

/// How many references are as bad as a value, or worse; nil where the better direction is unknown.
func asBad(_ references: [Explanation.Reference], as value: Double?, better: Direction?) -> Int? {
  guard let value, let better else { return nil }
  return references.count { better == .lower ? $0.value >= value : $0.value <= value }
}

/// A value beyond its limit is known where the references of a level, three or more, have been beyond it too, and not
/// new where some were; else the history's own test decides.
func novelty(of finding: Finding, _ references: [Explanation.Reference]) -> Novelty {
  let limit = finding.budget.flatMap { [.over, .warn, .waived].contains($0.outcome) ? $0.limit : nil }
  let streak = limit.map { limit in references.suffix { !limit.holds($0.value) } } ?? []
  if streak.count >= min(3, references.count), let first = streak.first { return .known(since: first.commit) }
  guard let regression = finding.regression, regression.judgement?.p != nil else { return .unknown }
  if let unaccepted = regression.unaccepted { return .known(since: unaccepted.since) }
  if !regression.seenBefore.isEmpty { return .seenBefore(regression.seenBefore) }
  if regression.outcome == .slower { return .new }
  if let limit {
    let beyond = references.filter { !limit.holds($0.value) }.map(\.commit.sha)
    return beyond.isEmpty ? .unknown : .seenBefore(beyond.reversed())
  }
  return regression.level?.since.map { .known(since: $0) } ?? .unchanged
}

extension Array {
  /// The longest end of the array all of whose elements have a property.
  fileprivate func suffix(while holds: (Element) -> Bool) -> ArraySlice<Element> {
    let start = lastIndex { !holds($0) }.map { $0 + 1 } ?? startIndex
    return self[start...]
  }
}
