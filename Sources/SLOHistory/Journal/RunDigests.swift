internal import SLOSupport
internal import SLOModel
internal import SLOStatistics

/// What was recorded of a run, in two digests: `Run.id` says which run it is, these say what is in it.
/// The values have one of their own because pruning takes them and leaves the rest.
struct RunDigests: Hashable {
  /// Of everything but the values: context, source, facts, notices.
  var header: SHA256Digest
  /// Of values, distributions and the tool's thresholds.
  var values: SHA256Digest

  init(header: SHA256Digest, values: SHA256Digest) {
    self.header = header
    self.values = values
  }

  init(of run: Run) {
    header = RunDigests.header(of: run, measured: run.reading.measurements.count)
    values = RunDigests.values(of: run.reading)
  }

  /// The digest of a run's header. What is learned of its commit later (time, first parent) is no part of it:
  /// entries of their own record that.
  /// - Parameter measured: how many values the run has, or had before they were pruned.
  static func header(of run: Run, measured: Int) -> SHA256Digest {
    let reading = run.reading
    var form = ByteForm(name: "slogate.header/v1")
    form.add(run.service, run.profile, run.commit.sha)
    form.add(run.commit.branch)
    form.add(run.environment.name)
    form.add(reading.source.path, reading.source.format, reading.source.sha256)
    form.add(reading.source.part)
    form.add(reading.toolVersion)
    form.add(reading.startedAt.map { Int($0.milliseconds) })
    form.add(reading.duration)
    form.add(reading.failure)
    for words in [
      run.environment.sizing, run.settings, reading.conditions, reading.facts, reading.recordedTags,
    ] {
      form.add(canonicalForm(of: words))
    }
    form.add(canonicalForm(of: reading.remarks))
    form.add(measured)
    return form.digest
  }

  /// The digest of a run's values, in their order.
  static func values(of reading: Reading) -> SHA256Digest {
    var form = ByteForm(name: "slogate.values/v1")
    form.add(reading.measurements.count)
    var last: (endpoint: String, metric: String)?
    for measurement in reading.measurements {
      let series = measurement.series
      // Neighbours are mostly of one endpoint and metric, and hashing is what takes the time.
      let isSame = last.map { $0.endpoint == series.endpoint && $0.metric == series.metric } ?? false
      form.add(isSame ? 1 : 0)
      if !isSame { form.add(series.endpoint, series.metric) }
      last = (series.endpoint, series.metric)
      form.add(series.statistic.rawValue, measurement.unit.rawValue)
      form.add(measurement.better?.rawValue)
      form.add(measurement.value)
      form.add(measurement.samples)
    }
    form.add(reading.distributions.count)
    for distribution in reading.distributions {
      form.add(distribution.endpoint, distribution.metric, distribution.unit.rawValue)
      form.add(distribution.better?.rawValue)
      form.add(distribution.sketch.encoded)
    }
    form.add(reading.thresholds.count)
    for threshold in reading.thresholds {
      form.add(threshold.endpoint, threshold.metric, threshold.expression)
      form.add(threshold.passed.map { $0 ? 1 : 0 })
    }
    return form.digest
  }
}

/// The one sequence of bytes that stands for a sequence of fields: each by its length, or by the mark of an
/// absent one, in front, so that no choice of texts can imitate another.
struct ByteForm {
  private var bytes: [UInt8] = []

  /// Starts with the name of what is described, so that digests of different things never meet.
  init(name: String) {
    bytes.reserveCapacity(4_096)
    add(name)
  }

  /// The digest of the fields.
  var digest: SHA256Digest { bytes.withUnsafeBytes { SHA256Digest(of: $0) } }

  mutating func add(_ texts: String...) { for text in texts { add(text) } }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      add(UInt64(utf8.count))
      bytes.append(contentsOf: utf8)
    }
  }

  mutating func add(_ text: String?) {
    guard let text else { return addAbsence() }
    add(text)
  }

  mutating func add(_ encoded: [UInt8]) {
    add(UInt64(encoded.count))
    bytes += encoded
  }

  mutating func add(_ number: Int?) {
    guard let number else { return addAbsence() }
    add(8 as UInt64)
    add(UInt64(bitPattern: Int64(number)))
  }

  /// SQLite, as everybody else, takes -0 for 0.
  mutating func add(_ number: Double?) {
    guard let number else { return addAbsence() }
    add(8 as UInt64)
    add(number == 0 ? 0 : number.bitPattern)
  }

  private mutating func addAbsence() { add(UInt64.max) }

  private mutating func add(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
