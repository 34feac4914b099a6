import SLOModel

/// Where the runs of a check come from, and which commits may be their reference.
struct Origin {
  /// The commit measured.
  var commit: Commit
  /// The branch whose runs are the reference.
  var reference: String
  /// The commits the reference runs must be among, newest first; nil where git could not tell.
  var ancestors: [String]?
  /// What could not be found out, for the report.
  var notices: [String] = []

  /// Flags win over the CI's variables, and these over git.
  init(_ options: ContextOptions) {
    let ci = ContinuousIntegration(variable)
    let git = Git()
    let given = options.commit ?? ci?.commit
    let known = git?.commit(named: given ?? "HEAD")
    commit = known ?? Commit(sha: given ?? Commit.unknownSHA)
    // Git's branch is the branch of what is checked out, which need not be the commit the flags speak of.
    let isCheckedOut = given == nil || known == git?.commit(named: "HEAD")
    commit.branch = options.branch ?? ci?.branch ?? (isCheckedOut ? git?.branch : nil)
    reference = options.reference ?? ci?.reference ?? git?.mainBranch ?? "main"
    guard let git, let known else { return }
    ancestors = git.ancestors(of: known.sha, on: reference)
    if ancestors == nil && git.isShallow {
      notices.append(
        "git: this is a shallow clone, so every run on \(reference) counts as reference;"
          + " fetch the whole history (fetch-depth: 0) to compare with the merge-base only")
    }
  }
}
