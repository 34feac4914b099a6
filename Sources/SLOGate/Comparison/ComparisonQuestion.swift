package import SLOHistory
package import SLOModel

/// One side of a comparison: a commit with all its runs, one run, or result files.
package struct ComparisonSide: Sendable {
  /// What a side was named by.
  package enum Kind: String, Sendable {
    /// A commit, by its SHA, a tag or a branch: all its usable runs are repetitions of it.
    case commit
    /// One recorded run.
    case run
    /// Result files.
    case files
  }

  /// The name it was asked for by.
  package var name: String
  /// What the name is of.
  package var kind: Kind
  /// What was measured.
  package var runs: [Run]

  /// Creates a side.
  package init(name: String, kind: Kind, runs: [Run]) {
    self.name = name
    self.kind = kind
    self.runs = runs
  }

  /// The commit measured; nil where it is unknown or its runs are of several.
  package var commit: Commit? {
    guard let first = runs.first?.commit, first.isKnown, runs.allSatisfy({ $0.commit.sha == first.sha })
    else { return nil }
    return first
  }

  /// The runs that have values.
  package var usableRuns: [Run] {
    runs.filter { $0.reading.failure == nil && !$0.reading.measurements.isEmpty }
  }
}

/// Everything a comparison rests on. The same question always has the same answer.
package struct ComparisonQuestion: Sendable {
  /// The side compared with.
  package let before: ComparisonSide
  /// The side asked about.
  package let after: ComparisonSide
  /// What can be compared of them, and what cannot.
  package let pairing: CohortPairing
  /// What other commits measured, neither side's among them, by pair: what shows how much runs differ where
  /// nothing changed. A pair without an entry has no history.
  package var histories: [CohortPair.Key: CohortHistory] = [:]

  /// Puts a question.
  /// - Parameter isAcrossEnvironments: whether a service and profile that the sides have no sizing of in common are
  ///   compared all the same.
  package init(before: ComparisonSide, after: ComparisonSide, isAcrossEnvironments: Bool = false) {
    self.before = before
    self.after = after
    pairing = CohortPairing(before.usableRuns, after.usableRuns, isAcrossEnvironments: isAcrossEnvironments)
  }
}
