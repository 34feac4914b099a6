/// What the variables of a CI system say of commit and branches.
package struct ContinuousIntegration: Sendable {
  /// The commit built.
  package var commit: String?
  /// The branch built.
  package var branch: String?
  /// The branch that the one built is to be merged into, else the main one.
  package var reference: String?

  /// Reads the variables of the first system whose own mark is set; nil outside every known one.
  package init?(_ variable: (String) -> String?) {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap(variable).first { !$0.isEmpty }.map(ContinuousIntegration.bare)
    }
    guard let system = ContinuousIntegration.system(variable) else { return nil }
    switch system {
    case .github:
      (commit, branch) = (first("GITHUB_SHA"), first("GITHUB_HEAD_REF", "GITHUB_REF_NAME"))
      reference = first("GITHUB_BASE_REF")
    case .gitlab:
      commit = first("CI_COMMIT_SHA")
      branch = first("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH", "CI_COMMIT_REF_NAME")
      reference = first("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_DEFAULT_BRANCH")
    case .jenkins:
      (commit, branch) = (first("GIT_COMMIT"), first("CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"))
      reference = first("CHANGE_TARGET")
    case .buildkite:
      (commit, branch) = (first("BUILDKITE_COMMIT"), first("BUILDKITE_BRANCH"))
      reference = first("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "BUILDKITE_PIPELINE_DEFAULT_BRANCH")
    case .circle:
      (commit, branch) = (first("CIRCLE_SHA1"), first("CIRCLE_BRANCH"))
    case .azure:
      commit = first("BUILD_SOURCEVERSION")
      branch = first("SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH")
      reference = first("SYSTEM_PULLREQUEST_TARGETBRANCH")
    }
    // The main branch of a fork is another branch than the one it is to be merged into.
    let heads = [
      "GITHUB_HEAD_REF", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CHANGE_BRANCH",
      "SYSTEM_PULLREQUEST_SOURCEBRANCH",
    ]
    if let name = branch, name == reference, heads.contains(where: { variable($0)?.isEmpty == false }) {
      branch = name + " (to be merged)"
    }
  }

  /// The system whose own mark is set; nil outside every known one.
  static func system(_ variable: (String) -> String?) -> System? {
    marks.first { variable($0.mark)?.isEmpty == false }?.system
  }

  enum System { case github, gitlab, jenkins, buildkite, circle, azure }

  private static let marks: [(mark: String, system: System)] = [
    ("GITHUB_ACTIONS", .github), ("GITLAB_CI", .gitlab), ("JENKINS_URL", .jenkins), ("BUILDKITE", .buildkite),
    ("CIRCLECI", .circle), ("TF_BUILD", .azure),
  ]

  /// Jenkins writes `origin/main`, Azure `refs/heads/main`.
  private static func bare(_ name: String) -> String {
    for prefix in ["refs/heads/", "origin/"] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }
}
