import SLOModel
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
    /// Whether its lines are added to a file that is there, as far as they are missing.
    var isAdded = false
  }

  /// What the files are made for.
  struct Facts: Sendable {
    /// The name of the service.
    var service: String
    /// Who decides about its limits.
    var owner: String
    /// How a job starts the service; nil: it is deployed elsewhere, and the job has secrets to reach it.
    var start: ServiceStart?
    /// Where workflows take slogate from.
    var slogate = SlogateAddress.unknown
    /// The branch that is released.
    var branch = "main"
    /// The limits of a first result, as a budget file; nil: the ones that hold without one.
    var limits: String?
    /// Whether the repository is on GitLab, which runs no workflow of GitHub's.
    var isOnGitLab = false
    /// The endpoints of that result.
    var endpoints: [String] = []
  }

  /// The files, in the order somebody new reads them.
  let files: [File]

  init(_ facts: Facts) {
    let text = StarterText(facts)
    let isReusable = facts.start == nil && facts.slogate.isOnGitHub
    files = [
      File(
        path: "budgets/slogate.yaml", purpose: "the limits, and who decides about them",
        text: facts.limits ?? text.budgets),
      File(
        path: "budgets/slogate.schema.json", purpose: "what editors know the language by",
        text: budgetSchema()),
      File(
        path: ".github/workflows/performance.yml", purpose: "runs k6 and lets slogate judge",
        text: text.filled(
          isReusable ? PackageResources.performance_deployed_yml : PackageResources.performance_in_job_yml)),
      File(
        path: ".github/workflows/budget-review.yml", purpose: "reports on a pull request what it loosens",
        text: text.filled(PackageResources.budget_review_yml)),
      File(
        path: ".github/workflows/performance-comment.yml", purpose: "keeps the comment on pull requests",
        text: text.filled(PackageResources.performance_comment_yml)),
      File(
        path: ".github/k6/endpoints.js", purpose: "what is requested: name your endpoints here",
        text: text.endpoints(
          facts.start == nil ? PackageResources.endpoints_js : PackageResources.endpoints_in_job_js)),
      File(
        path: ".github/k6/baseline.js", purpose: "the steady load",
        text: text.filled(PackageResources.baseline_js)),
      File(
        path: ".github/k6/spike.js", purpose: "the load that jumps",
        text: text.filled(PackageResources.spike_js)),
      File(
        path: ".github/k6/requirements.txt", purpose: "the version of k6, with its digests",
        text: text.filled(PackageResources.requirements_txt)),
      File(
        path: ".gitignore", purpose: "the history and the results belong to no commit",
        text: "history/*.sqlite*\nslogate-reports/\nslogate-results/\nservice.log\n", isAdded: true),
    ]
  }
}

extension Starter.Facts {
  /// The sizing that is measured. The runner of a job is a machine of one kind.
  var environment: Environment {
    start == nil
      ? Environment(name: "perf", sizing: ["stage": "perf"])
      : Environment(name: "ci", sizing: ["stage": "ci", "runner": "ubuntu-24.04"])
  }
}
