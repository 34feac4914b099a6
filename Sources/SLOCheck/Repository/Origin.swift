import SLOBudgets
package import SLOModel

/// Where the runs of a check come from, and which commits may be their reference.
package struct Origin {
  /// The commit measured.
  package let commit: Commit
  /// The branch whose runs are the reference.
  package let reference: String
  private let repository: (any Repository)?
  /// Whether the repository knows the commit.
  private let isKnown: Bool
  /// Why the repository knows nothing.
  private let trouble: GitTrouble?

  /// The commits that the reference runs must be among.
  package struct Ancestry {
    /// The commits, newest first; nil where the repository does not know them.
    package var commits: [String]?
    /// Why it does not know them, and what would fix it.
    package var notice: String?
  }

  /// Flags win over the CI's variables, and these over git. A blank flag is one that was not given: the variable
  /// a pipeline took it from was not set.
  /// - Throws: a usage error for a commit that is named and that git does not know.
  package init(
    commit named: String?, branch: String?, reference: String?, on platform: Platform
  ) throws(GateError) {
    let repository = platform.repository
    let given = nonBlank(named) ?? platform.build?.commit
    let known = repository?.commit(named: given ?? "HEAD")
    isKnown = known != nil
    trouble = known == nil ? repository?.trouble : nil
    if let named = nonBlank(named), known == nil, let repository {
      try Origin.demandSHA(named, repository, trouble)
    }
    var commit = known ?? Commit(sha: given ?? Commit.unknownSHA)
    commit.branch = nonBlank(branch) ?? platform.build?.branch
    // Git's branch is the branch of what is checked out, which need not be the commit that was named.
    if commit.branch == nil, given == nil || known?.sha == repository?.commit(named: "HEAD")?.sha {
      commit.branch = repository?.branch
    }
    (self.commit, self.repository) = (commit, repository)
    self.reference = nonBlank(reference) ?? platform.usualReference
  }

  /// What a person must see: that the commit is unknown for no other reason than that git could not be asked.
  package var warnings: [String] {
    guard let trouble, trouble != .noCommit, !commit.isKnown else { return [] }
    return [
      "the commit is unknown, so that this run can never be a reference: \(trouble.sentence); \(trouble.remedy)"
    ]
  }

  /// Refuses what is no SHA where git does not know it: it would be recorded as the name of a commit that nobody
  /// ever finds again. The SHA of a commit that lies elsewhere is taken, and seven digits or more of its beginning.
  private static func demandSHA(
    _ name: String, _ repository: any Repository, _ trouble: GitTrouble?
  ) throws(GateError) {
    let isHex = name.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    if isHex, (7...64).contains(name.utf8.count) { return }
    if let trouble {
      throw GateError.usage(
        "--commit '\(name)' is no SHA, and \(trouble.sentence); \(trouble.remedy), or give the whole SHA")
    }
    let hint = Suggestion.hint(for: name, among: repository.names).map { "; \($0)" } ?? ""
    throw GateError.usage(
      "--commit '\(name)' is no SHA, and git knows no commit, branch or tag of that name\(hint)")
  }

  /// The commits that the reference runs must be among; outside a repository nothing is known of them.
  package func ancestry() -> Ancestry {
    guard let repository else { return Ancestry() }
    if let trouble {
      return Ancestry(
        notice: "\(trouble.sentence), so that the merge-base is not known; \(trouble.remedy). Every run on"
          + " \(reference) counts as reference.")
    }
    let isShallow = repository.isShallow
    if isKnown, !isShallow, let commits = repository.ancestors(of: commit.sha, on: reference) {
      return Ancestry(commits: commits)
    }
    let remedy =
      isShallow
      ? "this is a shallow clone; fetch the whole history (fetch-depth: 0)"
      : isKnown ? "it has no branch \(reference)" : "it does not know commit \(commit.shortSHA)"
    return Ancestry(
      notice: "git cannot find the merge-base: \(remedy). Every run on \(reference) counts as reference.")
  }
}

/// The value of an option; nil for a blank one, which is one that was not given.
package func nonBlank(_ text: String?) -> String? {
  text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
}
