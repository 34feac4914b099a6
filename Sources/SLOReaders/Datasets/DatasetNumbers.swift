internal import SLOModel

/// The figures of a report on a data set, wherever in it each lies and however it is spelled.
struct DatasetNumbers {
  /// One figure, and where the report has it.
  struct Figure {
    var value: Double
    /// The numbers it is; of what is computed, those it is computed from.
    var sources: [Source]
    /// What the report states of a figure that is computed.
    var stated: [Source] = []

    /// How far the exact value may be from it: a ratio or share that is stated is rounded.
    var rounding = 0.0
  }

  /// A number of the report.
  struct Source {
    var path: [String]
    var value: JSONValue
    var number: Double

    /// Its name in the report.
    var name: String {
      let key = path.last { !DatasetSpellings.ofOneType.contains(DatasetLeaf.folded($0)) }
      return UntrustedText.cleaned(key ?? "a number", limit: 60)
    }

    /// Half a unit of the last digit that is written.
    var halfUnit: Double {
      let document = value.document
      let written = document.withBytes(value.offset..<document.end(ofValueAt: value.offset)) {
        WrittenNumber($0)
      }
      return 0.5 * (Double("1e-\(written?.decimals ?? 0)") ?? 0)
    }
  }

  /// The figures found, by metric.
  var figures: [String: Figure] = [:]

  /// Reads the figures of a report.
  /// - Throws: `malformed` for a value that cannot be, and for two values of one figure.
  init(_ leaves: [DatasetLeaf]) throws(InputError) {
    for (metric, names) in DatasetSpellings.single {
      try setSingle(metric, from: leaves.filter { $0.isNamed(names) })
    }
    for (metric, spelling) in DatasetSpellings.parts { try setTotal(metric, of: leaves, spelling) }
    try setScale(leaves)
    try setTailRatio(leaves)
    try setDiurnalRatio(leaves)
    try setPassedTests(leaves)
    try setTypes(leaves)
    try checkShares()
  }

  private mutating func setSingle(_ metric: String, from leaves: [DatasetLeaf]) throws(InputError) {
    guard let first = leaves.first else { return }
    let sources = try leaves.map { leaf throws(InputError) in try DatasetNumbers.source(leaf, metric) }
    if let other = sources.first(where: { $0.number != sources[0].number }) {
      throw other.value.error(
        expected:
          "the value of \(UntrustedText.quoted(first.path.joined(separator: "."), limit: 80)), which is"
          + " \(figure(sources[0].number))",
        remedy: "let the validation write \(metric) once")
    }
    var figure = Figure(value: sources[0].number, sources: sources)
    switch DatasetSpellings.unit(of: metric) {
    case .count: break
    // What is written 0.1 was rounded to 0.10 or finer.
    case .ratio: figure.rounding = min(sources[0].halfUnit, 0.005)
    default: figure.rounding = min(sources[0].halfUnit, 0.05)
    }
    figures[metric] = figure
  }

  /// A number that a report gives in parts (`orphaned_messages`, `orphaned_attachments`), as their total, or both.
  private mutating func setTotal(
    _ metric: String, of leaves: [DatasetLeaf], _ spelling: DatasetSpellings.Parts
  ) throws(InputError) {
    let found = leaves.filter { leaf in leaf.names.contains(where: spelling.includes) }
    guard !found.isEmpty else { return }
    let sources = try found.map { leaf throws(InputError) in try DatasetNumbers.source(leaf, metric) }
    var (total, parts) = (0.0, 0.0)
    for (leaf, source) in zip(found, sources) {
      if leaf.isNamed(spelling.totals) { total = max(total, source.number) } else { parts += source.number }
    }
    figures[metric] = Figure(value: max(total, parts), sources: sources)
  }

  private mutating func setScale(_ leaves: [DatasetLeaf]) throws(InputError) {
    for metric in ["users", "conversations", "messages", "attachments"] {
      try setSingle(
        metric,
        from: leaves.filter {
          $0.path.first == "dataset_summary" && $0.isNamed([metric, "total\(metric)", "\(metric)count"])
        })
    }
  }

  /// The largest 5 % of the rooms are the largest 1 % and others; and each has its part of the messages at least, so that
  /// 1 alone may be 1 % as well as all of them.
  private func checkShares() throws(InputError) {
    guard let top1 = figures["top1_share"] else { return }
    guard let top5 = figures["top5_share"] else {
      guard top1.value == 1 else { return }
      throw top1.sources[0].value.error(
        expected: "a share below 1, or that of the top 5 % as well",
        remedy: "let the validation write a share of 1: 0.01 for 1 %")
    }
    guard top5.value < top1.value else { return }
    throw top5.sources[0].value.error(
      expected: "at least the share of the top 1 %, \(figure(top1.value))",
      remedy: "correct the validation that writes the report")
  }
}

extension DatasetNumbers {
  /// The number of a leaf.
  static func source(_ leaf: DatasetLeaf, _ metric: String) throws(InputError) -> Source {
    let unit = DatasetSpellings.unit(of: metric)
    guard leaf.value.kind == .number else {
      throw leaf.value.error(
        expected: unit == .ratio ? "a share from 0 to 1 as a number" : "a number",
        remedy: unit == .ratio
          ? "let the validation write a share of 1 without quotes: 0.15 for 15 %"
          : "let the validation write the number alone")
    }
    let number = try leaf.value.number() + 0  // no negative zero
    if unit.possibleValues.contains(number), unit != .unitless || number >= 0 {
      guard unit != .count || Int(exactly: number) != nil else {
        throw leaf.value.error(
          expected: "a whole number below 9e18", remedy: "correct the validation that writes the report")
      }
      return Source(path: leaf.path, value: leaf.value, number: number)
    }
    throw leaf.value.error(
      expected: ImpossibleValue.expected(unit),
      remedy: unit == .ratio && number > 1 && number <= 100
        ? "let the validation write a share of 1: \(figure(number / 100)) for \(figure(number)) %"
        : "correct the validation that writes the report")
  }
}
