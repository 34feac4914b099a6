import SLOModel
import SLOSupport

/// What to do after `slogate init`, the last line a command that gives the first verdict here and now.
struct FirstSteps {
  private let facts: Starter.Facts
  private let folder: String
  /// First results that were given.
  private let results: [String]

  init(_ facts: Starter.Facts, in folder: String, from results: [String]) {
    (self.facts, self.folder, self.results) = (facts, folder, results)
  }

  var text: String {
    let steps =
      [endpoints, lint, address, gitlab, secrets].compactMap(\.self) + ["the first verdict, here and now:"]
    let lines = steps.enumerated().map { "  \($0.offset + 1). \($0.element)" }
    return (["", found, source, "", "next"] + lines + [command]).joined(separator: "\n") + "\n"
  }

  /// What was found of how the service runs, so that a guess is seen.
  private var found: String {
    guard let start = facts.start else {
      return
        "the service: deployed elsewhere; a compose file, Dockerfile, start script or Procfile, or --start, would start it"
    }
    return VisibleText.escaped("the service: \(start.source) starts it, and it answers at \(start.url)")
  }

  private var source: String {
    "slogate: from \(facts.slogate.repository)"
      + (facts.slogate.isKnown ? ", as git's remote or --slogate says" : ", where OWNER is to be replaced")
  }

  private var endpoints: String {
    "name your endpoints in \(shown(".github/k6/endpoints.js")), and their limits in \(shown("budgets/slogate.yaml"))"
  }

  private var lint: String { "slogate budgets lint \(shown("budgets"))" }

  private var address: String? {
    facts.slogate.isKnown
      ? nil
      : "put in who has slogate's releases, for no remote on GitHub says so: \(facts.slogate.replacement)"
  }

  private var gitlab: String? {
    facts.isOnGitLab
      ? "the workflows are for GitHub: for GitLab take the pipeline of docs/ci.md in slogate's manual" : nil
  }

  private var secrets: String? {
    facts.start == nil
      ? "set the secrets PERF_BASE_URL, PERF_BEARER_TOKEN and PERF_ACCOUNT_ID of the repository" : nil
  }

  // MARK: The command

  private var command: String {
    let place = folder == "." ? [] : ["cd \(word(folder))"]
    guard results.isEmpty else { return check(options: judged) }
    let k6 =
      variables + "k6 run --quiet -e PERF_DURATION=30s --out json=slogate-results/baseline.json.gz"
      + " .github/k6/baseline.js"
    let parts = place + started + ["mkdir -p slogate-results", k6]
    return
      (parts + [check(options: ["--only", "baseline", "--baseline", "slogate-results/baseline.json.gz"])])
      .joined(separator: " && ")
  }

  private func check(options: [String]) -> String {
    let budgets = results.isEmpty || folder == "." ? [] : ["--budgets", word(shown("budgets"))]
    return
      (["slogate check --bootstrap --environment", facts.environment.name ?? ""] + budgets + options)
      .joined(separator: " ")
  }

  /// The results that were given, as options of a check of their profiles alone.
  private var judged: [String] {
    let named = results.map { FileSystem.exists($0) ? ("baseline", $0) : keyAndValue($0) ?? ("baseline", $0) }
    let profiles = named.map(\.0).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return profiles.flatMap { ["--only", word($0)] }
      + named.flatMap { ["--profile", word("\($0.0)=\($0.1)")] }
  }

  /// A command that goes on in the background is one word of a chain in a shell of its own.
  private var started: [String] {
    (facts.start?.commands ?? []).map { $0.hasSuffix("&") ? "(\($0)) && sleep 5" : $0 }
  }

  private var variables: String {
    facts.start == nil
      ? "PERF_BASE_URL=https://perf.example.com PERF_BEARER_TOKEN=… PERF_ACCOUNT_ID=… " : ""
  }

  private func word(_ text: String) -> String { shellWord(text) ?? "FILE" }

  private func shown(_ name: String) -> String { VisibleText.escaped(StarterFiles.path(name, in: folder)) }
}
