import SLOBudgets
import SLOModel

/// The names of metrics as regular expressions, by what a bound on them looks like.
struct MetricNames {
  /// Names that begin a key, and the statistics that may follow, by form.
  private(set) var patterns: [(pattern: String, form: BoundForm)] = []
  /// Every metric and short name that slogate knows of the scope, as alternatives.
  let known: String

  private static let percentile = "p[0-9]+(\\.[0-9]+)?"

  /// The statistics that stand alone for the duration of requests.
  static let latency = "(avg|min|med|max|\(percentile))"

  /// The end of a key of a metric that slogate does not know.
  static let anyStatistic =
    "\\.(\(Statistic.named.map(\.rawValue).joined(separator: "|"))|\(percentile)|p\\(\(percentile.dropFirst())\\))"

  /// - Parameter onPage: whether they are of pages, or of a load.
  init(onPage: Bool) {
    let names = MetricCatalogue.names
    let metrics = names.filter { name in
      MetricCatalogue.traits(of: name).map { MetricNames.isOfPage($0) == onPage } ?? false
    }
    let shorthands = names.filter { name in
      MetricCatalogue.shorthand(name).flatMap { MetricCatalogue.traits(of: $0.metric) }
        .map { MetricNames.isOfPage($0) == onPage } ?? false
    }
    known = (Set(metrics).union(shorthands)).sorted().map(MetricNames.escaped).joined(separator: "|")
    let tags = onPage ? "" : "(\\{.*\\})?"
    var keys: [BoundForm: [String]] = [:]
    for metric in metrics {
      guard let traits = MetricCatalogue.traits(of: metric) else { continue }
      for (statistics, form) in MetricNames.statistics(of: traits, onPage: onPage) {
        let sole = MetricCatalogue.soleStatistic(of: metric).map { statistics.contains($0.rawValue) } ?? false
        keys[form, default: []].append(
          "\(MetricNames.escaped(metric))\(tags)\\.(\(statistics.joined(separator: "|")))")
        if sole { keys[form, default: []].append(MetricNames.escaped(metric) + tags) }
      }
    }
    for short in shorthands {
      guard let (metric, statistic) = MetricCatalogue.shorthand(short),
        let traits = MetricCatalogue.traits(of: metric)
      else { continue }
      let form = BoundForm(traits, statistic, onPage: onPage)
      keys[form, default: []].append("\(MetricNames.escaped(short))(\\.\(statistic))?")
    }
    if !onPage, let latency = MetricCatalogue.traits(of: "http_req_duration") {
      keys[BoundForm(latency, .p95, onPage: false), default: []].append(MetricNames.latency)
    }
    patterns = keys.map { ("^(\($0.value.joined(separator: "|")))$", $0.key) }.sorted {
      $0.1.name < $1.1.name
    }
  }

  /// The statistics of a kind of metric, those of one form together.
  private static func statistics(
    of traits: MetricTraits, onPage: Bool
  ) -> [(names: [String], form: BoundForm)] {
    let names =
      BudgetWords.statistics(of: traits.kind).filter {
        $0 == "med" || Statistic(rawValue: $0).percentile == nil
      }
      + (traits.kind == .trend ? [percentile, "p\\(\(percentile.dropFirst())\\)"] : [])
    let forms = names.map { name in
      (name, BoundForm(traits, name.hasPrefix("p") ? .p95 : Statistic(rawValue: name), onPage: onPage))
    }
    return Dictionary(grouping: forms, by: \.1).map { ($0.value.map(\.0), $0.key) }
      .sorted { $0.form.name < $1.form.name }
  }

  private static func isOfPage(_ traits: MetricTraits) -> Bool {
    traits.kind.isOfPage
  }

  private static func escaped(_ name: String) -> String { name.replacing(".", with: "\\.") }
}
