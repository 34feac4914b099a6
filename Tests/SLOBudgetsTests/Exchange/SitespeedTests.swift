import SLOModel
import TestSupport
import Testing

@testable import SLOBudgets

@Suite("sitespeed.io's budgets, in both directions")
struct SitespeedTests {
  private static let document = """
    {"budget": {
      "https://shop.test/cart?token=s3cret": {"timings": {"SpeedIndex": 3000}},
      "checkout": {"lighthouse": {"performance": 80}},
      "timings": {"firstContentfulPaint": 1800, "SpeedIndex": 2000, "firstPaint": 900},
      "requests": {"total": 89, "httpErrors": 0}, "transferSize": {"javascript": 150000, "css": "many"},
      "thirdParty": {"requests": 0}, "googleWebVitals": {"cumulativeLayoutShift": 0.1},
      "lighthouse": {"performance": 90, "best-practices": 29}, "usertimings": {"headerLogo": 1000},
      "score": {"performance": 75}, "limits": {"x": 1}}}
    """

  @Test("Sections hold for every page, those of an address for its path; scores are floors in percent")
  func imported() throws {
    let budget = try Imported(SitespeedTests.document)
    let general: Set = [
      "first-contentful-paint.value <= 1800", "speed-index.value <= 2000", "resource.total.count <= 89",
      "resource.script.size <= 150000", "resource.third-party.count <= 0",
      "cumulative-layout-shift.value <= 0.1",
      "performance.score >= 0.9", "best-practices.score >= 0.29", "user-timings:header-logo.value <= 1000",
    ]
    #expect(budget.limits("lighthouse-mobile", "/about") == general)
    #expect(
      budget.limits("lighthouse-desktop", "/cart")
        == general.subtracting(["speed-index.value <= 2000"]).union(["speed-index.value <= 3000"]))
    #expect(budget.limits("lighthouse-mobile", "checkout").contains("performance.score >= 0.8"))
  }

  @Test("What has no counterpart is told with its place, and no query is shown")
  func remarks() throws {
    let budget = try Imported(SitespeedTests.document)
    #expect(budget.remarks(at: "2:3", "/cart: the page is taken whatever its query"))
    #expect(budget.remarks(at: "3:3", "'checkout' is taken for the name of a page"))
    #expect(budget.remarks(at: "4:65", "timings.firstPaint: pages have no such figure"))
    #expect(budget.remarks(at: "5:29", "requests.httpErrors: pages have no such figure"))
    #expect(budget.remarks(at: "5:86", "transferSize.css: no number, found 'many'"))
    #expect(budget.remarks(at: "8:13", "score.performance: pages have no such figure"))
    #expect(budget.remarks(at: "8:33", "'limits' has no counterpart"))
    #expect(budget.remarks.count == 7, "\(budget.remarks)")
    #expect(!(budget.text + budget.remarks.joined()).contains("s3cret"))
  }

  @Test("A form factor is asked for by its profile")
  func profile() throws {
    let budget = try Imported(SitespeedTests.document, profile: "desktop")
    #expect(budget.limits("lighthouse-mobile", "/").isEmpty)
    #expect(budget.limits("lighthouse-desktop", "/").count == 9)
  }

  @Test("Pages are exported with what differs from the general limits, sizes in bytes and scores in percent")
  func exportedPages() throws {
    let text = """
      pages:
        "*": { lcp: 3s, tbt: 200ms, performance: ">= 0.29", resource.font.size: 30KiB }
        "/cart": { lcp: 2s, "user-timings:hero": 1s }
        "/search*": { lcp: 4s }
        "/warned": { lcp: { warn: 1s }, seo: ">= 0.9", cls: "< 0.2", uses-http2.score: ">= 1" }
      """
    let export = try exported(.sitespeed, text)
    let json = try #require(try export.json() as? [String: [String: [String: Any]]])
    let budget = try #require(json["budget"])
    #expect(budget["timings"] as? [String: Int] == ["largestContentfulPaint": 3_000])
    #expect(budget["googleWebVitals"] as? [String: Int] == ["totalBlockingTime": 200])
    #expect(budget["lighthouse"] as? [String: Int] == ["performance": 29])
    #expect(budget["transferSize"] as? [String: Int] == ["font": 30_720])
    let cart = budget["/cart"] as? [String: [String: Int]]
    #expect(cart == ["timings": ["largestContentfulPaint": 2_000], "usertimings": ["hero": 1_000]])
    #expect(Set(budget["/warned"]?.keys ?? [:].keys) == ["lighthouse", "googleWebVitals"])
    let notes = export.notes.joined(separator: "\n")
    for words in [
      "'/search*' is left out", "none that only warns", "lets the limit itself pass", "no such limit",
      "name it as the page does", "give these as aliases",
    ] {
      #expect(notes.contains(words), "\(words) in \(notes)")
    }
  }

  @Test("What is exported is imported to the same limits", arguments: 0..<40)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    func sections() -> [String] {
      SitespeedFigure.all.shuffled(using: &generator).prefix(6).map { figure in
        let value = Int.random(in: 0...100, using: &generator)
        return "\"\(figure.section)\": {\"\(figure.name)\": \(value)}"
      }
    }
    // A section may come twice: the first of each name is kept.
    func unique(_ texts: [String]) -> String {
      var seen: Set<Substring> = []
      return texts.filter { seen.insert($0.prefix { $0 != ":" }).inserted }.joined(separator: ", ")
    }
    let document = "{\"budget\": {\(unique(sections())), \"/cart\": {\(unique(sections()))}}}"
    let first = try Imported(document)
    let export = try exported(.sitespeed, first.text) { $0.profile = "lighthouse-mobile" }
    let again = try Imported(try #require(export.files.first).text)
    for page in ["/cart", "/other"] {
      #expect(
        first.limits("lighthouse-mobile", page) == again.limits("lighthouse-mobile", page), "\(document)")
    }
    // What is written again is the same file.
    #expect(try exported(.sitespeed, again.text) { $0.profile = "lighthouse-mobile" }.files == export.files)
  }
}
