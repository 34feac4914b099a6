package import SLOGate

extension VerdictLinks {
  /// The pages that the variables of a CI system name; none outside every known one.
  /// - Parameters:
  ///   - variable: gives the value of a variable.
  ///   - folder: where the process is within the repository, as `Git.folderInside`; nil outside one.
  package init(_ variable: @escaping (String) -> String?, in folder: String? = nil) {
    self.init()
    let value = { (name: String) in variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    switch ContinuousIntegration.system(variable) {
    case .github?: readGitHub(value)
    case .gitlab?:
      commitBase = value("CI_PROJECT_URL").map { $0 + "/-/commit/" }
      files = value("CI_PROJECT_URL").map { FilePages(base: $0 + "/-/blob/") }
      if let project = value("CI_MERGE_REQUEST_PROJECT_URL"), let number = value("CI_MERGE_REQUEST_IID") {
        pullRequest = "\(project)/-/merge_requests/\(number)"
      }
      build = value("CI_JOB_URL")
      artifacts = build.map { $0 + "/artifacts/browse" }
    case .jenkins?:
      (build, pullRequest) = (value("BUILD_URL"), value("CHANGE_URL"))
      artifacts = build.map { $0 + ($0.hasSuffix("/") ? "" : "/") + "artifact/" }
    case .buildkite?: build = value("BUILDKITE_BUILD_URL")
    case .circle?: (build, pullRequest) = (value("CIRCLE_BUILD_URL"), value("CIRCLE_PULL_REQUEST"))
    case .azure?: readAzure(value)
    case nil: break
    }
    for path in [\VerdictLinks.commitBase, \.pullRequest, \.build, \.artifacts] {
      self[keyPath: path] = self[keyPath: path].flatMap(safeAddress)
    }
    files = files.flatMap { pages in
      guard let folder, let base = safeAddress(pages.base) else { return nil }
      return FilePages(base: base, form: pages.form, folder: folder)
    }
  }

  private mutating func readGitHub(_ value: (String) -> String?) {
    guard let server = value("GITHUB_SERVER_URL"), let repository = value("GITHUB_REPOSITORY") else { return }
    let base = "\(server)/\(repository)"
    commitBase = base + "/commit/"
    files = FilePages(base: base + "/blob/")
    // refs/pull/123/merge
    let parts = value("GITHUB_REF")?.split(separator: "/") ?? []
    if parts.count > 2, parts[1] == "pull" { pullRequest = "\(base)/pull/\(parts[2])" }
    build = value("GITHUB_RUN_ID").map { "\(base)/actions/runs/\($0)" }
    artifacts = build.map { $0 + "#artifacts" }
  }

  private mutating func readAzure(_ value: (String) -> String?) {
    if let repository = value("BUILD_REPOSITORY_URI") {
      commitBase = repository + "/commit/"
      files = FilePages(base: repository + "?version=GC", form: .query)
      pullRequest = value("SYSTEM_PULLREQUEST_PULLREQUESTID").map { "\(repository)/pullrequest/\($0)" }
    }
    if let collection = value("SYSTEM_COLLECTIONURI"), let project = value("SYSTEM_TEAMPROJECT"),
      let number = value("BUILD_BUILDID")
    {
      build = collection + project.replacing(" ", with: "%20") + "/_build/results?buildId=" + number
      artifacts = build.map { $0 + "&view=artifacts" }
    }
  }
}

/// An address of the web without credentials, which may stand in any report; nil for anything else.
private func safeAddress(_ text: String) -> String? {
  let allowed = text.utf8.allSatisfy { byte in
    byte > 0x20 && byte < 0x7F && !"\"'<>`\\^{|}()[]".utf8.contains(byte)
  }
  guard allowed, text.utf8.count <= 500, text.hasPrefix("https://") || text.hasPrefix("http://") else {
    return nil
  }
  let afterScheme = text.drop { $0 != ":" }.dropFirst(3)
  let host = afterScheme.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  guard !host.isEmpty else { return nil }
  // user:password@host
  guard let at = host.lastIndex(of: "@") else { return text }
  return text.prefix { $0 != ":" } + "://" + afterScheme[afterScheme.index(after: at)...]
}
