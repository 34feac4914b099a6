/// What is wanted of results beside the usual series: a summary has what its script asked for, samples
/// have whatever one asks them.
public struct SampleDemand: Sendable, Hashable {
  /// The samples that a series of their own is wanted for.
  public struct Selection: Sendable, Hashable {
    /// The metric; nil for every metric.
    public var metric: String?
    /// What the tags of a sample must match; a pattern with `*` gives a series for each value it matches.
    public var tags: [String: EndpointPattern]

    /// Creates a selection.
    public init(metric: String? = nil, tags: [String: EndpointPattern]) {
      self.metric = metric
      self.tags = tags
    }
  }

  /// One figure, of whatever endpoint or page.
  public struct Figure: Sendable, Hashable {
    /// The metric's name.
    public var metric: String
    /// The statistic.
    public var statistic: Statistic

    /// Creates a figure.
    public init(metric: String, statistic: Statistic) {
      self.metric = metric
      self.statistic = statistic
    }
  }

  /// The series wanted.
  public var selections: Set<Selection>
  /// Percentiles wanted beside the usual ones.
  public var percentiles: Set<Statistic>
  /// The figures that a limit, a relative limit or a rule is about: of a Lighthouse report the scores and items of
  /// audits, and user timings, which it has by the hundred.
  public var figures: Set<Figure> = []

  /// Creates a demand; of nothing unless told.
  public init(selections: Set<Selection> = [], percentiles: Set<Statistic> = []) {
    self.selections = selections
    self.percentiles = percentiles
  }
}
