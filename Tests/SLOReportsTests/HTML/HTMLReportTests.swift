import Foundation
import SLOBudgets
import SLOSupport
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import Testing

@testable import SLOReports

@Suite("The page of a verdict")
struct HTMLReportTests {
  static let scenes = ["passing", "blocked", "inconclusive"]

  private func page(_ name: String) throws -> String {
    htmlReport(of: try GoldenTests.scene(name).review())
  }

  @Test("It loads nothing, runs nothing, and its own policy forbids both", arguments: scenes)
  func policy(name: String) throws {
    let page = try page(name)
    let markup = try Markup(page)
    let policies = markup.elements.filter { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    let policy = try #require(policies.first?.attributes["content"])
    let sheet = try #require(page.split(separator: "<style>").last?.split(separator: "</style>").first)
    let digest = Data(SHA256Digest(of: String(sheet)).bytes).base64EncodedString()
    #expect(
      policy
        == "default-src 'none'; style-src 'sha256-\(digest)'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    #expect(!page.contains("url(") && !page.contains("@import"))
    try expectHarmless(markup)
  }

  @Test(
    "It can be read without eyes: language, landmarks, headings in order, captions, names", arguments: scenes)
  func accessibility(name: String) throws {
    let elements = try Markup(page(name)).elements
    #expect(elements.first?.attributes["lang"] == "en")
    for landmark in ["header", "nav", "main", "footer", "h1"] {
      #expect(elements.count { $0.name == landmark } == 1, "\(landmark)")
    }
    let headings = elements.compactMap { element in
      element.name.count == 2 && element.name.first == "h" ? element.name.last?.wholeNumberValue : nil
    }
    #expect(zip(headings, headings.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(headings)")
    #expect(elements.count { $0.name == "table" } == elements.count { $0.name == "caption" })
    for element in elements {
      if element.name == "th" { #expect(element.attributes["scope"] != nil) }
      if element.name == "svg" {
        #expect(element.attributes["role"] == "img" && element.attributes["aria-label"]?.isEmpty == false)
      }
    }
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for element in elements {
      let target =
        element.attributes["aria-labelledby"] ?? element.attributes["href"]?.dropFirst().description
      if let target, element.name != "link" { #expect(ids.contains(target), "\(target)") }
    }
  }

  @Test("Colour is never alone: whatever is coloured says so in a word")
  func words() throws {
    let text = try Markup(page("blocked")).text
    for part in [
      "✗Blocked", "✗\u{A0}OVER by 53.1\u{A0}%", "✗\u{A0}SLOWER +39.6\u{A0}%",
      "~\u{A0}WAIVED until 2026-08-01",
      "payments-team; limit at budgets/gateway.yaml:5", "by ops until 2026-08-01: SRE-900 cold start",
      "line 4: <&>",
      "this change, 9f3c1ab04d", "?\u{A0}MISSING",
      "git log", "SRE-812 token cache", "GET /health",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test(
    "A long word may be broken between its parts, not within them",
    arguments: [
      ("http_req_duration.p99 of all", "http_|req_|duration.|p99 of all"), ("error_rate", "error_rate"),
      ("GET /api/v2/items", "GET /api/v2/items"),
      ("GET /api/v2/resources-17/{id}/items", "GET /api/|v2/|resources-17/{id}/|items"),
      ("budgets/gateway/prod.yaml:12", "budgets/|gateway/|prod.|yaml:12"),
      ("127.100.100.100:8080/9", "127.100.100.100:8080/9"),
    ])
  func parts(text: String, expected: String) {
    #expect(HTML(text).source.replacing("<wbr>", with: "|") == expected)
  }

  @Test("What could not be judged is not called good")
  func nothingJudged() throws {
    var review = try Scenes.passing.review().verdict
    review.findings = []
    #expect(review.quiet == "Nothing was held against a budget or against a history.")
    review = try Scenes.passing.review().verdict
    review.gaps = ["spike: no request at all"]
    #expect(review.quiet.hasPrefix("Of what could be judged"))
  }

  @Test(
    "A chart holds the value judged, and the level it was held against", arguments: ["passing", "blocked"])
  func charts(name: String) throws {
    let scene = GoldenTests.scene(name)
    let review = try scene.review()
    #expect(!review.trends.isEmpty)
    for (series, trend) in review.trends {
      let finding = try #require(review.verdict.findings.first { $0.series == series })
      #expect(trend.latest.commit.sha == scene.commit.sha)
      #expect(trend.latest.value == finding.value)
      #expect(ChartScale(of: trend, ticks: 5).high >= trend.latest.value)
      if let judgement = finding.regression?.judgement,
        judgement.levelStart == trend.current.points.lowerBound
      {
        #expect(trend.current.median == judgement.typical)
      }
    }
  }

  @Test("Hundreds of endpoints that all broke stay below 2 MB")
  func size() throws {
    let names = (0..<500).map { "GET /api/v2/resources-\($0)/items" }
    let statistics: [Statistic] = [.median, .p90, .p95, .p99, .maximum]
    let values = names.flatMap { name in statistics.map { latency($0, 700, of: name) } }
    let levels = names.flatMap { name in
      [Statistic.median, .p95].map { (latency($0, 0, of: name).series, 500.0) }
    }
    let scene = Scene(
      budget: "version: 1\ndefaults: { baseline: { p95: 400ms } }", runs: [values],
      windows: ["baseline": window(of: levels, commits: 12)])
    let page = htmlReport(of: try scene.review())
    #expect(page.utf8.count < 2_000_000)
    let text = try Markup(page).text
    for name in names { #expect(text.contains(name)) }
  }

  @Test("No untrusted word becomes markup, and none is lost", arguments: Hostile.texts)
  func hostile(text: String) throws {
    var scene = Scenes.blocked
    var window = try #require(scene.windows["baseline"])
    for index in window.commits.indices { window.commits[index].sha = text + window.commits[index].sha }
    scene.windows["baseline"] = window
    var verdict = try Hostile.verdict(text)
    for key in ["host\(text)", "page"] { verdict.runs[0].run.reading.facts[key] = text }
    try expectInert(Review(of: verdict) { _ in text }, text) { spot in
      // Of a name too long to read only the endpoint's is there in full.
      spot == .endpoint
        || (text.utf8.count < 100 && !spot.isAbbreviated && !HTMLReportTests.ofLevels.contains(spot))
    }
  }

  /// What is reported of series that the blocked release has already.
  private static let ofLevels: [Hostile.Spot] = [.anchor, .acceptedBy]

  @Test("Whoever accepted a level, and what it drifted from, is reported inertly", arguments: Hostile.texts)
  func hostileLevels(text: String) throws {
    guard text.utf8.count < 100 else { return }
    var verdict = try Scenes.drifted.verdict()
    for spot in HTMLReportTests.ofLevels { spot.put(text + spot.rawValue, into: &verdict) }
    let review = Review(of: verdict)
    try expectInert(review, text) { HTMLReportTests.ofLevels.contains($0) }
  }

  private func expectInert(_ review: Review, _ text: String, shows: (Hostile.Spot) -> Bool) throws {
    let markup = try Markup(htmlReport(of: review))
    try expectHarmless(markup)
    #expect(!markup.text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    let page = Data(markup.text.utf8)
    for spot in Hostile.Spot.allCases where shows(spot) {
      let name = VisibleText.escaped(text + spot.rawValue).replacing(" %", with: "\u{A0}%")
      // Not within #expect, which would describe both, byte by byte.
      let isShown = page.range(of: Data(name.utf8)) != nil
      #expect(isShown, "\(spot)")
    }
  }
}

/// Fails for any element or attribute with an effect, and any address but a place in the page.
private func expectHarmless(_ markup: Markup) throws {
  let known: Set = [
    "html", "head", "meta", "title", "link", "style", "body", "a", "header", "nav", "main", "footer",
    "section", "div",
    "p", "h1", "h2", "h3", "h4", "span", "small", "b", "bdi", "code", "pre", "ul", "ol", "li", "dl", "dt",
    "dd", "time",
    "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "g", "rect", "line",
    "polyline", "circle", "text", "wbr", "figure", "figcaption", "desc", "polygon",
  ]
  for element in markup.elements {
    #expect(known.contains(element.name), "\(element.name)")
    for (name, value) in element.attributes {
      #expect(!name.hasPrefix("on") && !["style", "src", "srcset", "action", "srcdoc"].contains(name))
      if name == "href" { #expect(value == "data:," || value.hasPrefix("#")) }
    }
  }
}
