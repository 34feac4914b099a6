/// What a source says a metric is: the types of the text formats, by their words.
enum ExposedType: String, Sendable, CaseIterable {
  case counter, gauge, histogram, summary, untyped, unknown, info, stateset, gaugehistogram
}

/// The metrics and series of a run, each with a number: snapshots have the same ones again and again.
struct MetricTable {
  /// The names of samples, such as `http_requests_total`.
  private(set) var names: [String] = []
  /// Of each series the number of its name.
  private(set) var nameOfSeries: [Int32] = []
  /// Of each series its labels as `LabelSet.text` writes them.
  private(set) var labelsOfSeries: [String] = []
  /// What each metric is said to be, by its name in the source.
  var types: [String: ExposedType] = [:]
  private var nameNumbers: [String: Int32] = [:]
  /// The number of each series by every spelling of it that was met, the sorted one among them.
  private var numbers: [String: Int32] = [:]

  /// How many series there are.
  var count: Int { nameOfSeries.count }

  /// The series of a spelling that was met before.
  func series(spelled text: String) -> Int32? { numbers[text] }

  /// The series of a name and labels.
  /// - Parameter spelling: how a source writes it.
  mutating func series(_ name: String, _ labels: LabelSet, spelled spelling: String? = nil) -> Int32 {
    let text = labels.text
    let key =
      LabelSet.isPlain(name, isMetric: true) ? "\(name){\(text)}" : "{\(LabelSet.quoted(name)),\(text)}"
    let number = numbers[key] ?? add(name, text, key)
    if let spelling { numbers[spelling] = number }
    return number
  }

  private mutating func add(_ name: String, _ labels: String, _ key: String) -> Int32 {
    let number = Int32(clamping: nameOfSeries.count)
    nameOfSeries.append(nameNumber(name))
    labelsOfSeries.append(labels)
    numbers[key] = number
    return number
  }

  private mutating func nameNumber(_ name: String) -> Int32 {
    if let number = nameNumbers[name] { return number }
    let number = Int32(clamping: names.count)
    names.append(name)
    nameNumbers[name] = number
    return number
  }

  /// Forgets how series are spelled, once all are read.
  mutating func close() { numbers = [:] }
}

/// What one file says, sample by sample.
struct MetricFile {
  /// A value of a series.
  struct Sample {
    var series: Int32
    /// When it was so, in seconds since 1970; NaN where the file does not say.
    var time: Double
    var value: Double
  }

  var path: String
  var samples: [Sample] = []
  /// Histograms whose buckets come with the sample.
  var histograms: [(series: Int32, time: Double, histogram: NativeHistogram)] = []
  /// Series with values that are no numbers, which are not among the samples.
  var numberless = NumberlessSeries()
  /// Whether it holds series at several times.
  var isTimeline = false
  /// What the source remarks.
  var warnings: [String] = []
  var notices: [String] = []
}
