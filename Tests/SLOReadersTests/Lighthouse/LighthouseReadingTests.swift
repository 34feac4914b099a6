import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("Reading Lighthouse reports")
struct LighthouseReadingTests {
  private func readAll(_ name: String) -> ReadResult {
    Readers.read(paths: [Fixtures.path("lighthouse/" + name)], as: .kind(.page))
  }

  private func read(_ name: String) throws -> Reading {
    let result = readAll(name)
    #expect(result.errors.map(\.description) == [])
    return try #require(result.usable.first)
  }

  @Test("A report gives audits, scores and resources of its page, and nothing else")
  func wholeReport() throws {
    let reading = try read("v12-mobile.json")
    let page = "/cart"
    #expect(reading.profile == "lighthouse-mobile")
    #expect(Set(reading.measurements.map(\.series.endpoint)) == [page])
    #expect(reading.value("largest-contentful-paint", .value, endpoint: page) == 2400.25)
    #expect(reading.value("total-blocking-time", .value, endpoint: page) == 0)
    #expect(reading.value("performance", .score, endpoint: page) == 0.87)
    #expect(reading.value("resource.script", .size, endpoint: page) == 210000.5)
    #expect(reading.value("resource.third-party", .count, endpoint: page) == 0)
    #expect(reading.measurements.count == 7 + 2 + 6)
    #expect(reading.conditions == ["lighthouse": "12", "throttling": "simulate"])
    #expect(reading.facts["benchmarkIndex"] == "1203.5" && reading.facts["host"] == "shop.example")
    #expect(reading.toolVersion == "12.8.2")
    #expect(reading.startedAt == Timestamp(rfc3339: "2026-03-01T10:00:00Z"))
    #expect(reading.notices == ["The page was slow \\u{1b}[31m"])
  }

  @Test("Units are those the report names, the better way follows from them")
  func units() throws {
    let reading = try read("v12-mobile.json")
    let traits = { (metric: String) in
      reading.measurement(metric, .value, endpoint: "/cart").map { ($0.unit, $0.better) }
    }
    #expect(try #require(traits("first-contentful-paint")) == (.milliseconds, .lower))
    #expect(try #require(traits("total-byte-weight")) == (.bytes, .lower))
    #expect(try #require(traits("cumulative-layout-shift")) == (.unitless, .lower))
    #expect(try #require(traits("dom-size")) == (.count, nil))
  }

  @Test(
    "The form factor is found in every version's place",
    arguments: [
      ("v13-desktop.json", "lighthouse-desktop", "/"),
      ("v3-disabled-emulation.json", "lighthouse-desktop", "/cart"),
      ("v3.2-no-error.json", "lighthouse-mobile", "/cart"),
      ("v5.json", "lighthouse-desktop", "/cart"),
      ("psi.json", "lighthouse-mobile", "/"),
    ])
  func formFactor(name: String, profile: String, page: String) throws {
    let reading = try read(name)
    #expect(reading.profile == profile)
    #expect(reading.measurements.first?.series.endpoint == page)
  }

  @Test("Versions 3 and 4 keep figures in rawValue, beside flags; NO_ERROR is a good run")
  func rawValues() throws {
    let reading = try read("v3.2-no-error.json")
    #expect(reading.failure == nil)
    #expect(
      Set(reading.measurements.map(\.series.metric)) == [
        "first-contentful-paint", "interactive", "server-response-time", "total-byte-weight", "performance",
        "seo",
      ])
    #expect(reading.measurement("total-byte-weight", .value, endpoint: "/cart")?.unit == .bytes)
  }

  @Test("Version 5 calls a resource's size `size`")
  func version5() throws {
    let reading = try read("v5.json")
    #expect(reading.value("resource.total", .size, endpoint: "/cart") == 300500)
    #expect(reading.value("server-response-time", .value, endpoint: "/cart") == 45.5)
  }

  @Test("A metric in error loses its own value and no other")
  func partialError() throws {
    let reading = try read("v9-partial-error-array.json")
    #expect(reading.failure == nil)
    for missing in ["speed-index", "interactive"] {
      #expect(reading.value(missing, .value, endpoint: "/cart") == nil)
    }
    #expect(reading.value("performance", .score, endpoint: "/cart") == nil)
    #expect(reading.value("seo", .score, endpoint: "/cart") == 0.5)
    #expect(reading.value("largest-contentful-paint", .value, endpoint: "/cart") == 2400.25)
  }

  @Test("A failed run is kept without values")
  func errorRun() throws {
    let reading = try read("v12-error-run.json")
    #expect(reading.failure == "NO_FCP: The page did not paint any content.")
    #expect(reading.measurements.isEmpty)
  }

  @Test("PageSpeed Insights names no throttling")
  func pageSpeedInsights() throws {
    #expect(try read("psi.json").conditions == ["lighthouse": "8", "throttling": "unknown"])
  }

  @Test("The steps of a flow are pages of their own; only navigations have a performance score")
  func flow() throws {
    let readings = readAll("flow.json").usable
    #expect(
      readings.map { $0.measurements.first?.series.endpoint } == [
        "Checkout / Load", "Checkout / Pay", "Checkout / Receipt",
      ])
    #expect(readings.map(\.source.part) == [0, 1, 2])
    #expect(
      readings.map { $0.measurements.contains { $0.series.metric == "performance" } } == [true, false, false])
    #expect(readings[1].value("interaction-to-next-paint", .value, endpoint: "Checkout / Pay") == 88)
  }

  @Test("Steps of one name stay apart")
  func repeatedSteps() throws {
    let step =
      #"{"name":"A","lhr":{"lighthouseVersion":"12.0.0","audits":{"x":{"numericValue":1}},"categories":{}}}"#
    let root = try Fixtures.document(#"{"steps":["# + [step, step, step].joined(separator: ",") + "]}").root
    guard case .reports(let reports) = try LighthouseContainer(root) else { throw CancellationError() }
    #expect(reports.map(\.step) == ["A", "A (2)", "A (3)"])
  }

  @Test("Versions 1 and 2 are refused by name", arguments: ["v1.json", "v2.json"])
  func tooOld(name: String) {
    let result = readAll(name)
    #expect(result.usable.isEmpty)
    #expect(result.errors.first?.found.contains("in the format of version 1 or 2") == true)
    #expect(result.errors.first?.kind == .malformed)
  }

  @Test(
    "A manifest's paths are those of another machine; a report named twice counts once",
    arguments: ["lhci/manifest.json", "lhci"])
  func manifest(name: String) {
    let result = readAll(name)
    #expect(result.errors.isEmpty)
    #expect(result.notices.count == (name == "lhci" ? 0 : 1))
    #expect(
      result.usable.map { $0.value("largest-contentful-paint", .value, endpoint: "/cart") } == [
        2000, 2100,
      ])
  }

  @Test("A report the manifest names and the folder lacks is an error")
  func missingReport() throws {
    try Fixtures.withFolder { folder in
      try Fixtures.write(
        #"[{"url":"u","isRepresentativeRun":true,"jsonPath":"/x/gone.report.json"}]"#,
        to: folder + "/manifest.json")
      let result = Readers.read(paths: [folder + "/manifest.json"], as: .kind(.page))
      #expect(result.errors.map(\.kind) == [.unreadable])
      #expect(result.errors.first?.file.hasSuffix("/gone.report.json") == true)
    }
  }

  @Test("The same run in two files counts once")
  func sameRun() throws {
    try Fixtures.withFolder { folder in
      let text = try String(contentsOfFile: Fixtures.path("lighthouse/v12-mobile.json"), encoding: .utf8)
      try Fixtures.write("[" + text + "]", to: folder + "/copy.json")
      let result = Readers.read(
        paths: [Fixtures.path("lighthouse/v12-mobile.json"), folder + "/copy.json"], as: .kind(.page))
      #expect(result.usable.count == 1 && result.notices.count == 1)
    }
  }

  @Test("A manifest that lists itself is an error, not without end")
  func selfListed() throws {
    try Fixtures.withFolder { folder in
      let entry =
        #"[{"url":"http://h/","isRepresentativeRun":true,"jsonPath":"/ci/manifest.json","summary":{}}]"#
      try Fixtures.write(entry, to: folder + "/manifest.json")
      let result = Readers.read(paths: [folder + "/manifest.json"], as: .kind(.page))
      #expect(result.errors.map(\.found) == ["a list of Lighthouse reports"])
    }
  }

  @Test("With two hosts of one path in a check, both pages carry theirs")
  func hosts() throws {
    let first = try read("v12-mobile.json")
    var second = first
    second.facts["host"] = "other.example"
    second.addresses["/cart"]?.host = "other.example"
    #expect(Readers.settled([first, first]) == [first, first])
    let pages = Readers.settled([first, second])
    #expect(
      pages.map { $0.measurements.first?.series.endpoint } == ["shop.example/cart", "other.example/cart"])
    #expect(pages.map { $0.subject } == ["shop.example/cart", "other.example/cart"])
    #expect(Readers.settled(pages).map(\.measurements) == pages.map(\.measurements))
  }

  @Test("A page keeps the parameters that a budget file names")
  func query() throws {
    let options = ReadOptions(naming: NamingRules(queries: ["/cart": ["id"]]))
    let result = Readers.read(
      paths: [Fixtures.path("lighthouse/v12-mobile.json")], as: .kind(.page), options: options)
    #expect(result.usable.first?.measurements.first?.series.endpoint == "/cart?id=7")
  }
}
