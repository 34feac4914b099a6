/// What is known of the metrics of one kind of evidence: those listed, and those whose names follow a pattern.
package struct MetricFamily: Sendable {
  /// The metrics that are known by their names.
  package let all: [Metric]
  /// What names that follow a pattern mean; nil for any other.
  package let pattern: @Sendable (String) -> MetricTraits?
  /// What a figure of a metric of another name means where it is limited; nil where that is a custom metric.
  package let unlisted: @Sendable (String, Statistic) -> MetricTraits?
  /// Which other metrics there may be.
  package let others: Others
  /// Whether its metrics are known by their names wherever they are named; else only where the kind is known, because
  /// a team's own metrics may have the same names.
  package let isDistinctive: Bool
  /// The metric whose statistics a budget may name alone, as in `p95`; nil where there is none.
  package let main: String?
  /// Beginnings of names that no other metric has, and what may follow them; a name with another end is a mistake.
  package let namespaces: [Namespace]

  /// Metrics that nothing is known of.
  package enum Others: Sendable, Hashable {
    /// None: another name is a mistake.
    case none
    /// Those of a team, which declares their unit and direction where their names do not say them.
    case custom
    /// Those of a tool, which have this statistic where none is named.
    case free(Statistic)
    /// Those of a team, whose results say their unit and direction. They have this statistic where none is named.
    case described(Statistic)

    /// Whether a budget file can declare their unit and direction.
    package var areDeclared: Bool {
      switch self {
      case .custom, .described: true
      case .none, .free: false
      }
    }

    /// Whether results say the unit of each.
    package var areDescribed: Bool {
      if case .described = self { return true }
      return false
    }
  }

  /// Names that begin alike.
  package struct Namespace: Sendable, Hashable {
    /// What they begin with: `resource.`.
    package let prefix: String
    /// What a member is called: `resource type`; the plural is short, for lists.
    package let noun: EvidenceKind.Noun
    /// What may follow.
    package let members: [String]

    /// Describes a namespace.
    package init(_ prefix: String, _ noun: EvidenceKind.Noun, _ members: [String]) {
      (self.prefix, self.noun, self.members) = (prefix, noun, members)
    }
  }

  /// Describes a family.
  package init(
    _ all: [Metric], isDistinctive: Bool = true, main: String? = nil, namespaces: [Namespace] = [],
    others: Others = .none,
    pattern: @escaping @Sendable (String) -> MetricTraits? = { _ in nil },
    unlisted: @escaping @Sendable (String, Statistic) -> MetricTraits? = { _, _ in nil }
  ) {
    (self.all, self.isDistinctive, self.main, self.namespaces) = (all, isDistinctive, main, namespaces)
    (self.others, self.pattern, self.unlisted) = (others, pattern, unlisted)
  }
  /// Whether a metric of a name belongs to it alone, although names of other kinds may be the same.
  package func has(_ name: String) -> Bool {
    !isDistinctive && all.contains { $0.name == MetricName.base(of: name) }
  }
}
