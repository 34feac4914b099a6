/// Names the tool a JSON document comes from that is neither k6 nor Lighthouse, so that a wrong file is
/// understood at once.
enum ForeignJSON {
  /// Keys by which a document is recognised; all must be there.
  private static let known: [(keys: [StaticString], name: String)] = [
    (["latency", "requests", "throughput"], "an autocannon report"),
    (["Total"], "a JMeter statistics file"),
    (["browserScripts"], "a sitespeed.io result"),
    (["ci"], "a Lighthouse CI configuration"),
    (["resourceSizes"], "a Lighthouse budget"),
    (["log", "creator"], "a HAR file"),
    (["path", "maxSize"], configurationOfSizes),
    (["path", "limit"], configurationOfSizes),
    (["error"], "an error reply"),
    (["tool", "exit_code"], "notes about a run"),
  ]

  private static let configurationOfSizes = "a configuration of bundle sizes"

  /// Whether a document of such a name holds limits that a budget file can take over.
  static func isOfLimits(_ name: String) -> Bool {
    [configurationOfSizes, "a Lighthouse CI configuration", "a Lighthouse budget"].contains(name)
  }

  /// What a document is.
  static func name(of root: JSONValue) throws(InputError) -> String {
    var object = root
    if root.kind == .array {
      guard let first = try root.elements().first else { return "an empty JSON array" }
      object = first
    }
    guard object.kind == .object else { return "JSON without a result (\(root.kind.rawValue))" }
    let members = try object.object()
    if let tool = known.first(where: { $0.keys.allSatisfy(members.contains) }) { return tool.name }
    if members.isEmpty { return "an empty JSON object" }
    if let files = members["files"], files.kind == .array, let first = try files.elements().first,
      first.kind == .object, case let entry = try first.object(), entry.contains("path"),
      entry.contains("maxSize")
    {
      return configurationOfSizes
    }
    let keys = members.members.prefix(3).map { UntrustedText.quoted($0.key, limit: 24) }
    return "JSON of another kind (with the keys \(keys.joined(separator: ", ")))"
  }
}
