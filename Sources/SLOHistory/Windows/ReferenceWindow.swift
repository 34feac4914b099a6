package import SLOModel
package import SLOStatistics
package import SLOSupport

/// The past results a candidate is compared with, grouped by commit, and an account of what was left out.
package struct ReferenceWindow: Sendable, Hashable {
  /// The commits, oldest first.
  package var commits: [ReferenceCommit] = []
  /// What was measured of each series, oldest first; a commit that has no value of a series is absent there.
  package var values: [Series: [ReferenceValue]] = [:]
  /// What the commits measured of endpoints and metrics that the candidate has nothing of, where that was asked for.
  package var absent: [SeriesHistory] = []
  /// The runs of the same service and profile that are not in the window, and why.
  package var skipped = SkippedRuns()
  /// The endpoints whose name was that of another thing in half of the runs or more, with the tags that named that
  /// thing, sorted: its values are not among `values`.
  package var otherTags: [String: [String]] = [:]

  /// The versions of the tool that measured the runs, as far as files name them, sorted.
  package var toolVersions: [String] = []
  /// Of how many commits the runs have percentiles that were estimated from a histogram.
  package var estimatedCommits = 0

  /// Creates an empty window.
  package init() {}
}

/// A commit of the reference branch with its runs: repetitions of one reference.
package struct ReferenceCommit: Sendable, Hashable {
  /// The full SHA.
  package var sha: String
  /// The branch it was measured on, nil where it is unknown.
  package var branch: String?
  /// Its place in history: when it was committed, else when it was first measured or recorded.
  package var time: Timestamp
  /// `Run.id` of its runs, in the order in which they started.
  package var runs: [SHA256Digest]

  /// Creates a commit.
  package init(sha: String, branch: String?, time: Timestamp, runs: [SHA256Digest]) {
    self.sha = sha
    self.branch = branch
    self.time = time
    self.runs = runs
  }
}

/// What the runs of one commit measured of one series.
package struct ReferenceValue: Sendable, Hashable {
  /// The value of one run.
  package struct Repetition: Sendable, Hashable {
    /// The value in the unit of the query.
    package var value: Double
    /// How many observations it rests on, where known.
    package var samples: Int?
    /// Set where a check over the run found a regression of this series that stopped the release, or would have
    /// without a waiver.
    package var block: RegressionBlock?

    /// Creates a repetition.
    package init(value: Double, samples: Int?, block: RegressionBlock? = nil) {
      self.value = value
      self.samples = samples
      self.block = block
    }
  }

  /// Index of the commit in `ReferenceWindow.commits`.
  package var commit: Int
  /// One for each run that has a value, in the order of `ReferenceCommit.runs`; never empty.
  package var repetitions: [Repetition]

  /// Creates a value.
  package init(commit: Int, repetitions: [Repetition]) {
    self.commit = commit
    self.repetitions = repetitions
  }
}

/// What the runs of one commit measured of one metric, sample by sample.
package struct ReferenceDistribution: Sendable, Hashable {
  /// The commit, with all its runs of the window.
  package var commit: ReferenceCommit
  /// One for each run that has a sketch, in the order of `ReferenceCommit.runs`; never empty.
  package var repetitions: [QuantileSketch]

  /// Creates a distribution.
  package init(commit: ReferenceCommit, repetitions: [QuantileSketch]) {
    self.commit = commit
    self.repetitions = repetitions
  }

  /// The samples of all repetitions together.
  package var pooled: QuantileSketch {
    repetitions.reduce(into: QuantileSketch()) { pool, sketch in pool.merge(sketch) }
  }
}

/// A run of the window, with what it takes to put it in its place.
struct ReferenceRun {
  let id: Int64
  let digest: SHA256Digest
  let sha: String
  let branch: String?
  /// The commit's place in history, in milliseconds since 1970.
  let position: Int64
  /// When the run started, else when it was recorded.
  let began: Int64

  /// The columns that `init` reads, in their order.
  static let columns = "id, digest, sha, branch, position, coalesce(started_at, recorded_at)"

  init(_ row: borrowing Statement) throws(SQLiteError) {
    id = row.integerOrZero(0)
    digest = try row.digest(1)
    sha = row.text(2)
    branch = row.optionalText(3)
    position = try row.knownTime(4).milliseconds
    began = try row.knownTime(5).milliseconds
  }

  /// The order of repetitions of a commit; it rests on content alone, never on the order of recording.
  static func startedEarlier(_ left: ReferenceRun, _ right: ReferenceRun) -> Bool {
    left.began == right.began
      ? left.digest.bytes.lexicographicallyPrecedes(right.digest.bytes) : left.began < right.began
  }

  /// The order of commits where git does not know one.
  static func committedEarlier(_ left: ReferenceRun, _ right: ReferenceRun) -> Bool {
    left.position == right.position ? left.sha < right.sha : left.position < right.position
  }
}

/// The runs of a window by commit, oldest commit first.
struct References {
  let commits: [ReferenceCommit]
  /// The runs with the index of their commit, in the order of `commits` and `ReferenceCommit.runs`.
  let runs: [(run: ReferenceRun, commit: Int)]

  /// Takes the runs of each commit, oldest commit first; no group is empty.
  init(_ groups: [[ReferenceRun]]) {
    let sorted = groups.map { $0.sorted(by: ReferenceRun.startedEarlier) }
    commits = sorted.compactMap { runs in
      runs.first.map { first in
        ReferenceCommit(
          sha: first.sha, branch: first.branch, time: Timestamp(milliseconds: first.position),
          runs: runs.map(\.digest))
      }
    }
    runs = sorted.enumerated().flatMap { index, runs in runs.map { ($0, index) } }
  }
}
