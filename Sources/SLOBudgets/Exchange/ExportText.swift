import SLOModel
import SLOReaders
import SLOSupport

/// What an export has to say besides its files, each thing once.
struct ExportNotes {
  private(set) var lines: [String] = []

  mutating func add(_ text: String, at place: Place? = nil) {
    let start = place.map { $0.line > 0 ? "\($0): " : "" } ?? ""
    let line = VisibleText.escaped(start + text)
    if !lines.contains(line) { lines.append(line) }
  }

  /// What no target but slogate itself does.
  mutating func addGeneral(of budgets: Budgets, _ options: ExportOptions) {
    if let place = budgets.repetitionsPlace, budgets.repetitions > 1 {
      add("repetitions are counted by slogate alone", at: place)
    }
    if let place = budgets.regressionPlace {
      add("regressions against the history are judged by slogate alone", at: place)
    }
    if let place = budgets.firstChangeLimit {
      add("limits on changes (max_increase, max_decrease) are judged by slogate alone", at: place)
    }
    for waiver in budgets.waiversOfUnknownReach(at: options.now) {
      add(
        "the waiver of \(waiver.title) is not taken along: which endpoints it is for is not known here",
        at: waiver.place)
    }
  }

  /// That limits are looser for a while.
  mutating func add(waiversOf limits: [LimitInForce]) {
    for waiver in limits.compactMap(\.waiver) {
      add(
        "the limit is that of the waiver of \(waiver.title) until \(waiver.until): export again then",
        at: waiver.place)
    }
  }

  /// Every rule is reported that is left out.
  mutating func add(
    rulesOf budgets: Budgets, _ reason: String, where isLeftOut: (Rule) -> Bool = { _ in true }
  ) {
    for rule in budgets.rules where isLeftOut(rule) {
      add("the rule '\(rule.text)' is left out: \(reason)", at: rule.place)
    }
  }

  /// The notes as comments.
  func comments(_ mark: String) -> String { lines.map { "\(mark) \($0)\n" }.joined() }
}

extension Limit {
  /// What is bounded: `http_req_duration.p95`.
  var figure: String { "\(metric).\(statistic)" }

  /// How it is bounded, as people read it: `< 400 ms`.
  var words: String {
    "\(comparison.rawValue) " + (unit.map { quantity(ofLimit: bound, $0) } ?? plain(bound))
  }

  /// Who answers for it and where it can be changed.
  var origin: String {
    ([owner.map { "owner \($0)" }] + [place.line > 0 ? place.description : place.file]).compactMap(\.self)
      .joined(separator: ", ")
  }
}

/// The shortest digits that stand for a number, up to 1e21 without an exponent.
func plain(_ number: Double) -> String {
  let text = "\(number)"
  guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]),
    (0..<21).contains(exponent)
  else { return text.hasSuffix(".0") ? String(text.dropLast(2)) : text }
  let parts = text[..<mark].split(separator: ".")
  let decimals = parts.count > 1 && parts[1] != "0" ? parts[1] : ""
  return parts[0] + decimals + String(repeating: "0", count: max(0, exponent - decimals.count))
}

/// A name made of small letters, digits and hyphens for a text that may hold anything.
enum Slug {
  /// The text itself where it is such a name already; else what is left of it, with a few digits of its SHA-256, for
  /// two texts must not share a name.
  static func text(_ text: String, length: Int = 63) -> String {
    let kept = text.lowercased().utf8.map { byte in
      (48...57).contains(byte) || (97...122).contains(byte) ? byte : UInt8(ascii: "-")
    }
    let words = String(decoding: kept, as: UTF8.self).split(separator: "-").joined(separator: "-")
    if words == text, text.utf8.count <= length { return text }
    let digits = String(SHA256Digest(of: text).description.prefix(8))
    let short = words.prefix(length - 9)
    let start = short.hasSuffix("-") ? short.dropLast() : short
    return start.isEmpty ? digits : start + "-" + digits
  }
}

extension LimitsInForce {
  /// A series the limits are for; nil where more specific ones leave none.
  var example: Series? {
    guard let endpoint = exampleEndpoint, let profile = exampleProfile else { return nil }
    return Series(profile: profile, endpoint: endpoint, metric: metric, statistic: statistic)
  }

  /// The profile, where it is one.
  var profile: String? { if case .named(let name) = profiles { name } else { nil } }

  /// The endpoint, where it is one, or the run as a whole.
  var endpoint: String? {
    switch endpoints {
    case .wholeRun: Series.wholeRun
    case .named(let name): name
    case .matching: nil
    }
  }

  /// The profile as people read it.
  var profileTitle: String {
    guard case .others(let kind, let named) = profiles, kind != .load else {
      return profile ?? "other profiles"
    }
    return named.isEmpty ? kind.section : "other profiles of \(kind.section)"
  }

  /// The kind of evidence they are for.
  var kind: EvidenceKind {
    switch profiles {
    case .named(let name): .of(profile: name)
    case .others(let kind, _): kind
    }
  }

  /// The endpoints as people read them.
  var endpointTitle: String {
    switch endpoints {
    case .wholeRun: "the run as a whole"
    case .named(let name): name
    case .matching("*", _): "other \(kind.subject.plural)"
    case .matching(let pattern, _): pattern
    }
  }

  /// The entry they come from, or `defaults`.
  var entry: String { limits[0].limit.entry ?? "defaults" }

  private var exampleProfile: String? {
    guard case .others(let kind, let named) = profiles else { return profile }
    let usual = kind.profiles.prefix == nil ? nil : kind.profiles.usual.first { !named.contains($0) }
    return usual ?? LimitsInForce.name(like: kind.profiles.every) { !named.contains($0) }
  }

  private var exampleEndpoint: String? {
    switch endpoints {
    case .wholeRun: return Series.wholeRun
    case .named(let name): return name
    case .matching(let pattern, let except):
      let others = except.map { EndpointPattern($0) }
      return LimitsInForce.name(like: pattern) { name in
        name != Series.wholeRun && !others.contains { $0.matches(name) }
      }
    }
  }

  /// A name for a glob that nothing else claims.
  private static func name(like pattern: String, where isFree: (String) -> Bool) -> String? {
    ["other", "another", "x", "q0", "z-9"].lazy.map { pattern.replacing("*", with: $0) }.first(where: isFree)
  }
}
