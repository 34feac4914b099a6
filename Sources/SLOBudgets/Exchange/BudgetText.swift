package import SLOModel
internal import SLOReaders
internal import SLOSupport

/// A budget about to be written as a file: one line a limit, with what it rests on as a comment behind it.
///
/// Names and comments may be anybody's: they are quoted and escaped here. Bounds are the language's own.
package struct BudgetText {
  /// A limit.
  package struct Line {
    /// The metric: `p95`.
    package var key: String
    /// The bound that blocks a release.
    package var block: String?
    /// The bound that warns.
    package var warn: String?
    /// Whether the metric may be missing.
    package var isOptional: Bool
    package var comment: String

    package init(
      _ key: String, block: String? = nil, warn: String? = nil, isOptional: Bool = false, comment: String
    ) {
      (self.key, self.block, self.warn) = (key, block, warn)
      (self.isOptional, self.comment) = (isOptional, comment)
    }
  }

  /// The limits of a profile.
  package struct Group {
    package var name: String
    package var lines: [Line]

    package init(_ name: String, _ lines: [Line]) { (self.name, self.lines) = (name, lines) }
  }

  /// An endpoint, a page or another subject.
  package struct Entry {
    package var name: String
    /// The tag and the endpoint it stands for, where the name alone does not say it.
    package var match: (tag: String, endpoint: String)?
    /// Limits of every profile, in the section of a kind of evidence that has one.
    package var lines: [Line]
    package var groups: [Group]

    package init(
      _ name: String, match: (tag: String, endpoint: String)? = nil, lines: [Line] = [], groups: [Group]
    ) {
      (self.name, self.match, self.lines, self.groups) = (name, match, lines, groups)
    }
  }

  /// A named sizing.
  package struct Environment {
    package var name: String
    package var facts: [(key: String, value: String)]

    init(name: String, facts: [(key: String, value: String)]) { (self.name, self.facts) = (name, facts) }

    /// A sizing under its name.
    package init(_ environment: SLOModel.Environment) {
      self.init(
        name: environment.name ?? "default",
        facts: environment.sizing.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) })
    }
  }

  /// Lines longer than this do not push the comments of the others away.
  private static let widest = 60

  /// Comments at the head, a line each.
  package var head: [String]
  package var service: String?
  package var owner: String?
  package var environments: [Environment] = []
  /// Limits of the run as a whole and of its endpoints, by profile.
  package var defaults: [Group] = []
  /// Limits of the run as a whole alone, by profile.
  package var run: [Group] = []
  package var endpoints: [Entry] = []
  /// Entries of the kinds of evidence that have a section of their own, by its name.
  package var sections: [String: [Entry]] = [:]
  /// Comments at the end, a line each.
  package var tail: [String] = []

  package init(head: [String], service: String? = nil) { (self.head, self.service) = (head, service) }

  /// The file.
  package var text: String {
    var lines = head.map(comment) + ["version: 1"]
    if let service { lines.append("service: " + YAMLScalar.text(service)) }
    if let owner { lines.append("owner: " + YAMLScalar.text(owner)) }
    lines += section("environments", environments.flatMap(self.lines))
    lines += section("defaults", defaults.flatMap { self.lines($0, indent: "  ") })
    lines += section("run", run.flatMap { self.lines($0, indent: "  ") })
    lines += section("endpoints", endpoints.flatMap(self.lines))
    for name in EvidenceKind.sectioned.map(\.section) {
      lines += section(name, sections[name, default: []].flatMap(self.lines))
    }
    if !tail.isEmpty { lines += [""] + tail.map(comment) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ name: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["", name + ":"] + lines
  }

  private func lines(_ environment: Environment) -> [String] {
    YAMLScalar.key(environment.name, indent: "  ")
      + environment.facts.map { "    \(YAMLScalar.text($0.key)): \(YAMLScalar.figure($0.value))" }
  }

  private func lines(_ entry: Entry) -> [String] {
    let match = entry.match.map {
      ["    match: { \(YAMLScalar.text($0.tag)): \(YAMLScalar.text($0.endpoint)) }"]
    }
    return YAMLScalar.key(entry.name, indent: "  ") + (match ?? []) + lines(entry.lines, indent: "    ")
      + entry.groups.flatMap { lines($0, indent: "    ") }
  }

  private func lines(_ group: Group, indent: String) -> [String] {
    YAMLScalar.key(group.name, indent: indent) + lines(group.lines, indent: indent + "  ")
  }

  /// Limits with their comments below each other.
  private func lines(_ limits: [Line], indent: String) -> [String] {
    let texts = limits.map { "\(indent)\(YAMLScalar.text($0.key)): \(bounds(of: $0))" }
    let width = texts.map(\.count).filter { $0 <= BudgetText.widest }.max() ?? 0
    return zip(texts, limits).map { text, limit in
      limit.comment.isEmpty
        ? text : text + String(repeating: " ", count: max(2, width - text.count + 2)) + comment(limit.comment)
    }
  }

  private func bounds(of line: Line) -> String {
    if let block = line.block, line.warn == nil, !line.isOptional { return YAMLScalar.figure(block) }
    let bounds = [("block", line.block), ("warn", line.warn)].compactMap { key, bound in
      bound.map { "\(key): \(YAMLScalar.figure($0))" }
    }
    return "{ \((bounds + (line.isOptional ? ["optional: true"] : [])).joined(separator: ", ")) }"
  }

  private func comment(_ text: String) -> String { text.isEmpty ? "#" : "# " + VisibleText.escaped(text) }
}
