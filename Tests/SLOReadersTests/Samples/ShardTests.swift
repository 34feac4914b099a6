import Foundation
import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Shards of a distributed run")
struct ShardTests {
  // MARK: Random runs

  /// One sample, as both formats can write it.
  struct Sample {
    var metric: String
    /// Nanoseconds behind the beginning of the run.
    var time: Int64
    var value: Double
    var tags: [String: String]

    private static let begin: Int64 = 1_795_216_632_000_000_000

    var json: String {
      let (milliseconds, rest) = (Sample.begin + time).quotientAndRemainder(dividingBy: 1_000_000)
      let whole = Timestamp(milliseconds: milliseconds).description.dropLast()
      let digits = String(1_000_000 + rest).dropFirst()
      let pairs = tags.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(
        separator: ",")
      return
        #"{"metric":"\#(metric)","type":"Point","data":{"time":"\#(whole)\#(digits)Z","value":\#(value),"tags":{\#(pairs)}}}"#
        + "\n"
    }

    var csv: String {
      let columns = ["expected_response", "scenario"].map { tags[$0] ?? "" }.joined(separator: ",")
      let extra = tags.filter { ["endpoint", "kind"].contains($0.key) }.sorted { $0.key < $1.key }
      let value = String(format: "%f", value)
      return "\(metric),\(Sample.begin + time),\(value),\(columns),"
        + extra.map { "\($0.key)=\($0.value)" }.joined(separator: "&") + "\n"
    }
  }

  private static let csvHeader = "metric_name,timestamp,metric_value,expected_response,scenario,extra_tags\n"
  private static let declarations =
    #"{"type":"Metric","data":{"name":"paid","type":"rate","contains":"default","thresholds":["rate>0.5"],"submetrics":null},"metric":"paid"}"#
    + "\n"
    + #"{"type":"Metric","data":{"name":"wait","type":"trend","contains":"time","thresholds":["p(95)<60"],"submetrics":[{"name":"wait{kind:a}","suffix":"","tags":{"kind":"a"}}]},"metric":"wait"}"#
    + "\n"

  /// A run of one instance: requests, checks, custom metrics, and the gauges once a second.
  private static func run(_ random: inout SeededGenerator) -> [Sample] {
    var samples: [Sample] = []
    for _ in 0..<Int.random(in: 120...400, using: &random) {
      let time = Int64.random(in: 0..<20_000_000_000, using: &random)
      let failed = Int.random(in: 0..<9, using: &random) == 0
      let tags = [
        "endpoint": ["a", "b", "c"].randomElement(using: &random) ?? "a",
        "scenario": ["calm", "peak"].randomElement(using: &random) ?? "calm",
        "expected_response": failed ? "false" : "true",
        "kind": ["a", "b"].randomElement(using: &random) ?? "a",
      ]
      let duration = (Double.random(in: 1...90, using: &random) * 1e6).rounded() / 1e6
      let values: [(String, Double)] = [
        ("http_reqs", 1), ("http_req_duration", duration), ("http_req_failed", failed ? 1 : 0),
        ("checks", failed ? 0 : 1), ("wait", (duration * 3e5).rounded() / 1e6), ("paid", failed ? 0 : 1),
        ("data_sent", Double(Int.random(in: 1...900, using: &random))),
        ("queue_depth", Double(samples.count % 7)),
        ("dropped_iterations", failed ? 1 : 0),
      ]
      samples += values.map { Sample(metric: $0.0, time: time, value: $0.1, tags: tags) }
    }
    samples += (0...20).flatMap { second in
      ["vus", "vus_max"].map {
        Sample(metric: $0, time: Int64(second) * 1_000_000_000, value: Double(second % 5 + 3), tags: [:])
      }
    }
    // Each metric at its own nanosecond: which of several gauges came last is decided by time alone.
    return samples.enumerated().map {
      var sample = $0.element
      sample.time += Int64($0.offset)
      return sample
    }.sorted { $0.time < $1.time }
  }

  private static let kinds: [String: SampledMetricType] = [
    "queue_depth": .gauge, "paid": .rate, "wait": .trend,
  ]

  private func write(_ samples: [Sample], to path: String, isCSV: Bool, isGzip: Bool) throws {
    let text =
      isCSV
      ? Self.csvHeader + samples.map(\.csv).joined() : Self.declarations + samples.map(\.json).joined()
    let bytes = isGzip ? Fixtures.gzipped(Array(text.utf8)) : Array(text.utf8)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private func only(_ result: ReadResult) throws -> Reading {
    #expect(result.errors.map(\.description) == [])
    #expect(result.usable.count == 1)
    return try #require(result.usable.first)
  }

  @Test(
    "Every statistic is that of the unsharded run, however its samples are split and written",
    arguments: 1...12)
  func pooled(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let samples = Self.run(&random)
    let count = Int.random(in: 2...6, using: &random)
    var options = ReadOptions(
      splitTag: Bool.random(using: &random) ? "scenario" : nil,
      discard: Bool.random(using: &random) ? 4 : 0, metricKinds: Self.kinds)
    options.demand = { SampleDemand(percentiles: [Statistic(rawValue: "p97.5")]) }
    try Fixtures.withFolder { folder in
      try write(samples, to: folder + "/all.json", isCSV: false, isGzip: false)
      let whole = try only(
        Readers.read(paths: [folder + "/all.json"], as: .profile("baseline"), options: options))
      var parts = Array(repeating: [Sample](), count: count)
      for sample in samples { parts[Int.random(in: 0..<count, using: &random)].append(sample) }
      let paths = try parts.enumerated().map { number, part in
        // The first declares what CSV does not.
        let isCSV = number > 0 && Bool.random(using: &random)
        let path = folder + "/part-\(number).\(isCSV ? "csv" : "json")"
        try write(part, to: path, isCSV: isCSV, isGzip: Bool.random(using: &random))
        return path
      }
      let pooled = try only(
        Readers.read(
          paths: [], shards: [paths.shuffled(using: &random)], as: .profile("baseline"), options: options))
      expectSame(pooled, whole)
      let again = try only(
        Readers.read(
          paths: [], shards: [paths.shuffled(using: &random)], as: .profile("baseline"), options: options))
      #expect(again.source == pooled.source && again.measurements == pooled.measurements)
      #expect(pooled.source.sha256 != whole.source.sha256 && pooled.facts["shards"] == String(count))
    }
  }

  private func expectSame(_ pooled: Reading, _ whole: Reading) {
    #expect(pooled.warnings == [] && pooled.failure == nil)
    #expect(pooled.startedAt == whole.startedAt && pooled.duration == whole.duration)
    #expect(pooled.endpointTags == whole.endpointTags)
    #expect(pooled.thresholds.map(\.expression) == whole.thresholds.map(\.expression))
    #expect(pooled.thresholds.map(\.passed) == whole.thresholds.map(\.passed))
    #expect(pooled.distributions == whole.distributions)
    let values = Dictionary(uniqueKeysWithValues: pooled.measurements.map { ($0.series, $0) })
    #expect(Set(values.keys) == Set(whole.measurements.map(\.series)))
    for expected in whole.measurements {
      guard let found = values[expected.series] else { continue }
      #expect(abs(found.value - expected.value) <= 1e-9 * max(1, abs(expected.value)), "\(expected.series)")
      #expect(found.samples == expected.samples && found.unit == expected.unit)
    }
  }

  // MARK: Small runs

  private func point(_ metric: String, _ value: Double, at second: Double, _ tags: [String: String] = [:])
    -> String
  {
    Sample(metric: metric, time: Int64(second * 1e9), value: value, tags: tags).json
  }

  private func requests(
    _ seconds: StrideThrough<Double>, _ tags: [String: String] = ["endpoint": "a"], duration: Double = 5
  ) -> String {
    seconds.map { second in
      point("http_reqs", 1, at: second, tags)
        + point("http_req_duration", duration + second / 100, at: second, tags)
        + point("http_req_failed", 0, at: second, tags)
    }.joined()
  }

  private func read(
    _ texts: [String], names: [String]? = nil, _ options: ReadOptions = ReadOptions(), runs: [[Int]]? = nil
  ) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      let paths = try texts.enumerated().map { number, text in
        let path = folder + "/" + (names?[number] ?? "pod-\(number).json")
        try Fixtures.write(text, to: path)
        return path
      }
      let runs = runs ?? [Array(paths.indices)]
      return Readers.read(
        paths: [], shards: runs.map { $0.map { paths[$0] } }, as: .profile("baseline"), options: options)
    }
  }

  private func complaint(_ result: ReadResult) -> String {
    #expect(result.usable.isEmpty)
    return result.errors.map(\.description).joined(separator: "\n")
  }

  @Test("Virtual users are the sum over the instances at a time, and each second of an instance counts once")
  func users() throws {
    let texts = [(0, 4.0), (1, 6), (2, 8)].map { shift, most in
      requests(stride(from: 0, through: 9, by: 1), duration: Double(shift))
        + (0..<10).map { second in
          let time = Double(second) + Double(shift) * 0.3
          return point("vus", min(most, Double(second + 1)), at: time) + point("vus_max", most, at: time)
        }.joined()
    }
    let reading = try only(read(texts))
    #expect(reading.value("vus_max", .value) == 18 && reading.value("vus_max", .maximum) == 18)
    #expect(reading.value("vus", .maximum) == 18 && reading.value("vus", .minimum) == 3)
    // A gauge of the script's own has no parts.
    #expect(reading.value("http_reqs", .count) == 30)
  }

  @Test("Where an instance ended early, the last sum is that of the time when all were there")
  func usersOfSome() throws {
    let texts = [4, 9].map { last in
      requests(stride(from: 0, through: Double(last), by: 1), duration: Double(last))
        + (0...last).map { point("vus", Double(last + $0), at: Double($0)) }.joined()
    }
    let reading = try only(read(texts))
    #expect(reading.value("vus", .maximum) == 21 && reading.value("vus", .value) == 21)
    #expect(reading.value("vus", .minimum) == 13)
  }

  @Test("The warm-up is counted from the first sample of all files")
  func discard() throws {
    let texts = [
      requests(stride(from: 0, through: 9, by: 1)),
      requests(stride(from: 2, through: 9.5, by: 1.5), duration: 7),
    ]
    let reading = try only(read(texts, ReadOptions(discard: 5)))
    #expect(reading.value("http_reqs", .count) == 9)
    #expect(reading.startedAt == Timestamp(milliseconds: 1_795_216_637_000) && reading.duration == 4.5)
  }

  @Test("The same file twice is refused, by its path and by what it holds")
  func twice() throws {
    let text = requests(stride(from: 0, through: 9, by: 1))
    let byPath = try read([text, text + point("vus", 1, at: 3)], runs: [[0, 1, 0]])
    #expect(complaint(byPath).contains("the same file twice"))
    let byContent = try read([text, text.replacing("{\"metric\"", with: "{ \"metric\"")])
    #expect(complaint(byContent).contains("the same samples as in"))
    let ofTwoRuns = try read(
      [text, requests(stride(from: 0, through: 9, by: 2)), requests(stride(from: 0, through: 9, by: 3))],
      runs: [[0, 1], [0, 2]])
    #expect(ofTwoRuns.usable.count == 1 && ofTwoRuns.errors.count == 1)
  }

  @Test("Files that were measured one after the other are repetitions, and refused with the way to give them")
  func repetitions() throws {
    let result = try read([
      requests(stride(from: 0, through: 9, by: 1)), requests(stride(from: 12, through: 20, by: 1)),
    ])
    #expect(complaint(result).contains("measured at the same time"))
    #expect(complaint(result).contains("--baseline-shards FILE… once for each run"))
    #expect(result.errors.map(\.kind) == [.malformed])
  }

  @Test("Files with little time in common are a warning")
  func lateInstance() throws {
    let reading = try only(
      read([requests(stride(from: 0, through: 9, by: 1)), requests(stride(from: 8, through: 16, by: 1))]))
    #expect(reading.warnings.count == 1 && reading.warnings[0].contains("ran together for 1.0 s of 16.0 s"))
  }

  @Test("Files of several scripts are a warning that names what differs")
  func scripts() throws {
    let reading = try only(
      read([
        requests(stride(from: 0, through: 9, by: 0.5), ["endpoint": "a", "scenario": "browse"])
          + (0..<20).map { point("payment_time", 3, at: Double($0) / 3) }.joined(),
        requests(stride(from: 0, through: 9, by: 0.3), ["endpoint": "a", "scenario": "pay"]),
      ]))
    let warning = try #require(reading.warnings.first)
    #expect(warning.contains("scenario browse is not in") && warning.contains("scenario pay is not in"))
    #expect(warning.contains("metric payment_time is not in"))
  }

  @Test("A rare metric may be missing in a file")
  func rareMetric() throws {
    let reading = try only(
      read([
        requests(stride(from: 0, through: 9, by: 0.5)) + point("errors", 1, at: 3),
        requests(stride(from: 0, through: 9, by: 0.3)),
      ]))
    #expect(reading.warnings == [])
  }

  @Test("A file that was cut short spoils the run, and so does an instance without a sample")
  func cut() throws {
    let texts = [
      requests(stride(from: 0, through: 9, by: 1)), requests(stride(from: 0, through: 9, by: 0.5)),
    ]
    let cut = try only(read([texts[0], String(texts[1].dropLast(40))]))
    #expect(cut.failure?.contains("pod-1.json: the file ends in the middle of a line") == true)
    #expect(cut.value("http_reqs", .count) == 29)
    let silent = try only(read([texts[0], Self.csvHeader], names: ["a.json", "b.csv"]))
    #expect(silent.failure?.contains("b.csv: no sample") == true)
  }

  @Test("Summaries are refused in one message with the reason and the way out")
  func summaries() throws {
    let summary = #"{"metrics":{"http_req_duration":{"avg":1,"p(95)":2}},"root_group":{}}"#
    let result = try read([requests(stride(from: 0, through: 9, by: 1)), summary, summary + " "])
    #expect(result.errors.count == 1)
    let text = complaint(result)
    #expect(text.contains("pod-1.json: found a k6 summary (and 1 more among these shards)"))
    #expect(text.contains("cannot be combined") && text.contains("--out json=FILE"))
  }

  @Test("A damaged line is an error with its file, whatever file it is in; all are reported")
  func damaged() throws {
    let text = requests(stride(from: 0, through: 9, by: 1))
    let broken = text.replacing("\"value\":1.0", with: "\"value\":one")
    let result = try read([broken, text, broken + "\n"])
    #expect(result.errors.count == 2 && complaint(result).contains("pod-2.json:1:"))
  }

  @Test("A metric of two kinds is no metric of one run")
  func kinds() throws {
    let declaration =
      #"{"type":"Metric","data":{"name":"paid","type":"rate","contains":"default","thresholds":[],"submetrics":null},"metric":"paid"}"#
      + "\n"
    let text = requests(stride(from: 0, through: 9, by: 1))
    let result = try read([
      declaration + text,
      declaration.replacing("\"rate\"", with: "\"counter\"") + text + point("vus", 1, at: 2),
    ])
    #expect(complaint(result).contains("\"paid\" as a counter, and as a rate in"))
  }

  @Test("What NDJSON declares late, beyond its first block, holds for the samples of CSV as well")
  func lateDeclaration() throws {
    let late =
      Self.declarations + (0..<30).map { point("wait", Double($0), at: 9, ["kind": "a"]) }.joined()
    let long = ["endpoint": String(repeating: "a", count: 4_000)]
    let json = requests(stride(from: 0, through: 9, by: 0.02), long) + late
    #expect(json.utf8.count > BlockSource.blockSize)
    let csv =
      Self.csvHeader
      + (0..<30).map {
        Sample(metric: "wait", time: Int64($0) * 300_000_000, value: 99, tags: ["kind": "a"]).csv
      }
      .joined()
    for (texts, names) in [([json, csv], ["a.json", "b.csv"]), ([csv, json], ["a.csv", "b.json"])] {
      let reading = try only(read(texts, names: names))
      #expect(reading.value("wait{kind:a}", .count) == 60 && reading.value("wait{kind:a}", .maximum) == 99)
    }
  }

  @Test("One file is a run of one file, with the identity it has by itself")
  func one() throws {
    try Fixtures.withFolder { folder in
      let path = folder + "/a.json"
      try Fixtures.write(requests(stride(from: 0, through: 9, by: 1)), to: path)
      let alone = try only(Readers.read(paths: [path], as: .profile("baseline")))
      #expect(try only(Readers.read(paths: [], shards: [[path]], as: .profile("baseline"))) == alone)
      let both = Readers.read(paths: [path], shards: [[path]], as: .profile("baseline"))
      #expect(both.usable.count == 1 && both.notices.count == 1)
    }
  }

  @Test("Beyond the number of endpoints that is distinguished, the same ones are kept")
  func manyEndpoints() throws {
    let all = (0..<3_000).map { number in
      (0...(number % 3)).map { time in
        point("http_req_duration", Double(number), at: Double(time), ["endpoint": "e\(number)"])
      }
    }
    try Fixtures.withFolder { folder in
      try Fixtures.write(all.joined().joined(), to: folder + "/all.json")
      let whole = try only(Readers.read(paths: [folder + "/all.json"], as: .profile("baseline")))
      let paths = try (0..<3).map { part in
        let path = folder + "/\(part).json"
        let own = all.joined().enumerated().filter { $0.offset % 3 == part }.map(\.element)
        try Fixtures.write(own.joined(), to: path)
        return path
      }
      let pooled = try only(Readers.read(paths: [], shards: [paths], as: .profile("baseline")))
      #expect(pooled.measurements == whole.measurements)
    }
  }
}

@Suite("The name of several files")
struct ShardPathsTests {
  @Test(
    "It is a pattern that a shell expands to them",
    arguments: [
      (["out/pod-2.json.gz", "out/pod-1.json.gz"], "out/pod-{1,2}.json.gz"), (["a.json"], "a.json"),
      (["a.json", "b.csv"], "{a.json,b.csv}"), (["a/s.json", "a/s.json.gz"], "a/s.json{,.gz}"),
      (["r/11.json", "r/1.json"], "r/1{,1}.json"),
    ])
  func pattern(paths: [String], name: String) { #expect(ShardPaths.pattern(of: paths) == name) }
}

@Suite("Gauges that instances share")
struct SharedGaugeTests {
  private func levels(_ pairs: [(Double, Double)]) -> [SharedGauge.Level] {
    pairs.map { SharedGauge.Level(time: Int64($0.0 * 1e9), value: $0.1) }
  }

  @Test("Each instance counts with its sample next to the time", arguments: [0, 0.1, 0.49, 0.5, 0.51, 0.9])
  func phases(shift: Double) {
    let first = levels((0..<20).map { (Double($0), Double($0)) })
    let second = levels((0..<20).map { (Double($0) + shift, 100) })
    let statistics = SharedGauge.statistics([second, first])
    #expect(statistics.map(\.name) == [.value, .minimum, .maximum])
    #expect(statistics[2].value == 119)
  }

  @Test("A run whose seconds fell on several files is one instance", arguments: 1...5)
  func split(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var files = Array(repeating: [SharedGauge.Level](), count: 3)
    let all = levels((0..<30).map { (Double($0), Double(($0 * 7) % 11)) })
    for level in all { files[Int.random(in: 0..<3, using: &random)].append(level) }
    #expect(SharedGauge.statistics(files).map(\.value) == [Double((29 * 7) % 11), 0, 10])
  }

  @Test("Nothing is the sum of nothing")
  func none() { #expect(SharedGauge.statistics([[], []]).isEmpty) }
}
