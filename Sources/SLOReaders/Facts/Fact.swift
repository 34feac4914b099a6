internal import SLOModel
internal import SLOSupport

/// One figure as a file states it, whatever the format of the file.
struct Fact {
  /// What can be said of a fact: keys in JSON, columns in CSV.
  enum Field: String, CaseIterable {
    case name, subject, value, unit, better, samples
  }

  /// The texts and numbers of a file, before anything is known of their meaning.
  struct Statement {
    var name: String
    var subject: String?
    var value: Double?
    var unit: String?
    var better: String?
    /// How many observations the value rests on.
    var samples: Double?
    /// The observations themselves; empty where there are none.
    var observations: [Double] = []
  }

  /// What is wrong with a fact. Its place is known to the reader of the format.
  struct Fault: Error {
    var field: Field
    var found: String
    var expected: String
    var remedy: String
  }

  /// The metric, with normalised tags.
  let metric: String
  /// The statistic that the name ends in; nil where it names a metric alone.
  let statistic: Statistic?
  /// What it is of; `Series.wholeRun` where the file does not say.
  let subject: String
  /// As it is written, in `unit`; nil where the file has no value.
  let value: Double?
  /// The unit the file states.
  let unit: SourceUnit?
  /// The direction the file states.
  let better: Direction?
  /// How many observations the value rests on, where the file says it.
  let samples: Int?
  /// The observations themselves, in `unit`; empty where the file has none.
  let observations: [Double]

  /// Takes what a file says.
  /// - Throws: a name, unit, direction or number of samples that is none.
  init(_ said: Statement) throws(Fault) {
    let name = try Fact.plain(said.name, .name)
    guard !name.isEmpty else {
      throw Fault(
        field: .name, found: "an empty name", expected: "a name such as cdn_hit_rate",
        remedy: "name every fact")
    }
    let figure = MetricFigure(spelled: name)
    metric = MetricName(parsing: figure?.metric ?? name).description
    statistic = figure?.statistic
    let subject = try said.subject.map { text throws(Fault) in try Fact.plain(text, .subject) } ?? ""
    self.subject = subject.isEmpty ? Series.wholeRun : subject
    unit = try said.unit.map { text throws(Fault) in try Fact.unit(text) }
    better = try said.better.map { text throws(Fault) in try Fact.better(text) }
    samples = try said.samples.map { number throws(Fault) in try Fact.samples(number) }
    (value, observations) = (said.value, said.observations)
    if let statistic, !observations.isEmpty {
      throw Fault(
        field: .samples, found: "a list of observations of one statistic, \(statistic)",
        expected: "their number, or the metric without a statistic",
        remedy: "leave \(statistic) out of the name: all statistics are computed from the list")
    }
  }

  private static func unit(_ text: String) throws(Fault) -> SourceUnit {
    if let unit = SourceUnit(named: text) { return unit }
    let near = SourceUnit.all.first { $0.name.lowercased() == text.lowercased() }?.name
    throw Fault(
      field: .unit, found: "the unit \(UntrustedText.quoted(text))",
      expected: "one of " + SourceUnit.all.map(\.name).joined(separator: ", "),
      remedy: near.map { "write \($0)" } ?? "convert the value to one of them, or leave the unit out")
  }

  private static func better(_ text: String) throws(Fault) -> Direction {
    if let better = Direction(rawValue: text) { return better }
    throw Fault(
      field: .better, found: UntrustedText.quoted(text), expected: "lower or higher",
      remedy: "say which way the figure is better, or leave it out")
  }

  private static func samples(_ number: Double) throws(Fault) -> Int {
    if number >= 0, let samples = Int(exactly: number) { return samples }
    throw Fault(
      field: .samples, found: shortest(number), expected: "a whole number from 0 up",
      remedy: "write how many observations the value rests on, or leave it out")
  }

  /// The longest name of a metric or subject, in Unicode scalars.
  private static let longest = 200

  /// A name as the history keeps it: in composed form, and without what gives access in an address.
  private static func plain(_ text: String, _ field: Field) throws(Fault) -> String {
    let isShort = text.unicodeScalars.prefix(longest + 1).count <= longest
    let hasControls = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard isShort, !hasControls else {
      throw Fault(
        field: field, found: "the \(field) \(UntrustedText.quoted(text))",
        expected: "at most \(longest) characters, none of them a control character",
        remedy: "shorten it to a name")
    }
    return AddressText.cleaned(ComposedText.composed(text))
  }
}
