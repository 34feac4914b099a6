import SLOModel
import Testing

@testable import SLOReaders

@Suite("Naming the series of k6")
struct K6SeriesNamesTests {
  private func identity(_ name: String, among others: [String] = [], tag: String? = nil) -> [String] {
    let names = K6SeriesNames(([name] + others).map(Self.metric), endpointTag: tag)
    let identity = names.identity(of: Self.metric(name))
    return [identity.endpoint, identity.metric]
  }

  private func places(_ name: String, among others: [String]) -> [[String]] {
    let names = K6SeriesNames(([name] + others).map(Self.metric), endpointTag: nil)
    return names.identities(of: Self.metric(name)).map { [$0.endpoint, $0.metric] }
  }

  private static func metric(_ name: String) -> K6Metric {
    K6Metric(name: MetricName(parsing: name), spelling: name, kind: .trend)
  }

  @Test(
    "One endpoint tag and nothing else names the endpoint",
    arguments: [
      ("m{endpoint:search}", ["search", "m"]), ("m{route:/a}", ["/a", "m"]),
      ("m{name:GET /users/{id}}", ["GET /users/{id}", "m"]),
      ("m{url:http://h/x?t=1}", ["/x", "m"]), ("m{name:https://jo:pw@h/users/17}", ["/users/{id}", "m"]),
      ("m{endpoint:https://h/a?b}", ["/a", "m"]), ("m{endpoint:/a/17}", ["/a/17", "m"]),
      ("m{group:::pay::confirm}", ["::pay::confirm", "m"]),
      ("m{scenario:spike}", ["spike", "m"]), ("m{ endpoint : \"it's\" }", ["it's", "m"]),
      ("m", ["*", "m"]), ("m{expected_response:true}", ["*", "m{expected_response:true}"]),
      ("m{status:200,method:GET}", ["*", "m{method:GET,status:200}"]),
      ("m{status:200,url:https://h/a?b}", ["/a", "m"]),
      ("m{target:https://h/a?b}", ["*", "m{target:https://h/a}"]),
      ("m{group:}", ["*", "m{group:}"]), ("m{name:*}", ["*", "m{name:*}"]),
    ])
  func identities(name: String, expected: [String]) {
    #expect(identity(name) == expected)
  }

  @Test(
    "Several tags name the endpoint where the others are the same in all siblings, and stay a part of the run"
  )
  func severalTags() {
    let ofRun = ["*", "m{endpoint:a,scenario:s}"]
    #expect(places("m{scenario:s,endpoint:a}", among: ["m{endpoint:b,scenario:s}"]) == [["a", "m"], ofRun])
    #expect(
      places("m{scenario:s,endpoint:a}", among: ["other{endpoint:b}", "m{name:c}"]) == [["a", "m"], ofRun])
    for other in ["m{endpoint:b,scenario:t}", "m{endpoint:b}", "m{endpoint:b,scenario:s,status:200}"] {
      #expect(places("m{scenario:s,endpoint:a}", among: [other]) == [ofRun])
    }
    #expect(places("m{endpoint:a}", among: ["m{endpoint:a,status:200}"]) == [["a", "m"]])
  }

  @Test("A method beside an address is a part of it")
  func methods() {
    let both = ["m{url:http://h/x,method:GET}", "m{url:http://h/x,method:POST}"]
    #expect(places(both[0], among: both) == [["GET /x", "m"]])
    #expect(places(both[0], among: []) == [["/x", "m"]])
    #expect(places(both[0], among: ["m{url:http://h/x}"]) == [["GET /x", "m"]])
    #expect(places("m{url:http://h/x}", among: both) == [["/x", "m"]])
  }

  @Test("The earlier tag gets an endpoint two tags claim")
  func conflict() {
    #expect(identity("m{name:/a}", among: ["m{endpoint:/a}"]) == ["*", "m{name:/a}"])
    #expect(identity("m{endpoint:/a}", among: ["m{name:/a}"]) == ["/a", "m"])
    #expect(identity("m{name:/a}", among: ["other{endpoint:/a}"]) == ["/a", "m"])
  }

  @Test("A tag of the user's goes first")
  func ownTag() {
    #expect(identity("m{operation:pay}") == ["*", "m{operation:pay}"])
    #expect(identity("m{operation:pay}", tag: "operation") == ["pay", "m"])
    #expect(
      identity("m{endpoint:pay}", among: ["m{operation:pay}"], tag: "operation") == ["*", "m{endpoint:pay}"])
    #expect(identity("m{name:pay}", among: ["m{endpoint:pay}"], tag: "name") == ["pay", "m"])
  }

  @Test("The tag of each endpoint is reported")
  func tags() {
    let metrics = ["a{name:/x}", "b{endpoint:/x}", "c{group:::g}", "d{status:200}"].map(Self.metric)
    #expect(K6SeriesNames(metrics, endpointTag: nil).tags == ["/x": "endpoint", "::g": "group"])
  }

  @Test("Two spellings of the same tags are one series with all their thresholds")
  func twoSpellings() throws {
    let reading = try Fixtures.k6(
      #"{"metrics":{"m{a:1,b:2}":{"avg":5,"max":9,"thresholds":{"avg<9":false}},"m{b:2, a:1}":{"max":9,"avg":5,"thresholds":{"max<8":true}}}}"#
    )
    #expect(reading?.measurements.count == 2)
    #expect(reading?.thresholds.map(\.expression) == ["avg<9", "max<8"])
    #expect(reading?.thresholds.map(\.passed) == [true, false])
  }

  @Test("If they disagree, both are named")
  func contradiction() {
    let error = #expect(throws: InputError.self) {
      _ = try Fixtures.k6(#"{"metrics":{"m{a:1,b:2}":{"avg":5},"m{b:2,a:1}":{"avg":6}}}"#)
    }
    #expect(error?.found.contains("\"m{a:1,b:2}\" and \"m{b:2,a:1}\"") == true)
  }

  @Test("Samples of a request's times come from the requests with the same tags")
  func samples() throws {
    let reading = try Fixtures.k6(
      #"{"metrics":{"http_reqs":{"count":90,"rate":1},"http_req_duration":{"avg":5},"http_req_duration{name:/a}":{"avg":5},"http_reqs{name:/a}":{"count":7,"rate":1},"http_req_waiting{name:/b}":{"avg":5},"http_req_failed{name:/b}":{"passes":1,"fails":2},"own":{"avg":5},"own2":{"avg":5,"count":4},"http_req_duration{name:/none}":{"avg":0},"http_reqs{name:/none}":{"count":0,"rate":0}}}"#
    )
    #expect(reading?.measurement("http_req_duration", .average)?.samples == 90)
    #expect(reading?.measurement("http_req_duration", .average, endpoint: "/a")?.samples == 7)
    #expect(reading?.measurement("http_req_waiting", .average, endpoint: "/b")?.samples == 3)
    #expect(reading?.measurement("own", .average)?.samples == nil)
    #expect(reading?.measurement("own2", .average)?.samples == 4)
    #expect(reading?.measurement("http_req_duration", .average, endpoint: "/none") == nil)
  }
}
