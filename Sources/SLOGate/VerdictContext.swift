package import SLOHistory
package import SLOModel

/// What surrounds a verdict and decides nothing: the commits it names in git's words, and where a person reads on.
package struct VerdictContext: Sendable, Hashable {
  /// What git says of the commits that the verdict names, by SHA.
  package var commits: [String: CommitDescription] = [:]
  /// How many commits came after a reference commit, up to the one judged, by the SHA of the reference.
  package var commitsSince: [String: Int] = [:]
  /// Pages of the code host and the build server; empty outside a CI.
  package var links = VerdictLinks()
  /// How the samples of what broke moved; empty where none were kept, and for reports that do not draw them.
  package var shifts: [Series: SampleShift] = [:]

  /// Creates a context.
  package init(
    commits: [String: CommitDescription] = [:], commitsSince: [String: Int] = [:],
    links: VerdictLinks = VerdictLinks()
  ) {
    (self.commits, self.commitsSince, self.links) = (commits, commitsSince, links)
  }
}

/// Pages a reader of a verdict may want to open. Each is an address of `https` or `http` without credentials.
package struct VerdictLinks: Sendable, Hashable {
  /// What the address of a commit begins with; its SHA follows.
  package var commitBase: String?
  /// The pull or merge request.
  package var pullRequest: String?
  /// The build that made the verdict.
  package var build: String?
  /// The files that the build keeps, reports among them.
  package var artifacts: String?
  /// The files of the repository; nil where their pages are not known.
  package var files: FilePages?

  /// Creates links.
  package init(
    commitBase: String? = nil, pullRequest: String? = nil, build: String? = nil, artifacts: String? = nil,
    files: FilePages? = nil
  ) {
    (self.commitBase, self.pullRequest, self.build, self.artifacts, self.files) = (
      commitBase, pullRequest, build, artifacts, files
    )
  }

  /// The page of a commit; nil where its SHA is none or no code host is known.
  package func page(ofCommit sha: String) -> String? {
    guard let commitBase, Commit.isSHA(sha) else { return nil }
    return commitBase + sha
  }
}

extension Verdict {
  /// The same verdict with more of the history to be shown, not judged by: of `companions`.
  package func showing(_ windows: [String: ReferenceWindow]) -> Verdict {
    var verdict = self
    verdict.evaluation = evaluation.showing(windows)
    return verdict
  }

  /// The same verdict with notices that follow from it.
  package func noting(_ notices: [String]) -> Verdict {
    var verdict = self
    verdict.notices += notices
    return verdict
  }

  /// The newest commits compared with, where something is new since; empty where nothing is.
  public var newestReferences: [String] {
    let profiles = Set(findings.lazy.filter { $0.past?.novelty == .new }.map(\.series.profile))
    let newest = comparisons.filter { profiles.contains($0.profile) }.compactMap {
      $0.window?.commits.last?.sha
    }
    return Array(Set(newest)).sorted()
  }

  /// The SHAs that reports name: the commit judged, and where levels began that matter to what broke.
  public var namedCommits: [String] {
    let findings = findings.lazy.filter { $0.past != nil }
    let since = findings.flatMap { finding -> [String] in
      let known: String? = if case .known(let commit)? = finding.past?.novelty { commit.sha } else { nil }
      return [known, finding.regression?.level?.since?.sha].compactMap { $0 }
    }
    let newest = comparisons.compactMap { $0.window?.commits.last?.sha }
    return Array(Set(Array(since) + newest + [commit.sha])).sorted()
  }
}
