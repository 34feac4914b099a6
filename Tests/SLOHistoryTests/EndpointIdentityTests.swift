import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("An endpoint is its tag, method and host, and not its text")
struct EndpointIdentityTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A run that measured one series.
  private func run(
    _ sha: String, _ day: Int? = nil, _ value: Double, endpoint: String, metric: String = "http_req_duration",
    tags: [String: String]
  ) -> Run {
    var run = Sample.run(sha, day: day, value: value)
    run.reading.measurements[0].series.endpoint = endpoint
    run.reading.measurements[0].series.metric = metric
    run.reading.recordedTags = tags
    return run
  }

  /// What a window holds of the one series of a run, with runs of these values on days 1, 2, ….
  private func values(for candidate: Run, among runs: [Run]) throws -> [Double]? {
    let window = try folder.window(of: runs, Sample.query(for: candidate))
    return window.values[candidate.reading.measurements[0].series]?.map { $0.repetitions[0].value }
  }

  @Test("What another tag named by the same text is not compared with; name and url are one tag")
  func tags() throws {
    let runs = [("endpoint", 1), ("scenario", 2), ("name", 3), ("", 4), ("url", 5)].map { tag, day in
      run("c\(day)", day, Double(day), endpoint: "checkout", tags: tag.isEmpty ? [:] : ["checkout": tag])
    }
    let now = run("now", nil, 0, endpoint: "checkout", tags: ["checkout": "name"])
    #expect(try values(for: now, among: runs) == [3, 4, 5])
  }

  @Test("A name that was another thing's in half of the runs is reported")
  func otherTags() throws {
    let runs = ["scenario", "scenario", "name"].enumerated().map {
      run("c\($0)", $0, 1, endpoint: "checkout", tags: ["checkout": $1])
    }
    let now = run("now", nil, 0, endpoint: "checkout", tags: ["checkout": "name"])
    #expect(try folder.window(of: runs, Sample.query(for: now)).otherTags == ["checkout": ["scenario"]])
    let other = run("now", nil, 0, endpoint: "checkout", tags: ["checkout": "scenario"])
    #expect(try folder.window(of: [], Sample.query(for: other)).otherTags.isEmpty)
  }

  @Test("Where another tag has its name, an endpoint goes on as the sub-metric it then is, and back")
  func subMetrics() throws {
    let sub = "http_req_duration{scenario:checkout}"
    let runs = [
      run("c1", 1, 1, endpoint: "*", metric: sub, tags: ["checkout": "name"]),
      run("c2", 2, 2, endpoint: "checkout", tags: ["checkout": "scenario"]),
      run("c3", 3, 3, endpoint: "checkout", tags: ["checkout": "name"]),
    ]
    let asEndpoint = run("now", nil, 0, endpoint: "checkout", tags: ["checkout": "scenario"])
    #expect(try values(for: asEndpoint, among: runs) == [1, 2])
    let asPart = run("now", nil, 0, endpoint: "*", metric: sub, tags: ["checkout": "name"])
    #expect(try values(for: asPart, among: []) == [1, 2])
  }

  @Test("An address goes on under the name it had when fewer hosts or methods were known, and only its own")
  func addresses() throws {
    let runs = [
      run("c1", 1, 1, endpoint: "/x", tags: ["/x": "name GET @a.example"]),
      run("c2", 2, 2, endpoint: "/x", tags: ["/x": "name GET @b.example"]),
      run("c3", 3, 3, endpoint: "/x", tags: ["/x": "name POST @a.example"]),
      run("c4", 4, 4, endpoint: "a.example/x", tags: ["a.example/x": "name GET @a.example"]),
      run("c5", 5, 5, endpoint: "GET /x", tags: ["GET /x": "name GET @a.example"]),
      run("c6", 6, 6, endpoint: "/x", tags: ["/x": "name"]),
    ]
    let host = run("now", nil, 0, endpoint: "a.example/x", tags: ["a.example/x": "name GET @a.example"])
    #expect(try values(for: host, among: runs) == [1, 4, 5])
    let method = run("now", nil, 0, endpoint: "GET /x", tags: ["GET /x": "url GET @preview.example"])
    let ofMethod = try values(for: method, among: [])
    #expect(ofMethod == [1, 2, 5])
    let plain = run("now", nil, 0, endpoint: "/x", tags: ["/x": "name GET @a.example"])
    #expect(try values(for: plain, among: []) == [1, 2, 4, 5, 6])
    let post = run("now", nil, 0, endpoint: "POST /x", tags: ["POST /x": "name POST @a.example"])
    let ofPost = try values(for: post, among: [])
    #expect(ofPost == [3])
  }

  @Test("What goes on under another name is not missed; another host's is, and a metric that is gone")
  func absent() throws {
    let runs = [
      run("c1", 1, 1, endpoint: "/x", tags: ["/x": "name GET @a.example"]),
      run("c2", 2, 2, endpoint: "*", metric: "http_req_duration{scenario:s}", tags: [:]),
      run("c3", 3, 3, endpoint: "/x", tags: ["/x": "name GET @b.example"]),
    ]
    let now = run(
      "now", nil, 0, endpoint: "a.example/x", tags: ["a.example/x": "name GET @a.example", "s": "scenario"])
    var query = Sample.query(for: now)
    query.measured = ["a.example/x": ["http_req_duration"], "s": ["http_req_duration"]]
    let history = try folder.history(of: runs)
    #expect(try history.window(query).absent.map { $0.values.map(\.commit) } == [[2]])
    query.measured = ["a.example/x": ["other"], "s": ["http_req_duration"]]
    #expect(try history.window(query).absent.map { $0.values.map(\.commit) } == [[0, 2]])
  }

  @Test("Pages recorded before their tags were kept tell their host among the facts")
  func oldPages() throws {
    var old = run("c1", 1, 1, endpoint: "/x", tags: [:])
    old.reading.facts = ["page": "/x", "host": "a.example:31007"]
    let now = run("now", nil, 0, endpoint: "a.example/x", tags: ["a.example/x": "url @a.example"])
    #expect(try values(for: now, among: [old]) == [1])
    let other = run("now", nil, 0, endpoint: "b.example/x", tags: ["b.example/x": "url @b.example"])
    #expect(try values(for: other, among: []) == nil)
  }

  @Test("A run comes back with its tags and addresses")
  func roundTrip() throws {
    let run = run("c1", 1, 1, endpoint: "POST /x", tags: ["POST /x": "name POST @a.example", "y": "my tag"])
    #expect(try folder.history(of: [run]).run(run.id)?.reading == run.reading)
    #expect(try folder.history(of: []).verify().findings.isEmpty)
  }
}
