internal import SLOModel
internal import SLOSupport

/// A reply of the API of Prometheus, or of a system with the same API, to `query` or `query_range`
/// (<https://prometheus.io/docs/prometheus/latest/querying/api/>).
struct PrometheusReply: SnapshotReader {
  static var kind: EvidenceKind { .snapshot }
  static let title = "a reply of Prometheus' API"

  private let root: JSONObject
  private let data: JSONObject

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard root.kind == .object, case let object = try root.object(), let status = object["status"],
      status.kind == .string
    else { return nil }
    let text = try status.string()
    if text == "error", let error = object["error"], object["errorType"]?.kind == .string {
      throw error.error(
        found: "an error of Prometheus' API: \(UntrustedText.cleaned(try error.string(), limit: 300))",
        expected: "the result of a query", remedy: "correct the query, and ask again")
    }
    guard text == "success", let data = object["data"] else { return nil }
    guard data.kind == .object, let type = try data.object()["resultType"], type.kind == .string else {
      return nil
    }
    return .results(PrometheusReply(root: object, data: try data.object()))
  }

  static func readings(
    ofSnapshots snapshots: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var table = MetricTable()
    var files: [MetricFile] = []
    for (reply, file) in snapshots { files.append(try reply.content(of: file.path, &table)) }
    table.close()
    let source = try Reading.Source(of: snapshots.map(\.file), format: "prometheus-json")
    let run = MetricRun(files, table, isTimed: true)
    return [try SnapshotReading.reading(of: run, source: source, profile: profile, options)]
  }

  private func content(of path: String, _ table: inout MetricTable) throws(InputError) -> MetricFile {
    var file = MetricFile(path: path, isTimeline: true)
    guard let type = data["resultType"], let result = data["result"] else {
      throw root.value.error(expected: "\"resultType\" and \"result\" under \"data\"")
    }
    switch try type.string() {
    case "matrix", "vector": break
    default:
      throw type.error(
        expected: "a matrix or a vector",
        remedy: "ask for metrics by their names, such as {__name__=~\"process_.*\"}")
    }
    var nameless = 0
    for series in try result.elements() {
      if try !add(series.object(), to: &file, &table) { nameless += 1 }
    }
    file.warnings += try texts("warnings")
    file.notices += try texts("infos")
    if nameless > 0 {
      let remedy =
        "ask for metrics by their names alone, or name a result: label_replace(…, \"__name__\", \"orders_lag\", \"\", \"\")"
      guard !file.samples.isEmpty || !file.histograms.isEmpty else {
        throw result.error(
          found: "series without a name, as functions and operators of PromQL give them",
          expected: "series with \"__name__\"", remedy: remedy)
      }
      file.notices.append("left out \(nameless) series without a name: \(remedy)")
    }
    return file
  }

  private func texts(_ key: StaticString) throws(InputError) -> [String] {
    try (root[key]?.elements() ?? []).map { value throws(InputError) in
      "Prometheus says: \(UntrustedText.cleaned(try value.string(), limit: 300))"
    }
  }

  /// Takes a series.
  /// - Returns: whether it has a name.
  private func add(
    _ series: JSONObject, to file: inout MetricFile, _ table: inout MetricTable
  ) throws(InputError) -> Bool {
    var name: String?
    var labels: [LabelSet.Label] = []
    for member in try series.object("metric")?.members ?? [] {
      let value = try member.value.string()
      if member.key == "__name__" {
        name = value
      } else {
        labels.append(.init(name: member.key, value: value))
      }
    }
    guard let name, !name.isEmpty else { return false }
    let known = table.series(name, LabelSet(labels))
    for point in try series["values"]?.elements() ?? [series["value"]].compactMap(\.self) {
      let (time, value) = try pair(point)
      guard let number = ExposedNumber.value(of: try value.string()) else {
        throw value.error(expected: "a number in a string, \"NaN\", \"+Inf\" or \"-Inf\"")
      }
      if number.isFinite { file.samples.append(.init(series: known, time: time, value: number)) }
      file.numberless.note(number, of: known)
    }
    for point in try series["histograms"]?.elements() ?? [series["histogram"]].compactMap(\.self) {
      let (time, value) = try pair(point)
      table.types[name] = .histogram
      file.histograms.append((known, time, try NativeHistogram(value)))
    }
    return true
  }

  private func pair(_ point: JSONValue) throws(InputError) -> (Double, JSONValue) {
    let pair = try point.elements()
    guard pair.count == 2 else { throw point.error(expected: "a time and a value") }
    let time = try pair[0].number()
    guard ExposedNumber.isPossible(time: time) else {
      throw pair[0].error(expected: "seconds since 1970, in the years 2000 to 2100")
    }
    return (time, pair[1])
  }
}

extension NativeHistogram {
  /// Reads a histogram of a reply: `{"count":"3","sum":"1.5","buckets":[[0,"0.5","1","3"]]}`.
  init(_ value: JSONValue) throws(InputError) {
    let object = try value.object()
    func number(_ value: JSONValue?) throws(InputError) -> Double {
      guard let value, let number = ExposedNumber.value(of: try value.string()) else {
        throw (value ?? object.value).error(expected: "a number in a string")
      }
      return number
    }
    count = try number(object["count"])
    sum = try object["sum"].map { value throws(InputError) in try number(value) } ?? .nan
    buckets = []
    for bucket in try object["buckets"]?.elements() ?? [] {
      let parts = try bucket.elements()
      guard parts.count == 4 else { throw bucket.error(expected: "a rule, two bounds and a count") }
      let (lower, upper, count) = (try number(parts[1]), try number(parts[2]), try number(parts[3]))
      guard lower <= upper, count >= 0, count.isFinite, lower >= buckets.last?.upper ?? -.infinity else {
        throw bucket.error(expected: "a bucket above the one before, with a count from 0 up")
      }
      buckets.append(Bucket(lower: lower, upper: upper, count: count))
    }
    guard count >= 0, count.isFinite else { throw value.error(expected: "a count from 0 up") }
  }
}
