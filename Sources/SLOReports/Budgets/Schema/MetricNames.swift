import SLOBudgets
import SLOModel
import SLOReaders
import SLOSupport

/// The names of metrics as regular expressions, by what a bound on them looks like.
struct MetricNames {
  /// Names that begin a key, and the statistics that may follow, by form.
  private(set) var patterns: [(pattern: String, form: BoundForm)] = []
  /// Every metric and short name that slogate knows of the kind, as alternatives.
  let known: String
  private let kind: EvidenceKind

  private static let percentile = "p[0-9]+(\\.[0-9]+)?"

  /// The statistics that stand alone for the main metric.
  private static let latency = "(avg|min|med|max|\(percentile))"

  /// The end of a key of a metric that slogate does not know.
  private static let anyStatistic =
    "\\.(\(Statistic.named.map(\.rawValue).joined(separator: "|"))|\(percentile)|p\\(\(percentile.dropFirst())\\))"

  init(_ kind: EvidenceKind) {
    self.kind = kind
    let isDistinctive = kind.metrics.isDistinctive
    let names = isDistinctive ? MetricCatalogue.names : kind.metrics.all.map(\.name)
    let metrics = isDistinctive ? names.filter { MetricCatalogue.kind(of: $0) == kind } : names
    let shorthands = names.filter { name in
      MetricCatalogue.shorthand(name).map { MetricCatalogue.kind(of: $0.metric) == kind } ?? false
    }
    known = (Set(metrics).union(shorthands)).sorted().map(MetricNames.escaped).joined(separator: "|")
    let tags = kind.metrics.others == .custom ? "(\\{.*\\})?" : ""
    var keys: [BoundForm: [String]] = [:]
    for metric in metrics {
      guard let traits = MetricCatalogue.traits(of: metric, in: kind) else { continue }
      for (statistics, form) in MetricNames.statistics(of: traits, in: kind) {
        let sole =
          MetricCatalogue.soleStatistic(of: metric, in: kind).map { statistics.contains($0.rawValue) }
          ?? false
        keys[form, default: []].append(
          "\(MetricNames.escaped(metric))\(tags)\\.(\(statistics.joined(separator: "|")))")
        if sole { keys[form, default: []].append(MetricNames.escaped(metric) + tags) }
      }
    }
    for short in shorthands {
      guard let (metric, statistic) = MetricCatalogue.shorthand(short),
        let traits = MetricCatalogue.traits(of: metric)
      else { continue }
      let form = BoundForm(traits, statistic, in: kind)
      keys[form, default: []].append("\(MetricNames.escaped(short))(\\.\(statistic))?")
    }
    if let main = kind.metrics.main.flatMap({ MetricCatalogue.traits(of: $0) }) {
      keys[BoundForm(main, .p95, in: kind), default: []].append(MetricNames.latency)
    }
    patterns = keys.map { ("^(\($0.value.joined(separator: "|")))$", $0.key) }.sorted {
      $0.1.name < $1.1.name
    }
  }

  /// Names of a team's own metrics: a name that ends in a statistic, and that no kind of evidence has.
  var custom: String {
    let known =
      EvidenceKind.all.filter(\.metrics.isDistinctive).map { MetricNames($0).known }
      + MetricNames.namespaces.map { "\($0)[^.]*" }
    return "^(?!(\(known.joined(separator: "|")))(\\{.*\\})?\\.)[^\\s].*\(MetricNames.anyStatistic)$"
  }

  /// Names that a kind that takes any name does not take: those of other kinds, their profiles, and members that no
  /// namespace has.
  var foreign: String {
    let spaces = kind.metrics.namespaces.map { space in
      let statistics =
        MetricCatalogue.traits(of: space.prefix + (space.members.first ?? ""))?.shape.statistics ?? []
      return "\(MetricNames.escaped(space.prefix))(?!(\(space.members.joined(separator: "|")))"
        + "\\.(\(statistics.map(\.rawValue).joined(separator: "|")))$)"
    }
    let others = EvidenceKind.all.filter { $0 != kind && $0.metrics.isDistinctive }.map {
      MetricNames($0).known
    }
    return "^(\((spaces + [kind.profiles.prefix ?? ""]).joined(separator: "|"))"
      + "|(\(others.joined(separator: "|")))(\\{.*\\})?(\\.|$)|\(MetricNames.latency)$)"
  }

  private static var namespaces: [String] {
    EvidenceKind.all.flatMap(\.metrics.namespaces).map { escaped($0.prefix) }
  }

  /// The statistics of a metric, those of one form together.
  private static func statistics(
    of traits: MetricTraits, in kind: EvidenceKind
  ) -> [(names: [String], form: BoundForm)] {
    let names =
      traits.shape.statistics.filter { $0 == .median || $0.percentile == nil }.map(\.rawValue)
      + (traits.shape.hasPercentiles ? [percentile, "p\\(\(percentile.dropFirst())\\)"] : [])
    let forms = names.map { name in
      (name, BoundForm(traits, name.hasPrefix("p") ? .p95 : Statistic(rawValue: name), in: kind))
    }
    return Dictionary(grouping: forms, by: \.1).map { ($0.value.map(\.0), $0.key) }
      .sorted { $0.form.name < $1.form.name }
  }

  private static func escaped(_ name: String) -> String { name.replacing(".", with: "\\.") }
}
