import Glibc
package import SLOGate
public import SLOModel

/// What a gate works amid: the repository, the build server and the clock. Tests give their own.
package struct Platform: Sendable {
  /// The repository of the commits that are judged; nil outside one.
  package var repository: (any Repository)?
  /// What the build server says of commit and branches; nil outside one.
  package var build: ContinuousIntegration?
  /// Pages of the code host and the build server.
  package var links: VerdictLinks
  /// The time now.
  package var now: @Sendable () -> Timestamp

  /// Creates a platform; without arguments one of no repository and no build server.
  package init(
    repository: (any Repository)? = nil, build: ContinuousIntegration? = nil,
    links: VerdictLinks = VerdictLinks(), now: @escaping @Sendable () -> Timestamp = { .current }
  ) {
    (self.repository, self.build, self.links, self.now) = (repository, build, links, now)
  }

  /// The branch whose runs are the reference, where none is named.
  package var usualReference: String { build?.reference ?? repository?.mainBranch ?? "main" }

  /// What is known around a verdict: its commits in the words of the repository, and pages to read on.
  package func context(of verdict: Verdict) -> VerdictContext {
    let since = verdict.newestReferences.compactMap { reference in
      repository?.count(from: reference, to: verdict.commit.sha).map { (reference, $0) }
    }
    return VerdictContext(
      commits: repository?.descriptions(of: verdict.namedCommits) ?? [:],
      commitsSince: Dictionary(since) { first, _ in first }, links: links)
  }
}

extension Timestamp {
  /// The time of the system's clock.
  public static var current: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
