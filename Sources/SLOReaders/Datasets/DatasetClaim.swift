internal import SLOModel
internal import SLOSupport

/// A verdict that a report states: `"verdict": "PASS"`, `"pii_safe": true`.
struct DatasetClaim {
  /// What it is of, as messages name it.
  var name: String
  /// The keys that lead to the numbers it speaks of; empty for all.
  var scope: [String]
  /// Whether it says that all is well.
  var passes: Bool
  /// The figures it speaks of; nil for all within its scope.
  var metrics: Set<String>?

  /// What it says, in a word.
  var word: String { passes ? "PASS" : "FAIL" }
}

extension DatasetClaim {
  /// The verdict that a leaf is; nil for any other.
  init?(_ leaf: DatasetLeaf, _ scopes: DatasetScopes) {
    guard let passes = Self.passes(leaf.value), let subject = Self.subject(of: leaf) else { return nil }
    if subject == DatasetClaim.readiness, !passes { return nil }
    self.passes = passes
    let around = Array(leaf.path.dropLast())
    scope = around
    if around.isEmpty || around[0] == "overall_assessment" {
      (scope, name) = ([], UntrustedText.cleaned(leaf.path.joined(separator: "."), limit: 60))
      // A data set is ready with a weak distribution too, and never with somebody's data or broken references.
      if subject == DatasetClaim.readiness { metrics = ["real_emails", "orphans"] }
      return
    }
    // `pii_safety_verdict` speaks of the section `pii_safety` beside it.
    if !subject.isEmpty { scope = scopes.scope(called: subject, in: around) ?? leaf.path }
    name = UntrustedText.cleaned(scope.last ?? "", limit: 60)
  }

  /// Whether a leaf is a verdict in words that are not known.
  static func isUnclear(_ leaf: DatasetLeaf) -> Bool {
    guard leaf.value.kind == .string, subject(of: leaf) != nil, passes(leaf.value) == nil else {
      return false
    }
    // That something is not as it should be and that it is no failure: no claim of either.
    return (try? leaf.value.string())?.uppercased().contains("WARN") != true
  }

  /// What a verdict speaks of by its key: nothing for what stands around it; nil for a key of no verdict.
  private static func subject(of leaf: DatasetLeaf) -> String? {
    let key = DatasetLeaf.folded(leaf.path.last ?? "")
    if key.hasSuffix("invalid") || key.hasSuffix("unsafe") { return nil }
    if words.contains(key) || key == "isvalid" { return "" }
    if key.hasPrefix(readiness) { return readiness }
    return words.first { key.hasSuffix($0) && $0.count > 1 }.map { String(key.dropLast($0.count)) }
  }

  private static let readiness = "readyfor"

  /// The keys of verdicts, and the ends of such keys, the longest first.
  private static let words = [
    "meetscriteria", "meetstarget", "assessment", "compliant", "verdict", "outcome", "status", "result",
    "passed", "valid", "pass", "safe", "ok",
  ]

  /// Whether a value says that all is well; nil where it is no verdict.
  private static func passes(_ value: JSONValue) -> Bool? {
    if value.kind == .boolean { return try? value.boolean() }
    guard value.kind == .string, let text = try? value.string() else { return nil }
    let words = text.uppercased().split { !$0.isLetter }
    if words.contains(where: { ["FAIL", "FAILED", "FAILURE", "BAD", "POOR", "NO", "NOT"].contains($0) }) {
      return false
    }
    let isGood = words.contains {
      ["PASS", "PASSED", "OK", "GOOD", "YES", "EXCELLENT", "READY", "APPROVED"].contains($0)
    }
    return isGood ? true : nil
  }
}
