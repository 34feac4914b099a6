import SLOHistory
import SLOModel
import SLOReaders

// make-history FILE RUNS BASELINE SPIKE: fills a history with RUNS runs like two sample results, of
// alternating profiles, a commit for each pair.

/// SplitMix64 (Steele, Lea, Flood 2014), so that the history is the same on every machine.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A reading like the sample: the statistics teams ask for, every value within a few per cent.
func reading(like sample: Reading, index: Int, using generator: inout SplitMix64) -> Reading {
  var reading = sample
  reading.source.sha256 = String(repeating: "0", count: 48) + String(0x1000_0000_0000_0000 + index, radix: 16)
  reading.startedAt = Timestamp(milliseconds: 1_700_000_000_000 + Int64(index) * 60_000)
  reading.measurements.removeAll { ![.median, .p95, .p99, .rate].contains($0.series.statistic) }
  for place in reading.measurements.indices {
    reading.measurements[place].value *= Double.random(in: 0.97...1.03, using: &generator)
  }
  return reading
}

struct Usage: Error {}

let arguments = CommandLine.arguments
guard arguments.count == 5, let count = Int(arguments[2]) else {
  print("usage: make-history FILE RUNS BASELINE-SUMMARY SPIKE-SUMMARY")
  throw Usage()
}
let samples = ["baseline", "spike"].enumerated().flatMap { index, profile in
  Readers.read(paths: [arguments[3 + index]], as: .profile(profile)).usable
}
let environment = Environment(
  name: "perf", sizing: ["stage": "perf", "instance": "c6i.large", "memory": "1024MB", "cdn": "false"])
let history = try History.open(path: arguments[1])
var generator = SplitMix64(state: 41)
for start in stride(from: 0, to: count, by: 500) {
  let runs = (start..<min(start + 500, count)).map { index in
    let commit = Commit(sha: "commit-\(index / samples.count)", branch: index % 5 < 4 ? "main" : "feature")
    return Run(
      service: "shop", commit: commit, environment: environment, settings: [:],
      reading: reading(like: samples[index % samples.count], index: index, using: &generator))
  }
  _ = try history.record(
    runs, verdict: nil, at: Timestamp(milliseconds: 1_700_000_000_000 + Int64(start) * 60_000))
}
