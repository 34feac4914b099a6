internal import SLOModel
internal import SLOReaders

/// A rule taken apart: `spike.p95 <= 3 * baseline.p95`, `vus_max >= 500`.
struct RuleText {
  /// Why a text is no rule, and the part of it that is to blame.
  struct Malformed: Error {
    var message: String
    var hint: String?
    /// Where in the rule it begins.
    var part: Substring
  }

  /// A figure, and the name it was written by.
  struct NamedFigure {
    var figure: Rule.Figure
    var key: MetricKey
    var name: Substring
    /// The profile as it was written.
    var profile: Substring?
  }

  var left: NamedFigure
  var comparison: Comparison
  var right: Rule.Side
  /// The figure on the right, where there is one.
  var other: NamedFigure?

  private static let usage =
    "write FIGURE <= NUMBER * FIGURE or FIGURE >= QUANTITY, such as spike.p95 <= 3 * baseline.p95"

  /// Reads a rule.
  /// - Throws: what is wrong with it.
  /// - Parameter declared: the custom metrics that the files declare.
  init(parsing text: String, declared: DeclaredMetrics = [:]) throws(Malformed) {
    let text = Substring(text).trimmingBlanks
    guard let start = text.firstIndex(where: RuleText.isSign) else {
      throw Malformed(message: "the rule '\(text)' compares nothing", hint: RuleText.usage, part: text)
    }
    let end = text[start...].firstIndex { !RuleText.isSign($0) } ?? text.endIndex
    guard let comparison = Comparison(rawValue: String(text[start..<end])) else {
      throw Malformed(
        message: "'\(text[start..<end])' is no operator", hint: "operators are < <= > >=",
        part: text[start...])
    }
    self.comparison = comparison
    left = try RuleText.figure(text[..<start].trimmingBlanks, declared)
    (right, other) = try RuleText.side(text[end...].trimmingBlanks, of: left, declared)
  }

  /// What is to the right of the operator.
  private static func side(
    _ text: Substring, of left: NamedFigure, _ declared: DeclaredMetrics
  ) throws(Malformed) -> (Rule.Side, NamedFigure?) {
    guard !text.contains(where: isSign) else {
      throw Malformed(message: "a rule has one operator only", hint: "write two rules", part: text)
    }
    if let star = factorEnd(of: text) {
      let factor = try factor(text[..<star].trimmingBlanks)
      let other = try figure(text[text.index(after: star)...].trimmingBlanks, declared)
      return (.multiple(factor, of: other.figure), try matching(other, left))
    }
    let isQuantity = text.utf8.first.map { (48...57).contains($0) || $0 == UInt8(ascii: "-") } ?? true
    if isQuantity || text.hasPrefix("capacity(") {
      do throws(Bound.Malformed) {
        let bound = try Bound.alone(String(text), of: left.key)
        return (.number(bound.value, bound.unit), nil)
      } catch {
        throw Malformed(message: error.message, hint: error.hint, part: text)
      }
    }
    let other = try figure(text, declared)
    return (.multiple(1, of: other.figure), try matching(other, left))
  }

  /// The sign behind a factor: a `*` behind a number, where `*.p95` begins with one.
  private static func factorEnd(of text: Substring) -> Substring.Index? {
    guard let star = text.firstIndex(of: "*"), star > text.startIndex else { return nil }
    return text[..<star].utf8.first.map { (48...57).contains($0) } == true ? star : nil
  }

  private static func factor(_ text: Substring) throws(Malformed) -> Double {
    let quantity = try? Quantity(parsing: text)
    guard let quantity, [.plain, .percent].contains(quantity.dimension), quantity.value > 0 else {
      throw Malformed(
        message: "'\(text)' is no factor", hint: "write a number above 0, such as 3 or 120%", part: text)
    }
    return quantity.value
  }

  /// Refuses to compare a time with a share.
  private static func matching(_ other: NamedFigure, _ left: NamedFigure) throws(Malformed) -> NamedFigure {
    let units = [left, other].map(\.key.unit)
    if let first = units[0], let second = units[1], first != second {
      throw Malformed(
        message: "'\(left.name)' is in \(first.rawValue), '\(other.name)' in \(second.rawValue)",
        hint: "compare two figures of one unit", part: other.name)
    }
    return other
  }

  private static func isSign(_ character: Character) -> Bool { "<>=!≤≥".contains(character) }
}

/// The names of figures.
extension RuleText {
  /// `p95`, `spike.p95`, `*.payment_time.p95`: a metric that is known by itself is of every profile; else the word
  /// before the first dot names the profile.
  private static func figure(_ name: Substring, _ declared: DeclaredMetrics) throws(Malformed) -> NamedFigure
  {
    guard !name.isEmpty else {
      throw Malformed(message: "the rule lacks a figure", hint: usage, part: name)
    }
    if let key = known(String(name)) { return NamedFigure(key, name: name, profile: nil) }
    guard let dot = name.firstIndex(of: "."), dot > name.startIndex else {
      throw malformed(name, .load)
    }
    let (profile, rest) = (name[..<dot], name[name.index(after: dot)...])
    guard !profile.contains(" ") else {
      throw Malformed(message: "'\(name)' names no figure", hint: usage, part: name)
    }
    let kind = EvidenceKind.of(profile: String(profile))
    guard
      let key = (profile == "*" ? known(String(rest)) : nil)
        ?? (try? MetricKey(parsing: String(rest), of: kind, declared: declared))
    else { throw malformed(rest, kind) }
    return NamedFigure(key, name: name, profile: profile)
  }

  /// A metric that is known without results.
  private static func known(_ name: String) -> MetricKey? {
    let keys = EvidenceKind.all.lazy.compactMap { try? MetricKey(parsing: name, of: $0) }
    return keys.first { $0.traits != nil }
  }

  private static func malformed(_ name: Substring, _ kind: EvidenceKind) -> Malformed {
    do throws(MetricKey.Malformed) {
      _ = try MetricKey(parsing: String(name), of: kind)
    } catch {
      return Malformed(message: error.message, hint: error.hint, part: name)
    }
    return Malformed(
      message: "'\(name)' names no figure", hint: "write PROFILE.METRIC, or \"*.\(name)\" for every profile",
      part: name)
  }
}

extension RuleText.NamedFigure {
  fileprivate init(_ key: MetricKey, name: Substring, profile: Substring?) {
    self.key = key
    self.name = name
    self.profile = profile == "*" ? nil : profile
    figure = Rule.Figure(
      profile: self.profile.map(String.init), metric: key.metric, statistic: key.statistic,
      kind: key.kind)
  }
}
