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

  /// Flags win over the CI's variables, and these over git. A blank flag is one that was not given: the variable
  /// a pipeline took it from was not set.
  init(_ options: ContextOptions) {
    let ci = ContinuousIntegration(variable)
    let git = Git()
    let given = nonBlank(options.commit) ?? ci?.commit
    let known = git?.commit(named: given ?? "HEAD")
    commit = known ?? Commit(sha: given ?? Commit.unknownSHA)
    commit.branch = nonBlank(options.branch) ?? ci?.branch
    // Git's branch is the branch of what is checked out, which need not be the commit the flags speak of.
    if commit.branch == nil, given == nil || known?.sha == git?.commit(named: "HEAD")?.sha {
      commit.branch = git?.branch
    }
    reference = nonBlank(options.reference) ?? ci?.reference ?? git?.mainBranch ?? "main"
    guard let git else { return }
    ancestors = known.flatMap { git.ancestors(of: $0.sha, on: reference) }
    if ancestors == nil { notices.append(unknownAncestry(known, isShallow: git.isShallow)) }
  }

  /// Why the merge-base is not known, and what would mend it.
  private func unknownAncestry(_ known: Commit?, isShallow: Bool) -> String {
    let remedy =
      isShallow
      ? "this is a shallow clone; fetch the whole history (fetch-depth: 0)"
      : known == nil ? "it does not know commit \(commit.shortSHA)" : "it has no branch \(reference)"
    return "git cannot tell the merge-base: \(remedy). Every run on \(reference) counts as reference."
  }
}

private func nonBlank(_ text: String?) -> String? {
  text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
}
