import Testing

@testable import SLOBudgets

@Suite("Budgets as Lighthouse's budget.json")
struct LighthouseExportTests {
  @Test("A pattern is a path of robots.txt, anchored where the glob ends")
  func paths() {
    let paths = ["/", "/a", "/a*", "/a*b", "*", "*.html", "/a*b*", "/a$", "shop.example/a", "flow / step"]
    #expect(
      paths.map(LighthouseExport.path) == ["/$", "/a$", "/a*", "/a*b$", "/*", "/*.html$", nil, nil, nil, nil])
  }

  @Test("The last page that matches has every limit that holds for it, sizes in KiB and times in ms")
  func pages() throws {
    let text = """
      pages:
        "/a": { lcp: 2s, resource.script.size: 1MiB }
        "/*": { lcp: 3s, tbt: 200ms, resource.font.count: 4 }
      """
    let json = try exported(.lighthouse, text).json() as? [[String: Any]]
    let pages = try #require(json)
    #expect(pages.map { $0["path"] as? String } == ["/*", "/a$"])
    let timings = try #require(pages[1]["timings"] as? [[String: Any]])
    #expect(
      Set(timings.map { "\($0["metric"] ?? "") \($0["budget"] ?? "")" })
        == ["largest-contentful-paint 2000", "total-blocking-time 200"])
    let sizes = try #require(pages[1]["resourceSizes"] as? [[String: Any]])
    #expect(sizes[0]["budget"] as? Int == 1_024 && sizes[0]["resourceType"] as? String == "script")
  }

  @Test("What stands under * holds for every page")
  func everyPage() throws {
    let json = try exported(.lighthouse, "pages: { \"*\": { lcp: 3s }, \"/a\": { tbt: 90ms } }").json()
    let pages = try #require(json as? [[String: Any]])
    #expect(pages.map { $0["path"] as? String } == ["/*", "/a$"])
    #expect(pages.map { ($0["timings"] as? [Any])?.count } == [1, 2])
  }

  @Test("The form factor is chosen by its profile")
  func profile() throws {
    let text = "pages: { \"/\": { lcp: 2s, mobile: { lcp: 4s } } }"
    for (profile, budget) in [("lighthouse-mobile", 4_000), ("lighthouse-desktop", 2_000)] {
      let json = try exported(.lighthouse, text) { $0.profile = profile }.json() as? [[String: Any]]
      let timings = json?.first?["timings"] as? [[String: Any]]
      #expect(timings?.first?["budget"] as? Int == budget)
    }
  }
}
