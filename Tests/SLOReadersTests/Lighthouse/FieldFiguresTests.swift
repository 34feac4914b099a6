import SLOModel
import Testing

@testable import SLOReaders

@Suite("What real visitors measured, in replies of PageSpeed Insights")
struct FieldFiguresTests {
  private static func experience(_ percentile: Int, fallback: Bool? = nil, cls: Int = 8) -> String {
    let flag = fallback.map { #","origin_fallback":\#($0)"# } ?? ""
    return #"""
      {"id":"https://x.example/","overall_category":"AVERAGE"\#(flag),"metrics":{
        "LARGEST_CONTENTFUL_PAINT_MS":{"percentile":\#(percentile),"category":"AVERAGE","distributions":[
          {"min":0,"max":2500,"proportion":0.7},{"min":2500,"max":4000,"proportion":0.2},{"min":4000,"proportion":0.1}]},
        "CUMULATIVE_LAYOUT_SHIFT_SCORE":{"percentile":\#(cls),"category":"FAST"},"SOMETHING_NEW":{"percentile":1}}}
      """#
  }

  private static func reply(_ page: String?, _ origin: String?) -> String {
    let report =
      #"{"lighthouseVersion":"12.0.0","requestedUrl":"https://x.example/","audits":{"largest-contentful-paint":{"numericValue":1800}},"categories":{}}"#
    let field = [
      page.map { #""loadingExperience":\#($0),"# }, origin.map { #""originLoadingExperience":\#($0),"# },
    ]
    return "{" + field.compactMap(\.self).joined() + #""lighthouseResult":\#(report)}"#
  }

  private func read(_ text: String) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/f.json")
      return Readers.read(paths: [folder + "/f.json"], as: .kind(.page))
    }
  }

  private func figures(_ text: String) throws -> [String: Double] {
    let result = try read(text)
    #expect(result.errors.map(\.description) == [])
    return Dictionary(
      uniqueKeysWithValues: try #require(result.usable.first).measurements.map {
        ("\($0.series.metric).\($0.series.statistic)", $0.value)
      })
  }

  @Test("They are figures of their own, in their units, for the page and for its origin, wrapped or not")
  func figuresOfTheirOwn() throws {
    let reply = Self.reply(Self.experience(2600), Self.experience(3100, cls: 25))
    let expected = [
      "largest-contentful-paint.value": 1800, "field.largest-contentful-paint.p75": 2600,
      "field.largest-contentful-paint.good.rate": 0.7,
      "field.largest-contentful-paint.needs-improvement.rate": 0.2,
      "field.largest-contentful-paint.poor.rate": 0.1, "field.cumulative-layout-shift.p75": 0.08,
      "field-origin.largest-contentful-paint.p75": 3100,
      "field-origin.largest-contentful-paint.good.rate": 0.7,
      "field-origin.largest-contentful-paint.needs-improvement.rate": 0.2,
      "field-origin.largest-contentful-paint.poor.rate": 0.1,
      "field-origin.cumulative-layout-shift.p75": 0.25,
    ]
    for text in [reply, #"{"mobile":\#(reply)}"#, "[\(reply)]"] { #expect(try figures(text) == expected) }
    let facts = try read(reply).usable.first?.facts
    #expect(facts?["field"] == "AVERAGE" && facts?["field-origin"] == "AVERAGE")
  }

  @Test("A page without enough visitors has no figures: the reply repeats its origin's")
  func fallback() throws {
    let names = try figures(Self.reply(Self.experience(3100, fallback: true), Self.experience(3100))).keys
    #expect(!names.contains { $0.hasPrefix("field.") })
    #expect(names.contains("field-origin.largest-contentful-paint.p75"))
    #expect(try figures(Self.reply("{}", nil)) == ["largest-contentful-paint.value": 1800])
  }

  @Test("A value that cannot be is an error at its place")
  func impossible() throws {
    let result = try read(Self.reply(Self.experience(-5), nil))
    #expect(
      result.errors.first?.description.contains(
        "$.loadingExperience.metrics.LARGEST_CONTENTFUL_PAINT_MS.percentile") == true)
  }
}
