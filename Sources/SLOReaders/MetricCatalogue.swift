public import SLOModel

extension EvidenceKind {
  /// Every kind of evidence, the one whose profiles have free names first.
  public static let all: [EvidenceKind] = [
    .load, .page, .test, .size, .snapshot, .database, .dataset, .fact,
  ]

  /// The kinds whose profiles have names of their own, and their limits a section without profiles.
  public static var sectioned: [EvidenceKind] { all.filter { $0.profiles.prefix != nil } }

  /// The kind a profile's results are of, by its name.
  public static func of(profile: String) -> EvidenceKind {
    all.first { $0.profiles.claims(profile) } ?? .load
  }

  /// What stands for every profile of the kind that a profile is of.
  public static func every(like profile: String) -> String { of(profile: profile).profiles.every }

  /// Whether a name stands for every profile of a kind.
  public static func isEvery(_ profile: String) -> Bool { all.contains { $0.profiles.every == profile } }
}

extension Series {
  /// The kind of evidence it is from.
  public var kind: EvidenceKind { EvidenceKind.of(profile: profile) }
}

extension Run {
  /// The kind of evidence it is.
  public var kind: EvidenceKind { EvidenceKind.of(profile: profile) }
}

/// What is known of metrics by their names.
///
/// Most names say the kind of evidence they are of; those of some kinds, such as `failed`, mean something only where the
/// kind is known. Tags in braces are ignored.
package enum MetricCatalogue {
  /// The kind that alone has a metric of this name; nil for a custom metric.
  package static func kind(of metric: String) -> EvidenceKind? {
    let base = MetricName.base(of: metric)
    return listed[base]?.kind ?? distinctive.first { $0.metrics.pattern(base) != nil }
  }

  /// All that is said of a metric that is listed by its name.
  /// - Parameter kind: the kind of evidence it is of, where it is known.
  package static func metric(named name: String, in kind: EvidenceKind? = nil) -> Metric? {
    let base = MetricName.base(of: name)
    if let kind, !kind.metrics.isDistinctive { return kind.metrics.all.first { $0.name == base } }
    return listed[base]?.metric
  }

  /// What the values of a metric mean; nil for a custom metric.
  /// - Parameter kind: the kind of evidence it is of, where it is known.
  package static func traits(of metric: String, in kind: EvidenceKind? = nil) -> MetricTraits? {
    if let known = self.metric(named: metric, in: kind) { return known.traits }
    let base = MetricName.base(of: metric)
    if let kind, !kind.metrics.isDistinctive { return kind.metrics.pattern(base) }
    return distinctive.lazy.compactMap { $0.metrics.pattern(base) }.first
  }

  /// What reports call a statistic of a metric: the short name people use where there is one.
  package static func label(of metric: String, _ statistic: Statistic) -> String {
    listed[metric]?.metric.label(of: statistic) ?? Metric.label(of: metric, statistic)
  }

  /// The metric and statistic a budget's short key stands for: `p95`, `error_rate`, `lcp` …; nil for any other key.
  package static func shorthand(_ key: String) -> (metric: String, statistic: Statistic)? {
    if let known = aliases[key] { return known }
    guard let statistic = Statistic(spelled: key), statistic.rawValue == key else { return nil }
    let main = distinctive.lazy.compactMap(\.metrics.main).first
    let isOfMain = statistic.percentile != nil || [.average, .minimum, .maximum].contains(statistic)
    return isOfMain ? main.map { ($0, statistic) } : nil
  }

  /// The statistic meant when a budget names a metric alone (`cumulative-layout-shift`, `performance`, `checks`).
  /// - Parameter kind: the kind of evidence it is of, where it is known.
  package static func soleStatistic(of metric: String, in kind: EvidenceKind? = nil) -> Statistic? {
    traits(of: metric, in: kind)?.shape.sole
  }

  /// Every name a budget key may start with, for suggestions.
  package static var names: [String] {
    let members = distinctive.flatMap(\.metrics.namespaces).flatMap { space in
      space.members.map { space.prefix + $0 }
    }
    return (Array(listed.keys) + Array(aliases.keys) + members).sorted()
  }

  private static let distinctive = EvidenceKind.all.filter(\.metrics.isDistinctive)

  private static let listed: [String: (kind: EvidenceKind, metric: Metric)] = Dictionary(
    distinctive.flatMap { kind in kind.metrics.all.map { ($0.name, (kind, $0)) } }
  ) { first, _ in first }

  private static let aliases: [String: (metric: String, statistic: Statistic)] = Dictionary(
    distinctive.flatMap(\.metrics.all).flatMap { metric in
      metric.aliases.map { ($0.key, (metric.name, $0.value)) }
    }
  ) { first, _ in first }
}
