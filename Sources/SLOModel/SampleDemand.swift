/// What is wanted of results besides the usual series: a summary has what its script asked for, samples
/// have whatever one asks them.
public struct SampleDemand: Sendable, Hashable {
  /// The samples that a series of their own is wanted for.
  public struct Selection: Sendable, Hashable {
    /// The metric; nil for every metric.
    public var metric: String?
    /// What the tags of a sample must match; a pattern with `*` gives a series for each value it matches.
    package var tags: [String: EndpointPattern]

    /// Creates a selection.
    package init(metric: String? = nil, tags: [String: EndpointPattern]) {
      self.metric = metric
      self.tags = tags
    }
  }

  /// The series wanted.
  public var selections: Set<Selection>
  /// Percentiles wanted besides the usual ones.
  public var percentiles: Set<Statistic>
  /// The figures that a limit, a relative limit or a rule is about: of a report on a page the scores and items of
  /// audits, and user timings, which it has by the hundred.
  package var figures: Set<MetricFigure> = []
  /// The names and patterns of the subjects that have limits: results have queries or sets of labels by the thousand.
  package var subjects: Set<EndpointPattern> = []
  /// Whether every subject is wanted, as where two results are compared and none of them is recorded.
  package var takesEverySubject = false

  /// Creates a demand; of nothing by default.
  public init(selections: Set<Selection> = [], percentiles: Set<Statistic> = []) {
    self.selections = selections
    self.percentiles = percentiles
  }
}
