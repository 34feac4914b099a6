import SLOReports
import SLOSupport

/// What a repository begins with: a budget file, k6 scripts, and the workflows that run and judge them.
struct Starter: Sendable {
  /// A file of it.
  struct File: Sendable, Hashable {
    /// Its path within the repository.
    var path: String
    /// What it is for, in a few words.
    var purpose: String
    /// What is in it.
    var text: String
  }

  /// The files, in the order somebody new reads them.
  let files: [File]

  /// Makes the files for a service.
  /// - Parameters:
  ///   - service: its name.
  ///   - owner: who decides about its limits.
  init(service: String, owner: String) {
    files = [
      File(
        path: "budgets/slogate.yaml", purpose: "the limits, and who decides about them",
        text: Starter.budgets(service: service, owner: owner)),
      File(
        path: "budgets/slogate.schema.json", purpose: "what editors know the language by",
        text: budgetSchema()),
      File(
        path: ".github/workflows/performance.yml", purpose: "runs k6 and lets slogate judge",
        text: Starter.text(PackageResources.performance_yml)),
      File(
        path: ".github/workflows/budget-review.yml", purpose: "reports on a pull request what it loosens",
        text: Starter.text(PackageResources.budget_review_yml)),
      File(
        path: ".github/workflows/performance-comment.yml", purpose: "keeps the comment on pull requests",
        text: Starter.text(PackageResources.performance_comment_yml)),
      File(
        path: ".github/k6/endpoints.js", purpose: "what is requested: name your endpoints here",
        text: Starter.text(PackageResources.endpoints_js)),
      File(
        path: ".github/k6/baseline.js", purpose: "the steady load",
        text: Starter.text(PackageResources.baseline_js)),
      File(
        path: ".github/k6/spike.js", purpose: "the load that jumps",
        text: Starter.text(PackageResources.spike_js)),
      File(
        path: ".github/k6/requirements.txt", purpose: "the version of k6, with its digests",
        text: Starter.text(PackageResources.requirements_txt)),
    ]
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The limits are those that hold without a budget file; what is in comments shows the rest of the language.
  private static func budgets(service: String, owner: String) -> String {
    """
    # yaml-language-server: $schema=./slogate.schema.json
    # What a release may cost its users: a line a limit, which its owner reviews when a pull request changes it.
    #   slogate budgets lint                       is anything wrong or doubtful?
    #   slogate budgets explain search             which limits hold for an endpoint, and why these
    #   slogate budgets suggest --from-history     limits after what was measured, once there is a history
    version: 1
    service: \(YAMLScalar.text(service, plain: "-_./"))
    owner: \(YAMLScalar.text(owner, plain: "-_./"))

    environments:          # sizings by name: only runs of equal sizing are compared
      perf: { stage: perf }  # add what changes the figures: instance, memory, data …

    defaults:              # for the run as a whole, and for every endpoint without a line of its own
      baseline: { p95: 400ms, p99: 900ms, error_rate: 1% }
      spike:    { p95: 500ms, p99: 1200ms, error_rate: 2% }

    endpoints:             # by the tag `endpoint` that .github/k6/endpoints.js gives each request
      search:
        baseline: { p95: 500ms }
        spike:    { p95: { block: 800ms, warn: 600ms } }
    # account:
    #   owner: another-team
    #   "*": { p95: 1s, error_rate: 0.5% }   # "*": every profile

    # pages:               # Lighthouse
    #   "/": { performance: ">= 0.90", lcp: 2.5s, cls: 0.1, resource.script.size: 300KB }

    # rules:               # relations between profiles, or of a figure with a number
    #   - spike.p95 <= 3 * baseline.p95

    # waivers:             # a looser limit for a while, never none
    #   - { endpoint: search, metric: p95, max: 1s, until: 2030-12-31, owner: ops, reason: why and until what }

    """
  }
}
