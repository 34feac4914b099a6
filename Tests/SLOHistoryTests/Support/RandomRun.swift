import TestSupport
import SLOSupport
import SLOModel
import SLOStatistics

extension SeededGenerator {
  /// A run with something in every field, of a commit no other run has.
  mutating func run(number: Int) -> Run {
    let sha = SHA256Digest(of: "commit \(number)").description
    return Run(
      service: word(),
      commit: Commit(
        sha: sha, branch: maybe { $0.word() }, committedAt: maybe { $0.time() },
        firstParent: maybe { $0.word() }),
      environment: Environment(name: maybe { $0.word() }, sizing: words()), settings: words(),
      reading: reading(number: number))
  }

  private mutating func reading(number: Int) -> Reading {
    let source = Reading.Source(
      path: word(), format: word(), sha256: SHA256Digest(of: "file \(number)").description,
      part: Int.random(in: 0...9, using: &self))
    var reading = Reading(profile: word(), source: source)
    reading.toolVersion = maybe { $0.word() }
    reading.startedAt = maybe { $0.time() }
    reading.duration = maybe { Double.random(in: 0...1e6, using: &$0) }
    reading.conditions = words()
    reading.facts = words()
    reading.failure = maybe { $0.word() }
    reading.measurements = measurements(of: reading.profile)
    reading.distributions = distributions()
    reading.endpointTags = words()
    reading.thresholds = list {
      .init(
        endpoint: $0.word(), metric: $0.word(), expression: $0.word(),
        passed: $0.maybe { Bool.random(using: &$0) })
    }
    reading.observeThresholds()
    reading.notices = list { $0.word() }
    return reading
  }

  private mutating func statistic() -> Statistic {
    let percentile = Statistic(rawValue: "p\(Int.random(in: 0...100, using: &self))")
    return (Statistic.named + [percentile, percentile]).randomElement(using: &self) ?? .p95
  }

  private mutating func measurements(of profile: String) -> [MetricValue] {
    var seen = Set<Series>()
    return list(upTo: 12) { generator in
      MetricValue(
        series: Series(
          profile: profile, endpoint: generator.word(), metric: generator.word(),
          statistic: generator.statistic()),
        value: generator.value(), unit: MetricUnit.allCases.randomElement(using: &generator) ?? .count,
        better: generator.maybe { Bool.random(using: &$0) ? .lower : .higher },
        samples: generator.maybe { Int.random(in: 0...1_000_000, using: &$0) })
    }.filter { seen.insert($0.series).inserted }
  }

  private mutating func distributions() -> [Distribution] {
    var seen = Set<[String]>()
    return list { generator in
      Distribution(
        endpoint: generator.word(), metric: generator.word(),
        unit: MetricUnit.allCases.randomElement(using: &generator) ?? .count,
        better: generator.maybe { Bool.random(using: &$0) ? .lower : .higher },
        sketch: QuantileSketch(sorted: generator.list(upTo: 100) { $0.value() }.sorted()))
    }.filter { seen.insert([$0.endpoint, $0.metric]).inserted }
  }

  private mutating func value() -> Double {
    let special = [
      0, -0.0, 1, Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, -1e-9, 0.1, 9_007_199_254_740_991,
      400,
    ]
    return maybe { special.randomElement(using: &$0) ?? 0 } ?? Double.random(in: -1e9...1e9, using: &self)
  }

  private mutating func time() -> Timestamp {
    Timestamp(milliseconds: Int64.random(in: -1_000_000_000_000...4_000_000_000_000, using: &self))
  }
}
