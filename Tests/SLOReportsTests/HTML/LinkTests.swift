import SLOBudgets
import SLOGate
import SLOModel
import Testing

@testable import SLOReports

@Suite("Links from a verdict to the code host")
struct LinkTests {
  private static let sha = "9f3c1ab04d2e77a1c0b5"

  @Test(
    "A line of a file has a page where its path stays within the repository",
    arguments: [
      ("budgets/shop.yaml", "/budgets/shop.yaml#L7"), ("./shop.yaml", "/shop.yaml#L7"),
      ("a b/ü\"><(x).yaml", "/a%20b/%C3%BC%22%3E%3C%28x%29.yaml#L7"), ("../shop.yaml", nil),
      ("budgets/../../shop.yaml", nil), ("/etc/shop.yaml", nil), ("", nil), (".", nil),
    ])
  func path(path: String, page: String?) {
    let pages = FilePages(base: "https://git.example/o/r/blob/")
    let found = pages.page(ofLine: 7, in: path, at: LinkTests.sha)
    #expect(found == page.map { "https://git.example/o/r/blob/\(LinkTests.sha)\($0)" })
  }

  @Test("It is of a commit and a line that are known, in the folder of the process")
  func known() {
    var pages = FilePages(base: "https://git.example/o/r/-/blob/", folder: "services/gate way/")
    #expect(
      pages.page(ofLine: 1, in: "b.yaml", at: LinkTests.sha)
        == "https://git.example/o/r/-/blob/\(LinkTests.sha)/services/gate%20way/b.yaml#L1")
    #expect(pages.page(ofLine: 0, in: "b.yaml", at: LinkTests.sha) == nil)
    #expect(pages.page(ofLine: 1, in: "b.yaml", at: "unknown") == nil)
    pages = FilePages(base: "https://dev.example/o/_git/r?version=GC", form: .query)
    let page = pages.page(ofLine: 4, in: "b&c.yaml", at: LinkTests.sha)
    #expect(
      page?.hasPrefix("https://dev.example/o/_git/r?version=GC\(LinkTests.sha)&path=/b%26c.yaml&line=4&")
        == true)
  }

  private func verdict() throws -> Verdict { try Scenes.slowEndpoint.verdict() }

  @Test("Sentences lead to the commits and lines that they name as whole words")
  func words() throws {
    let links = LinkedText(of: try verdict())
    let line =
      "https://git.example/shop/gateway/blob/\(LinkTests.sha)/services/gate%20way/budgets/gateway.yaml"
    let commit = "https://git.example/shop/gateway/commit/\(LinkTests.sha)"
    #expect(
      links.pieces(of: "limit at budgets/gateway.yaml:5, since 9f3c1ab04d: it") == [
        .init(text: "limit at "), .init(text: "budgets/gateway.yaml:5", page: line + "#L5"),
        .init(text: ", since "), .init(text: "9f3c1ab04d", page: commit), .init(text: ": it"),
      ])
    for text in ["budgets/gateway.yaml:51", "x/budgets/gateway.yaml:5", "9f3c1ab04d2", "", "a, b (c)"] {
      #expect(links.pieces(of: text).allSatisfy { $0.page == nil }, "\(text)")
      #expect(links.pieces(of: text).map(\.text).joined() == text)
    }
    #expect(links.pieces(of: "git log 41d0e77..9f3c1ab04d").last?.page == commit)
  }

  @Test("The page and the comment lead to the line of the limit; neither leads anywhere without a code host")
  func surfaces() throws {
    var verdict = try verdict()
    let line = "/blob/\(LinkTests.sha)/services/gate%20way/budgets/gateway.yaml#L"
    let page = htmlReport(of: Review(of: verdict))
    for section in ["answer", "findings", "explained"] {
      let start = try #require(page.firstRange(of: "id=\"\(section)\""))
      let end = page[start.upperBound...].firstRange(of: "</section>")?.lowerBound ?? page.endIndex
      #expect(page[start.upperBound..<end].contains(line), "\(section)")
    }
    #expect(markdownReport(of: verdict).contains("limit at [budgets/gateway.yaml:"))
    #expect(markdownReport(of: verdict).contains(line))
    verdict.context.links = VerdictLinks()
    #expect(!htmlReport(of: Review(of: verdict)).contains("https://"))
    #expect(!markdownReport(of: verdict).contains("https://"))
  }
}
