import SLOModel
import Testing

@testable import SLOReaders

@Suite("Scores, items and user timings of audits")
struct AuditFiguresTests {
  private static let audits = #"""
    {"speed-index":{"score":0.7,"scoreDisplayMode":"numeric","numericValue":1200,"numericUnit":"millisecond"},
     "is-on-https":{"score":0,"scoreDisplayMode":"binary","details":{"type":"table","items":[{"url":"a"},{"url":"b"}]}},
     "video-caption":{"score":null,"scoreDisplayMode":"notApplicable"},
     "network-requests":{"score":null,"scoreDisplayMode":"informative","details":{"items":[{},{},{}]}},
     "errors-in-console":{"score":null,"scoreDisplayMode":"error","details":{"items":[{}]}},
     "user-timings":{"score":null,"scoreDisplayMode":"informative","details":{"items":[
       {"name":"heroImage","startTime":400.5,"timingType":"Mark"},
       {"name":"Hero Image","startTime":1,"duration":9,"timingType":"Measure"},
       {"name":"zone:load","startTime":100,"duration":0,"timingType":"Measure"}]}}}
    """#

  private func reading(asking keys: [String]) throws -> Reading {
    let text =
      #"{"lighthouseVersion":"12.0.0","requestedUrl":"https://x.example/","audits":\#(Self.audits),"categories":{}}"#
    return try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/f.json")
      let figures = keys.map { key in
        let dot = key.lastIndex(of: ".") ?? key.endIndex
        return MetricFigure(
          metric: String(key[..<dot]), statistic: Statistic(rawValue: String(key[dot...].dropFirst())))
      }
      let options = ReadOptions(demand: {
        var demand = SampleDemand()
        demand.figures = Set(figures)
        return demand
      })
      let result = Readers.read(paths: [folder + "/f.json"], as: .kind(.page), options: options)
      #expect(result.errors.map(\.description) == [])
      return try #require(result.usable.first)
    }
  }

  private func values(_ keys: String...) throws -> [Double?] {
    let reading = try reading(asking: keys)
    return keys.map { key in
      reading.measurements.first { "\($0.series.metric).\($0.series.statistic)" == key }?.value
    }
  }

  @Test("Nothing is read that nobody asks for")
  func unasked() throws {
    #expect(try reading(asking: []).measurements.map(\.series.metric) == ["speed-index"])
  }

  @Test("A score is Lighthouse's; what does not apply is passed, and what has no score is absent")
  func scores() throws {
    #expect(
      try values(
        "speed-index.score", "is-on-https.score", "video-caption.score", "network-requests.score",
        "errors-in-console.score", "no-such.score") == [0.7, 0, 1, nil, nil, nil])
    let score = try #require(
      try reading(asking: ["speed-index.score"]).measurement("speed-index", .score, endpoint: "/"))
    #expect(score.unit == .score && score.better == .higher)
  }

  @Test("The items of an audit that ran are counted, also where it lists none")
  func counts() throws {
    #expect(
      try values(
        "is-on-https.count", "network-requests.count", "video-caption.count", "errors-in-console.count",
        "no-such.count") == [2, 3, 0, nil, nil])
  }

  @Test("A mark is a time, a measure a length; of several with one name the first counts")
  func timings() throws {
    #expect(
      try values(
        "user-timings:hero-image.value", "user-timings:zone-load.value", "user-timings:other.value")
        == [400.5, 0, nil])
  }

  @Test(
    "Names of user timings are those of Lighthouse CI",
    arguments: [
      ("heroImage", "hero-image"), ("Hero  Image!", "hero-image"), ("zone:load", "zone-load"), ("ÄB", "b"),
      ("a1B2", "a1b2"), ("HTMLParse", "htmlparse"), ("--", ""),
    ])
  func kebab(name: String, expected: String) {
    #expect(UserTimingName.kebab(name) == expected)
  }
}
