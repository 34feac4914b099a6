public import SLOSupport
public import SLOModel
public import SLOStatistics

/// The past results a candidate is compared with, grouped by commit, and an account of what was left out.
public struct ReferenceWindow: Sendable, Hashable {
  /// The commits, oldest first.
  public var commits: [ReferenceCommit] = []
  /// What was measured of each series, oldest first; a commit that has no value of a series is absent there.
  public var values: [Series: [ReferenceValue]] = [:]
  /// What the commits measured of endpoints and metrics that the candidate has nothing of, where that was asked for.
  public var absent: [SeriesHistory] = []
  /// The runs of the same service and profile that are not in the window, and why.
  public var skipped = SkippedRuns()
  /// The endpoints whose name was that of another thing in half of the runs or more, with the tags that named that
  /// thing, sorted: its values are not among `values`.
  public var otherTags: [String: [String]] = [:]

  /// The versions of the tool that measured the runs, as far as files tell them, sorted.
  public var toolVersions: [String] = []
  /// Of how many commits the runs have percentiles that were estimated from a histogram.
  public var estimatedCommits = 0

  /// Creates an empty window.
  public init() {}
}

/// A commit of the reference branch with its runs: repetitions of one reference.
public struct ReferenceCommit: Sendable, Hashable {
  /// The full SHA.
  public var sha: String
  /// The branch it was measured on, nil where it is unknown.
  public var branch: String?
  /// Its place in history: when it was committed, else when it was first measured or recorded.
  public var time: Timestamp
  /// `Run.id` of its runs, in the order in which they started.
  public var runs: [SHA256Digest]

  /// Creates a commit.
  public init(sha: String, branch: String?, time: Timestamp, runs: [SHA256Digest]) {
    self.sha = sha
    self.branch = branch
    self.time = time
    self.runs = runs
  }
}

/// What the runs of one commit measured of one series.
public struct ReferenceValue: Sendable, Hashable {
  /// The value of one run.
  public struct Repetition: Sendable, Hashable {
    /// The value in the unit of the query.
    public var value: Double
    /// How many observations it rests on, where known.
    public var samples: Int?
    /// Set where a check over the run found a regression of this series that stopped the release, or would have
    /// without a waiver.
    public var block: RegressionBlock?

    /// Creates a repetition.
    public init(value: Double, samples: Int?, block: RegressionBlock? = nil) {
      self.value = value
      self.samples = samples
      self.block = block
    }
  }

  /// Index of the commit in `ReferenceWindow.commits`.
  public var commit: Int
  /// One for each run that has a value, in the order of `ReferenceCommit.runs`; never empty.
  public var repetitions: [Repetition]

  /// Creates a value.
  public init(commit: Int, repetitions: [Repetition]) {
    self.commit = commit
    self.repetitions = repetitions
  }
}

/// What the runs of one commit measured of one metric, sample by sample.
public struct ReferenceDistribution: Sendable, Hashable {
  /// The commit, with all its runs of the window.
  public var commit: ReferenceCommit
  /// One for each run that has a sketch, in the order of `ReferenceCommit.runs`; never empty.
  public var repetitions: [QuantileSketch]

  /// Creates a distribution.
  public init(commit: ReferenceCommit, repetitions: [QuantileSketch]) {
    self.commit = commit
    self.repetitions = repetitions
  }

  /// The samples of all repetitions together.
  public var pooled: QuantileSketch {
    repetitions.reduce(into: QuantileSketch()) { pool, sketch in pool.merge(sketch) }
  }
}
