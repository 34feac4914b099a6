internal import SLOModel
internal import SLOSupport

/// The bundles of one build as a reading: figures of each, and of all together.
struct SizeRun {
  var bundles: [Bundle] = []
  /// Whether each bundle is one file, so that their number is that of the files.
  var areFiles = true
  /// The version of the tool.
  var version: String?
  /// What a person should know.
  var notices: [String] = []
  /// What makes sizes doubtful.
  var warnings: [String] = []
  /// Why the build or its measurement failed; nil for a whole one.
  var failure: String?

  func reading(from source: Reading.Source, profile: String?) -> Reading {
    var reading = Reading(profile: profile ?? EvidenceKind.size.profiles.usual[0], source: source)
    let (files, beside) = withoutCompanions()
    let named = Dictionary(grouping: files) { StableName.of($0.name) }.sorted { $0.key < $1.key }
    for (endpoint, bundles) in named {
      let figures = bundles.reduce(into: [:]) { sums, bundle in
        sums.merge(bundle.figures, uniquingKeysWith: +)
      }
      for (metric, value) in figures.sorted(by: { $0.key < $1.key }) {
        reading.add(value, metric, of: endpoint, in: .size)
      }
      reading.thresholds += bundles.compactMap { $0.threshold(of: endpoint) }
    }
    reading.addTotals(files: areFiles ? files.count : nil)
    reading.toolVersion = version.map { UntrustedText.cleaned($0) }
    reading.warnings =
      SizeRun.few(warnings) + SizeRun.few(files.compactMap(\.contradiction)) + SizeRun.few(repeated)
    reading.notices = SizeRun.few(notices) + beside + partialTotals(of: files)
    reading.failure = failure ?? (files.isEmpty ? "the report names no bundle" : nil)
    return reading
  }

  /// The files without those that lie beside another because of it; the size of a compressed copy is one of the file's
  /// own where nothing else gives it.
  private func withoutCompanions() -> (files: [Bundle], notices: [String]) {
    guard areFiles else { return (bundles, []) }
    let names = Set(bundles.map(\.name))
    var (files, copies, leftOut): ([Bundle], [String: [String: Double]], [Bundle.Companion: [Bundle]]) = (
      [], [:], [:]
    )
    for bundle in bundles {
      guard let companion = bundle.companion(among: names) else {
        files.append(bundle)
        continue
      }
      leftOut[companion.kind, default: []].append(bundle)
      if let metric = companion.kind.metric {
        copies[companion.of, default: [:]][metric] = bundle.figures["raw"]
      }
    }
    for index in files.indices {
      files[index].figures.merge(copies[files[index].name] ?? [:]) { own, _ in own }
    }
    let notices = Bundle.Companion.allCases.compactMap { kind in
      leftOut[kind].map {
        counted($0.count, "file") + " *\(kind.rawValue) beside the files they belong to not counted"
      }
    }
    return (files, notices)
  }

  /// Totals that some bundles have no part in: a total must not shrink unnoticed.
  private func partialTotals(of files: [Bundle]) -> [String] {
    EvidenceKind.sizeMetrics.compactMap { metric in
      let count = files.count { $0.figures[metric] != nil }
      return count == 0 || count == files.count
        ? nil : "the total of \(metric) is of \(count) of \(files.count) bundles: the others have none"
    }
  }

  /// Names that several entries have: their sizes are added up, whether they are parts of one bundle or one twice.
  private var repeated: [String] {
    Dictionary(grouping: bundles, by: \.name).filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map {
      "\(UntrustedText.quoted($0.key)) is there \($0.value.count) times: its sizes are added up"
    }
  }

  /// The first of many remarks, and how many more there are.
  private static func few(_ remarks: [String]) -> [String] {
    remarks.count > 5 ? remarks.prefix(5) + ["… and \(remarks.count - 5) more of this kind"] : remarks
  }

  /// The results of one profile are parts of one build: all bundles of them, and their total.
  static func joined(_ readings: [Reading]) -> [Reading] {
    guard readings.count > 1 else { return readings }
    let files = readings.compactMap { $0.measurements.first { $0.series.metric == "files" }?.value }
    let parts = readings.map { part in
      var part = part
      part.measurements.removeAll { $0.series.endpoint == Series.wholeRun }
      return part
    }
    return Reading.joined(parts).map { whole in
      var whole = whole
      whole.addTotals(files: files.isEmpty ? nil : Int(saturating: files.reduce(0, +)))
      return whole
    }
  }
}

extension Reading {
  /// Adds the sum of each size over the bundles that have it.
  fileprivate mutating func addTotals(files: Int?) {
    for metric in EvidenceKind.sizeMetrics {
      let sizes = measurements.filter { $0.series.metric == metric }.map(\.value)
      if !sizes.isEmpty { add(sizes.reduce(0, +), metric, of: Series.wholeRun, in: .size) }
    }
    if let files { add(Double(files), "files", of: Series.wholeRun, in: .size) }
  }
}
