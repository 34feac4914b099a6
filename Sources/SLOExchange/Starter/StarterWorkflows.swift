/// The workflows of a start, which call those of slogate's repository.
enum StarterWorkflows {
  /// Calls the release gate.
  static let gate = """
    # Runs k6's baseline and spike against the performance environment; slogate judges whether the commit may go.
    # To begin: put slogate's repository and a commit of it into the line with OWNER, set the three secrets, and start
    # the workflow by hand with `bootstrap` until there are four commits to compare with.
    name: performance
    on:
      push:
        branches: [main]
      # pull_request: where each is deployed before, this tells the verdict on it
      workflow_dispatch:
        inputs:
          bootstrap:
            description: Begin a history, for there is nothing to compare with yet
            type: boolean
            default: false
    permissions:
      contents: read
    jobs:
      performance:
        permissions:
          contents: read
          actions: read # the artifact that keeps the history
        uses: OWNER/slogate/.github/workflows/performance-release-gate.yml@0000000000000000000000000000000000000000
        with:
          environment: perf # by its name in budgets/slogate.yaml
          bootstrap: ${{ inputs.bootstrap || false }}
        secrets:
          PERF_BASE_URL: ${{ secrets.PERF_BASE_URL }}
          PERF_BEARER_TOKEN: ${{ secrets.PERF_BEARER_TOKEN }}
          PERF_ACCOUNT_ID: ${{ secrets.PERF_ACCOUNT_ID }}

    """

  /// Calls the review of budgets.
  static let review = """
    # Tells on a pull request what its change of the budgets means. Put slogate's repository and a commit of it into the
    # line with OWNER.
    name: budget-review
    on:
      pull_request:
        types: [opened, synchronize, reopened, labeled, unlabeled]
        paths: ['budgets/**']
    permissions:
      contents: read
    jobs:
      review:
        uses: OWNER/slogate/.github/workflows/budget-review.yml@0000000000000000000000000000000000000000

    """

  /// Calls what writes the comment.
  static let comment = """
    # Keeps one comment with the verdict, and one with the review of budgets, on each pull request. It runs on the
    # default branch with the right to write, so that the runs on pull requests need none.
    # Put slogate's repository and a commit of it into the line with OWNER.
    name: performance-comment
    on:
      workflow_run: # zizmor: ignore[dangerous-triggers] neither code nor number is taken from the pull request
        workflows: [performance, budget-review]
        types: [completed]
    permissions: {}
    jobs:
      comment:
        permissions:
          actions: read # the artifact of the run
          pull-requests: write # the comment
        uses: OWNER/slogate/.github/workflows/performance-comment.yml@0000000000000000000000000000000000000000

    """
}
