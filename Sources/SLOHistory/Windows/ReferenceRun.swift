internal import SLOSupport
internal import SLOModel

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

  /// The order of commits where git did not tell one.
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
