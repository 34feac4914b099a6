/// What one result holds, before anyone says which commit and environment it belongs to: the readers' product.
///
/// A file may hold several (a list of reports); each then has its own `source.part`.
///
/// ```swift
/// for reading in try Readers.read(paths: ["results"], as: .any(load: "baseline")).readings {
///   for measurement in reading.measurements { print(measurement.series.metric, measurement.value, measurement.unit) }
/// }
/// ```
public struct Reading: Sendable, Hashable {
  /// Where a reading comes from.
  public struct Source: Sendable, Hashable {
    /// The path as given, `-` for standard input; of a run of several files a pattern that a shell expands to them:
    /// `pod-{1,2}.json`.
    public var path: String
    /// The recognised format, as the reader names it.
    public var format: String
    /// SHA-256 of the file's bytes as they lie on disk, in lower-case hexadecimal. Of raw samples that of
    /// what their lines say: every metric, tag, value and time, however the file is packed; of several files of one
    /// run that of these digests, whatever their order.
    public var sha256: String
    /// Position within a file that holds several results, from 0.
    public var part: Int

    /// Creates a source.
    public init(path: String, format: String, sha256: String, part: Int = 0) {
      self.path = path
      self.format = format
      self.sha256 = sha256
      self.part = part
    }
  }

  /// One threshold of the tool's own, with its outcome.
  public struct Threshold: Sendable, Hashable {
    /// The endpoint its metric belongs to.
    public var endpoint: String
    /// The metric it is set on, named as in `Series.metric`.
    public var metric: String
    /// The expression as the script wrote it: `p(95)<500`.
    public var expression: String
    /// Whether it held; nil where it is not known.
    public var passed: Bool?
    /// Whether its metric was measured at all. Tools hold a threshold on a figure without a sample against 0, or
    /// calls it passed.
    public var isMeasured: Bool
    /// The value of the figure it speaks of, in the canonical unit of the metric; nil where it was not measured,
    /// or the result does not have this figure.
    public var observed: Double?

    /// Creates a threshold.
    public init(
      endpoint: String, metric: String, expression: String, passed: Bool?, isMeasured: Bool = true,
      observed: Double? = nil
    ) {
      self.endpoint = endpoint
      self.metric = metric
      self.expression = expression
      self.passed = passed
      self.isMeasured = isMeasured
      self.observed = observed
    }

    /// The figure it speaks of; nil for an expression of another form.
    public var statistic: Statistic? { ThresholdExpression(expression)?.statistic }
  }

  /// The profile the values belong to.
  public var profile: String
  /// The file the reading comes from.
  public var source: Source
  /// The tool's version where the file gives it.
  public var toolVersion: String?
  /// When the measured run started, where the file says so.
  public var startedAt: Timestamp?
  /// Length of the measured run in seconds, where the file says so.
  public var duration: Double?
  /// Measuring conditions that change what a value means and so belong to the comparison key
  /// (form factor, throttling, the tool's major version).
  public var conditions: [String: String] = [:]
  /// What it says of the environment of every run of its check, such as the settings of a database: part of the sizing,
  /// as if it had been named.
  public var sizing: [String: String] = [:]
  /// The fact that says how percentiles were computed, and what it says of those that a histogram gave. Without it
  /// they are those of samples.
  package static let percentilesFact = "percentiles"
  package static let estimatedPercentiles = "histogram"

  /// Facts of the host recorded with the values, never part of the key (`benchmarkIndex`).
  public var facts: [String: String] = [:]
  /// The one subject it is of, such as a page; nil where it has several, or is of a run as a whole. The history keeps it
  /// among the facts, as `page`.
  public var subject: String? {
    get { facts[Reading.subjectFact] }
    set { facts[Reading.subjectFact] = newValue }
  }
  /// The facts of the host alone.
  package var hostFacts: [String: String] { facts.filter { $0.key != Reading.subjectFact } }
  private static let subjectFact = "page"
  /// Why the run gave no values (a runtime error, no request at all); nil for a good run.
  public var failure: String?
  /// The values.
  public var measurements: [MetricValue] = []
  /// The distributions behind the percentiles, where the input gave every sample.
  public var distributions: [Distribution] = []
  /// The tag that named each endpoint, by endpoint: `search` → `endpoint`.
  public var endpointTags: [String: String] = [:]
  /// The address behind the name of each endpoint or page that an address named.
  package var addresses: [String: EndpointAddress] = [:]
  /// The tool's own thresholds.
  public var thresholds: [Threshold] = []
  /// What a person should know about this file that is no error.
  public var notices: [String] = []
  /// What makes the values doubtful without spoiling them: a warning of the verdict, exit code 4 under `--strict`.
  public var warnings: [String] = []

  /// What is behind a value, a text each, such as the tests that failed: shown, never judged and never recorded.
  public var details: [Series: [String]] = [:]

  /// Everything said of the file, warnings first: what the history keeps as its notices.
  public var remarks: [String] { warnings + notices }

  /// Creates an empty reading.
  public init(profile: String, source: Source) {
    self.profile = profile
    self.source = source
  }

  /// Gives every threshold what its figure was measured at.
  public mutating func observeThresholds() {
    guard !thresholds.isEmpty else { return }
    var measured: [String: [String: [Statistic: Double]]] = [:]
    for measurement in measurements {
      let series = measurement.series
      measured[series.endpoint, default: [:]][series.metric, default: [:]][series.statistic] =
        measurement.value
    }
    for index in thresholds.indices {
      let figures = measured[thresholds[index].endpoint]?[thresholds[index].metric]
      thresholds[index].isMeasured = figures != nil
      thresholds[index].observed = thresholds[index].statistic.flatMap { figures?[$0] }
    }
  }
}
