import SLOModel

/// Where the runs of a check come from, and which commits may be their reference.
struct Origin {
  /// The commit measured.
  var commit: Commit
  /// The branch whose runs are the reference.
  var reference: String
  /// Git of the folder the process stands in.
  let git: Git?
  /// Whether git knows the commit.
  private let isKnownToGit: Bool

  /// What git says of the commits the reference runs must be among.
  struct Ancestry {
    /// The commits, newest first; nil where git could not tell.
    var commits: [String]?
    /// Why git could not tell, and what would mend it.
    var notice: String?
  }

  /// Flags win over the CI's variables, and these over git. A blank flag is one that was not given: the variable
  /// a pipeline took it from was not set.
  init(_ options: ContextOptions) {
    let ci = ContinuousIntegration(variable)
    git = Git()
    let given = nonBlank(options.commit) ?? ci?.commit
    let known = git?.commit(named: given ?? "HEAD")
    isKnownToGit = known != nil
    commit = known ?? Commit(sha: given ?? Commit.unknownSHA)
    commit.branch = nonBlank(options.branch) ?? ci?.branch
    // Git's branch is the branch of what is checked out, which need not be the commit the flags speak of.
    if commit.branch == nil, given == nil || known?.sha == git?.commit(named: "HEAD")?.sha {
      commit.branch = git?.branch
    }
    reference = nonBlank(options.scope.reference) ?? Origin.usualReference(git, ci)
  }

  /// The reference branch where nobody named one.
  static func usualReference(
    _ git: Git?, _ ci: ContinuousIntegration? = ContinuousIntegration(variable)
  ) -> String {
    ci?.reference ?? git?.mainBranch ?? "main"
  }

  /// The branch whose runs are the reference, where nobody names it.
  static var reference: String {
    ContinuousIntegration(variable)?.reference ?? Git()?.mainBranch ?? "main"
  }

  /// Asks git which commits the reference runs must be among; outside a repository there is nothing to say.
  func ancestry() -> Ancestry {
    guard let git else { return Ancestry() }
    let isShallow = git.isShallow
    if isKnownToGit, !isShallow, let commits = git.ancestors(of: commit.sha, on: reference) {
      return Ancestry(commits: commits)
    }
    let remedy =
      isShallow
      ? "this is a shallow clone; fetch the whole history (fetch-depth: 0)"
      : isKnownToGit ? "it has no branch \(reference)" : "it does not know commit \(commit.shortSHA)"
    return Ancestry(
      notice: "git cannot tell the merge-base: \(remedy). Every run on \(reference) counts as reference.")
  }
}

private func nonBlank(_ text: String?) -> String? {
  text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
}
