import SLOModel
import Testing

@testable import SLOReaders

@Suite("The page that Lighthouse measured")
struct MeasuredPageTests {
  private let lcp = #""largest-contentful-paint": {"numericValue": 700}"#

  /// The reading of a report with further keys, which was asked for `/account`.
  private func reading(_ keys: String = "", audits: String = "") throws -> Reading {
    let asked = keys.contains("requestedUrl") ? "" : #""requestedUrl": "https://shop.example/account","#
    let text =
      #"{"lighthouseVersion": "12.6.1", \#(asked) \#(keys) "audits": {\#(lcp)\#(audits)}, "categories": {}}"#
    return try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/lhr.json")
      let result = Readers.read(paths: [folder + "/lhr.json"], as: .kind(.page))
      #expect(result.errors.map(\.description) == [])
      return try #require(result.readings.first)
    }
  }

  @Test(
    "Another page than was asked for is a warning that names it, whoever redirected",
    arguments: [
      #""finalUrl": "https://shop.example/login?next=secret","#,
      #""finalUrl": "https://u:secret@shop.example/login", "mainDocumentUrl": "https://shop.example/login","#,
      #""finalUrl": "https://shop.example/account", "mainDocumentUrl": "https://shop.example/account", "finalDisplayedUrl": "https://shop.example/login#secret","#,
      #""finalDisplayedUrl": "https://shop.example/account", "mainDocumentUrl": "https://shop.example/login","#,
    ])
  func redirected(keys: String) throws {
    let reading = try reading(keys)
    #expect(
      reading.warnings == [
        "Lighthouse was asked for shop.example/account and ended at shop.example/login: the figures are of that page"
      ])
    #expect(reading.measurements.count == 1 && reading.failure == nil)
  }

  @Test("A page that is called like a language is another than the root")
  func language() throws {
    let keys = [
      ("my", ""), ("en", "de"), ("my/orders", "orders"),
    ].map { asked, ended in
      #""requestedUrl": "https://shop.example/\#(asked)", "finalDisplayedUrl": "https://shop.example/\#(ended)","#
    }
    #expect(try keys.map { try reading($0).warnings.count } == [1, 0, 0])
  }

  @Test(
    "The page asked for warns of nothing, nor does a report that tells no address",
    arguments: [
      "", #""finalUrl": "https://www.shop.example/account/","#,
      #""requestedUrl": null, "finalDisplayedUrl": "https://shop.example/login","#,
    ])
  func asAsked(keys: String) throws {
    let reading = try reading(keys)
    #expect(reading.warnings.isEmpty && reading.measurements.count == 1)
  }

  private static let request =
    #", "network-requests": {"details": {"items": [{"url": "https://cdn.example/x", "statusCode": 500}, {"url": "https://shop.example/account", "statusCode": "#

  @Test(
    "An error of the server gives no values, wherever the report tells it",
    arguments: [
      (#""runWarnings": ["Lighthouse was unable to reliably load the page. (Status code: 404)"],"#, ""),
      (#""runWarnings": ["\#(String(repeating: "Long. ", count: 50))(Status code: 404)"],"#, ""),
      ("", #", "http-status-code": {"score": 0, "displayValue": "404"}"#),
      (#""finalUrl": "https://shop.example/account#top","#, request + "404}]}}"),
      (#""mainDocumentUrl": "https://shop.example/account","#, request + "404}]}}"),
    ])
  func errors(keys: String, audits: String) throws {
    let reading = try reading(keys, audits: audits)
    #expect(reading.failure == "the page answered with HTTP status 404" && reading.measurements.isEmpty)
  }

  @Test(
    "A page that was there, and errors of other requests, are none",
    arguments: [
      (#""runWarnings": ["The page was slow. (Status code: 200)"],"#, ""),
      ("", #", "http-status-code": {"score": 1}"#),
      (#""finalUrl": "https://shop.example/account","#, request + "200}]}}"),
      (#""finalUrl": "https://shop.example/account","#, request + "null}]}}"),
    ])
  func good(keys: String, audits: String) throws {
    #expect(try reading(keys, audits: audits).failure == nil)
  }

  @Test("A page of the browser's own gives no values")
  func interstitial() throws {
    let reading = try reading(#""finalUrl": "chrome-error://chromewebdata/","#)
    #expect(reading.failure == "Chrome showed an interstitial in place of the page")
    #expect(reading.measurements.isEmpty && reading.warnings.isEmpty)
  }
}
