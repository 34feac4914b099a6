import SLOBudgets
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
  /// Why git knows nothing here.
  private let trouble: GitTrouble?

  /// What git says of the commits the reference runs must be among.
  struct Ancestry {
    /// The commits, newest first; nil where git could not tell.
    var commits: [String]?
    /// Why git could not tell, and what would mend it.
    var notice: String?
  }

  /// Flags win over the CI's variables, and these over git. A blank flag is one that was not given: the variable
  /// a pipeline took it from was not set.
  /// - Throws: a usage error for a commit that is named and that git does not know.
  init(_ options: ContextOptions) throws {
    let ci = ContinuousIntegration(variable)
    git = Git()
    let given = nonBlank(options.commit) ?? ci?.commit
    let known = git?.commit(named: given ?? "HEAD")
    isKnownToGit = known != nil
    trouble = known == nil ? git.flatMap(GitTrouble.init(in:)) : nil
    if let named = nonBlank(options.commit), known == nil, let git {
      try Origin.demandSHA(named, git, trouble)
    }
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

  /// What a person must see: that the commit is unknown for no other reason than that git could not be asked.
  var warnings: [String] {
    guard let trouble, trouble != .noCommit, !commit.isKnown else { return [] }
    return [
      "the commit is unknown, so that this run can never be a reference: \(trouble.sentence); \(trouble.remedy)"
    ]
  }

  /// Refuses what is no SHA where git does not know it: it would be recorded as the name of a commit that nobody
  /// ever finds again. The SHA of a commit that lies elsewhere is taken, and seven digits or more of its beginning.
  private static func demandSHA(_ name: String, _ git: Git, _ trouble: GitTrouble?) throws {
    let isHex = name.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    if isHex, (7...64).contains(name.utf8.count) { return }
    if let trouble {
      throw Failure.usage(
        "--commit '\(name)' is no SHA, and \(trouble.sentence); \(trouble.remedy), or give the whole SHA")
    }
    let hint = Suggestion.hint(for: name, among: git.names).map { "; \($0)" } ?? ""
    throw Failure.usage(
      "--commit '\(name)' is no SHA, and git knows no commit, branch or tag of that name\(hint)")
  }

  /// Asks git which commits the reference runs must be among; outside a repository there is nothing to say.
  func ancestry() -> Ancestry {
    guard let git else { return Ancestry() }
    if let trouble {
      return Ancestry(
        notice: "\(trouble.sentence), so that it cannot tell the merge-base; \(trouble.remedy). Every run on"
          + " \(reference) counts as reference.")
    }
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

/// The value of an option; nil for a blank one, which is one that was not given.
func nonBlank(_ text: String?) -> String? {
  text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
}
