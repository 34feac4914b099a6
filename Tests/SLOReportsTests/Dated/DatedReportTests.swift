import SLOGate
import SLOModel
import TestSupport
import Testing

@testable import SLOReports

@Suite("The dated report")
struct DatedReportTests {
  private static let time = Timestamp(rfc3339: "2026-06-01T12:00:00Z")

  @Test("As people keep it", arguments: ["passing", "blocked", "inconclusive"])
  func text(name: String) throws {
    let verdict = try GoldenTests.scene(name).verdict()
    try expectGolden(datedReport(of: verdict, at: #require(Self.time)), "\(name)-summary.md")
  }

  @Test("Web pages are a table of their own")
  func pages() throws {
    let pages = ["/", "/cart"].flatMap { page in
      [
        value("performance", .score, 0.93, of: page, profile: "lighthouse-mobile"),
        value("largest-contentful-paint", .value, 2_100, of: page, profile: "lighthouse-mobile"),
      ]
    }
    let text = datedReport(of: try Scene(runs: [pages]).verdict(), at: try #require(Self.time))
    #expect(text.contains("## Web pages: lighthouse-mobile"))
    #expect(text.contains("| page | Performance | LCP |\n| --- | --: | --: |\n| / | 0.93 | 2.1 s |"))
  }

  @Test("No untrusted word breaks a row or becomes markup", arguments: Hostile.texts)
  func hostile(text: String) throws {
    func lines(_ text: String) throws -> [Substring] {
      let report = datedReport(of: try Hostile.verdict(text), at: try #require(Self.time))
      return report.split(separator: "\n", omittingEmptySubsequences: false)
    }
    let shown = try lines(text)
    for line in shown {
      let ours = /<\/?code>|<!-- -->/.matchingSemantics(.unicodeScalar)
      let bare = line.replacing(ours, with: "").unicodeScalars
      if !line.hasPrefix("slogate explain") { #expect(!bare.contains("<"), "\(line)") }
      if line.hasPrefix("| "), !line.hasPrefix("| ---") {
        #expect(line.hasSuffix(" |"))
      }
    }
    // Commands that cannot be pasted are left out.
    let tables = { (lines: [Substring]) in lines.count { $0.hasPrefix("|") } }
    #expect(try tables(shown) == tables(lines("x")))
  }
}
