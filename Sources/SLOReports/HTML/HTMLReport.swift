import SLOSupport
import SLOGate
import SLOModel

/// A verdict as a page in one file: it loads nothing, runs nothing, and forbids both by its own policy.
///
/// Sections are in the order in which somebody whose build is red asks for them. Of many findings the most severe are
/// explained, and of these the first have charts, so that a check of hundreds of endpoints stays below 2 MB.
package func htmlReport(of review: Review) -> String {
  let verdict = review.verdict
  let sections = pageSections(of: review)
  return pageDocument(
    title: "\(verdict.code.word): \(verdict.service) at \(verdict.commit.shortSHA)",
    banner: banner(of: review), contents: sections.map(\.link), sections: sections.map(\.html),
    subject: "\(verdict.service) at \(verdict.commit.sha)")
}

/// What a page says of a verdict below its banner.
func pageSections(of review: Review) -> [PageSection] {
  let open = openSection(of: review)
  let isOpen = review.verdict.code == .inconclusive
  let sections: [PageSection?] = [
    isOpen ? open : nil, answerSection(of: review), findingsSection(of: review), isOpen ? nil : open,
    explainedSection(of: review), budgetsSection(of: review), figuresSection(of: review),
  ]
  let rest = [
    endpointsSection(of: review), coverageSection(of: review), warningsSection(of: review),
    waiversSection(of: review), measuredSection(of: review), noticesSection(of: review),
    readingSection(of: review),
  ]
  return (sections + subjectSections(of: review) + rest).compactMap(\.self)
}

/// A page.
/// - Parameters:
///   - contents: the links to its sections.
///   - subject: what it is about, at its foot.
func pageDocument(title: String, banner: HTML, contents: [HTML], sections: [HTML], subject: String) -> String
{
  HTML.document(
    .element(
      "html", ["lang": "en"], head(titled: title),
      .element(
        "body",
        .element("a", ["class": "skip", "href": "#main"], "Skip to the findings"),
        banner,
        .element(
          "nav", ["class": "wrap", "aria-label": "Contents"], .element("ul", [:], contents)),
        .element("main", ["class": "wrap", "id": "main"], sections),
        .element("footer", ["class": "wrap"], "\(Tool.description) · \(subject)"))))
}

private func head(titled title: String) -> HTML {
  let policy =
    "default-src 'none'; style-src 'sha256-\(Base64.text(SHA256Digest(of: pageStyle).bytes))'; img-src data:;"
    + " base-uri 'none'; form-action 'none'"
  return .element(
    "head",
    .void("meta", ["charset": "utf-8"]),
    .void("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
    .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
    .void("meta", ["name": "color-scheme", "content": "light dark"]),
    .void("meta", ["name": "generator", "content": Tool.description]),
    .void("meta", ["name": "referrer", "content": "no-referrer"]),
    .element("title", .plain(title)),
    .void("link", ["rel": "icon", "href": "data:,"]),
    .style)
}

/// The commit judged, with git's words on it and its page, as far as they are known.
private func commit(of verdict: Verdict) -> HTML {
  let sha = verdict.commit.sha
  let name = HTML.code(verdict.commit.shortSHA)
  let page = verdict.context.links.page(ofCommit: sha)
  let words = verdict.context.commits[sha].map { " \($0.subject) (\($0.author))" } ?? ""
  return (page.map { .element("a", ["href": $0], name) } ?? name) + HTML(words)
}

private func link(_ address: String?, _ words: String) -> HTML {
  address.map { .element("a", ["href": $0], HTML(words)) } ?? .empty
}

/// The answer, and what it is about.
private func banner(of review: Review) -> HTML {
  let verdict = review.verdict
  let title = verdict.title.map { HTML.element("p", ["class": "lead"], .name($0)) } ?? .empty
  let counts = HTML.element(
    "p", ["class": verdict.title == nil ? "lead" : "counts"], HTML(verdict.tally.joined(separator: " · ")))
  return pageBanner(
    tone: verdict.code.tone, symbol: verdict.code.symbol, word: verdict.code.word,
    title + counts + pageFacts(of: review))
}

/// The head of a page: the answer in a word, and what is below it.
func pageBanner(tone: String, symbol: String, word: String, _ rest: HTML) -> HTML {
  .element(
    "header", ["class": "banner \(tone)"],
    .element(
      "div", ["class": "wrap"],
      .element("p", ["class": "kicker"], "Release verdict by slogate"),
      .element("h1", .element("span", ["class": "mark", "aria-hidden": "true"], HTML(symbol)), HTML(word)),
      rest))
}

/// What a verdict is about.
func pageFacts(of review: Review) -> HTML {
  let verdict = review.verdict
  let environment = verdict.environmentWords.prefix(8)
  return HTML.facts([
    ("Service", .name(verdict.service)),
    ("Commit", commit(of: verdict)),
    ("Branch", .name(verdict.commit.branch ?? "unknown")),
    ("Environment", HTML(environment.isEmpty ? "unknown" : environment.joined(separator: " · "))),
    ("Judged", .element("time", ["datetime": review.time.description], "\(review.time.minute) UTC")),
    ("Exit code", "\(verdict.code.rawValue)"),
    ("Pull request", link(verdict.context.links.pullRequest, "open")),
    ("Build", link(verdict.context.links.build, "open")),
  ])
}
