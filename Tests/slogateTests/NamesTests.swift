import Foundation
import Testing

@Suite("One thing, one name")
struct NamesTests {
  /// Raw samples of 300 requests each: URL, method and milliseconds.
  private static func samples(_ requests: [(url: String, method: String, milliseconds: Double)], build: Int)
    -> String
  {
    requests.flatMap { request in
      (0..<300).flatMap { index in
        let value = request.milliseconds * (1 + 0.01 * Double((index * 7 + build * 3) % 5))
        let tags = #"{"method":"\#(request.method)","name":"\#(request.url)","url":"\#(request.url)"}"#
        let second = index % 60
        let time = "2026-05-01T10:0\(index / 60):\(second < 10 ? "0" : "")\(second)Z"
        return [("http_reqs", 1), ("http_req_duration", value), ("http_req_failed", 0)].map {
          #"{"metric":"\#($0.0)","type":"Point","data":{"time":"\#(time)","value":\#($0.1),"tags":\#(tags)}}"#
            + "\n"
        }
      }
    }.joined()
  }

  private static func sha(_ build: Int) -> String { String(repeating: "a", count: 39) + "\(build)" }

  /// The endpoints that regressed in the fifth build, after four like the first.
  private func regressed(
    _ first: [(String, String, Double)], then fifth: [(String, String, Double)], budget: String = "version: 1"
  ) throws -> (endpoints: Set<String>, output: String) {
    let workplace = try Workplace()
    try workplace.write("budgets/b.yaml", budget)
    for build in 0..<4 {
      try workplace.write("\(build).json", Self.samples(first, build: build))
      let result = try workplace.slogate(
        "record", "--baseline", "\(build).json", "--env", "stage=ci", "--commit", Self.sha(build), "--branch",
        "main")
      #expect(result.code == 0, "\(result.errors)")
    }
    try workplace.write("4.json", Self.samples(fifth, build: 4))
    let result = try workplace.slogate(
      "check", "--baseline", "4.json", "--env", "stage=ci", "--commit", Self.sha(4), "--branch", "main",
      "--no-record",
      "--format", "json")
    let findings = try #require(try result.json()["findings"] as? [[String: Any]])
    let endpoints = findings.filter { $0["outcome"] as? String == "regressed" }.compactMap {
      $0["endpoint"] as? String
    }
    return (Set(endpoints).subtracting(["*"]), result.output)
  }

  @Test("A path goes on when a second host has it too, and the notice says how to name both")
  func secondHost() throws {
    let (endpoints, output) = try regressed(
      [("http://shop.example:81/health", "GET", 20)],
      then: [("http://shop.example:82/health", "GET", 40), ("http://admin.example/health", "GET", 5)])
    #expect(endpoints == ["shop.example/health"])
    #expect(output.contains("hosts: { admin.example: admin, shop.example: shop }"))
    let named = try regressed(
      [("http://shop.example:81/health", "GET", 20)],
      then: [("http://shop.example:82/health", "GET", 40), ("http://admin.example/health", "GET", 5)],
      budget: "version: 1\nhosts: { admin.example: admin }\n")
    #expect(named.endpoints == ["/health"] && !named.output.contains("shop.example"))
  }

  @Test("A path goes on by its method when it is asked by a second one")
  func secondMethod() throws {
    let (endpoints, _) = try regressed(
      [("http://h/orders", "GET", 20)],
      then: [("http://h/orders", "GET", 40), ("http://h/orders", "POST", 90)])
    #expect(endpoints == ["GET /orders"])
  }
}
