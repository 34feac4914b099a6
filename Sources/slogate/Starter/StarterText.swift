import SLOModel
import SLOSupport

/// The texts of a repository's first files: the templates, with what is known of the repository in its places.
struct StarterText: Sendable {
  private let facts: Starter.Facts

  init(_ facts: Starter.Facts) { self.facts = facts }

  /// A template with everything in its places: `{{name}}`, each alone or within a line.
  func filled(_ template: [UInt8]) -> String {
    let values = [
      ("{{origin}}", origin), ("{{slogate}}", facts.slogate.repository), ("{{ref}}", SlogateAddress.ref),
      ("{{branch}}", YAMLScalar.text(facts.branch, plain: "-_./")),
      ("{{environment}}", facts.environment.name ?? ""), ("{{url}}", facts.start?.url ?? ""),
      ("{{what}}", what), ("{{variables}}", variables), ("{{start}}", start),
      ("{{runner}}", facts.slogate.isOnGitHub ? "ubuntu-24.04" : "self-hosted"),
      ("{{upload}}", upload), ("{{pull request}}", pullRequest),
    ]
    return values.reduce(String(decoding: template, as: UTF8.self)) { $0.replacing($1.0, with: $1.1) }
  }

  /// The script that names the endpoints: those that were measured, where there is a first result.
  func endpoints(_ template: [UInt8]) -> String {
    let text = filled(template)
    guard !facts.endpoints.isEmpty, let start = text.firstRange(of: "const endpoints = {\n"),
      let end = text[start.upperBound...].firstRange(of: "};\n")
    else { return text }
    let entries = facts.endpoints.map { name in
      let path = name.split(separator: " ").last.map(String.init) ?? name
      let quoted = { (text: String) in String(JSONText.string(text).line.dropLast()) }
      return "  \(quoted(name)): \(quoted(path.hasPrefix("/") ? path : "/" + path)),\n"
    }
    return text[..<start.upperBound] + "  // The paths are guessed from the names: correct them.\n"
      + entries.joined()
      + text[end.lowerBound...]
  }

  /// The first line of every workflow: where slogate comes from, and what to do about it.
  private var origin: String {
    let address = facts.slogate.repository
    return "# slogate is taken from \(address). " + (facts.slogate.isKnown ? "Elsewhere? " : "Who has it? ")
      + facts.slogate.replacement
  }

  /// GitHub Enterprise Server takes no artifact of version 4.
  private var upload: String {
    facts.slogate.isOnGitHub
      ? "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2"
      : "actions/upload-artifact@a8a3f3ad30e3422c9c7b888a15615d19a852ae32 # v3.1.3"
  }

  /// A pull request is not deployed where another service is measured.
  private var pullRequest: String {
    facts.start == nil
      ? "# pull_request: where each is deployed before, this tells the verdict on it" : "pull_request:"
  }

  private var what: String {
    facts.start == nil
      ? "Runs k6's baseline and spike against the performance environment; slogate judges whether the commit may go."
      : "Starts the service in the job and runs k6's baseline and spike against it; slogate judges whether the commit may go."
  }

  private var variables: String {
    guard let start = facts.start else {
      return ["PERF_BASE_URL", "PERF_BEARER_TOKEN", "PERF_ACCOUNT_ID"]
        .map { "      \($0): ${{ secrets.\($0) }}" }.joined(separator: "\n")
    }
    return "      PERF_BASE_URL: \(YAMLScalar.text(start.url, plain: ":/-_."))"
  }

  /// The steps after which the service answers.
  private var start: String {
    guard let start = facts.start else {
      return """
              - name: Every secret is there
                run: |
                  missing=()
                  for name in PERF_BASE_URL PERF_BEARER_TOKEN PERF_ACCOUNT_ID; do
                    [[ -n ${!name//[[:space:]]/} ]] || missing+=("$name")
                  done
                  [[ ${#missing[@]} == 0 ]] || { echo "::error title=Missing secrets::${missing[*]}"; exit 1; }
        """
    }
    let commands = start.commands.map { "          \($0)\n" }.joined()
    return """
            - name: Start the service, as \(start.source) says
              run: |
      \(commands)\
            - name: Wait until it answers
              run: |
                curl --silent --show-error --retry 60 --retry-delay 1 --retry-all-errors --max-time 5 \\
                  --output /dev/null "$PERF_BASE_URL"
      """
  }

  /// The limits are those that hold without a budget file; what is in comments shows the rest of the language.
  var budgets: String {
    let environment = facts.environment
    let sizing = environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      .joined(separator: ", ")
    return """
      \(StarterText.head.joined(separator: "\n"))
      version: 1
      service: \(YAMLScalar.text(facts.service, plain: "-_./"))
      owner: \(YAMLScalar.text(facts.owner, plain: "-_./"))

      environments:          # sizings by name: only runs of equal sizing are compared
        \(environment.name ?? ""): { \(sizing) }  # add what changes the figures: instance, memory, data …

      defaults:              # for the run as a whole, and for every endpoint without a line of its own
        baseline: { p95: 400ms, p99: 900ms, error_rate: 1% }
        spike:    { p95: 500ms, p99: 1200ms, error_rate: 2% }

      \(endpoints)
      # account:
      #   owner: another-team
      #   "*": { p95: 1s, error_rate: 0.5% }   # "*": every profile

      # pages:               # Lighthouse
      #   "/": { performance: ">= 0.90", lcp: 2.5s, cls: 0.1, resource.script.size: 300KB }

      # rules:               # relations between profiles, or of a figure with a number
      #   - spike.p95 <= 3 * baseline.p95

      # waivers:             # a looser limit for a while, never none
      #   - { endpoint: \(endpoint), metric: p95, max: 1s, until: 2030-12-31, owner: ops, reason: why and until what }

      """
  }

  /// The comments that every first budget file begins with.
  static let head = [
    "# yaml-language-server: $schema=./slogate.schema.json",
    "# What a release may cost its users: a line a limit, which its owner reviews when a pull request changes it.",
    "#   slogate budgets lint                       is anything wrong or doubtful?",
    "#   slogate budgets explain '*'                which limits hold for an endpoint, and why these",
    "#   slogate budgets suggest --from-history     limits after what was measured, once there is a history",
  ]

  private var endpoint: String { facts.start == nil ? "search" : "home" }

  private var endpoints: String {
    """
    endpoints:             # by the tag `endpoint` that .github/k6/endpoints.js gives each request
      \(endpoint):
        baseline: { p95: 500ms }
        spike:    { p95: { block: 800ms, warn: 600ms } }
    """
  }
}
