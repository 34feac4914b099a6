internal import SLOModel
internal import SLOReaders

/// A query for a figure that slogate itself writes as OpenMetrics: `slogate_value_seconds{profile="baseline",…}`.
struct SlogateSelector {
  private var unit: String
  private var labels: [String: String]

  private static let name = "slogate_value"

  /// Whether a query is for slogate's figures, of whatever form.
  static func names(_ query: String) -> Bool { query.contains(name) }

  /// Nil for any other query, and for one that selects by more than equal labels.
  init?(_ query: String) {
    let name = SlogateSelector.name
    guard query.hasPrefix(name), let open = query.firstIndex(of: "{"), query.last == "}" else { return nil }
    unit = String(query[..<open].dropFirst(name.count))
    labels = [:]
    var rest = query[query.index(after: open)...].dropLast()
    while let equals = rest.firstIndex(of: "=") {
      let key = String(rest[..<equals]).filter { $0 != "," && $0 != " " }
      rest = rest[rest.index(after: equals)...]
      guard key.allSatisfy({ $0.isLetter || $0 == "_" }), let value = SlogateSelector.quoted(&rest) else {
        return nil
      }
      labels[key] = value
    }
    guard labels["metric"] != nil, labels["statistic"] != nil else { return nil }
  }

  /// The limit on that figure.
  func wish(_ comparison: Comparison, _ value: Double, origin: String, place: Place) -> BudgetDraft.Wish {
    let profile = labels["profile"] ?? EvidenceKind.load.profiles.every
    let endpoint = labels["endpoint"] ?? Series.wholeRun
    let isPage = EvidenceKind.of(profile: profile) == .page && endpoint != Series.wholeRun
    return BudgetDraft.Wish(
      target: isPage
        ? .page(endpoint) : endpoint == Series.wholeRun ? .run : .endpoint(endpoint, tag: "endpoint"),
      profile: isPage ? FormFactor.group(of: profile) : profile,
      key: "\(labels["metric"] ?? "").\(labels["statistic"] ?? "")", comparison: comparison,
      value: unit == "_seconds" ? (value * 1_000 * 1e9).rounded() / 1e9 : value, origin: origin, place: place)
  }

  /// The text between quotes at the start, its escapes resolved.
  private static func quoted(_ rest: inout Substring) -> String? {
    guard rest.popFirst() == "\"" else { return nil }
    var text = ""
    while let first = rest.popFirst() {
      if first == "\"" { return text }
      if first != "\\" {
        text.append(first)
      } else if let escaped = rest.popFirst() {
        text.append(escaped)
      }
    }
    return nil
  }
}
