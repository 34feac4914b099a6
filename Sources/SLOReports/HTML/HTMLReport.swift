import SLOSupport
import SLOGate
import SLOModel

/// A verdict as a page in one file: it loads nothing, runs nothing, and forbids both by its own policy.
///
/// Sections are in the order in which somebody whose build is red asks for them. Of many findings the most severe are
/// explained, and of these the first have charts, so that a check of hundreds of endpoints stays below 2 MB.
package func htmlReport(of review: Review) -> String {
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
  return HTML.document(
    .element(
      "html", ["lang": "en"], head(of: review.verdict),
      body(of: review, (sections + subjectSections(of: review) + rest).compactMap(\.self))))
}

private func head(of verdict: Verdict) -> HTML {
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
    .element("title", .plain("\(verdict.word): \(verdict.service) at \(verdict.commit.shortSHA)")),
    .void("link", ["rel": "icon", "href": "data:,"]),
    .style)
}

private func body(of review: Review, _ sections: [PageSection]) -> HTML {
  .element(
    "body",
    .element("a", ["class": "skip", "href": "#main"], "Skip to the findings"),
    banner(of: review),
    .element(
      "nav", ["class": "wrap", "aria-label": "Contents"], .element("ul", [:], sections.map(\.link))),
    .element("main", ["class": "wrap", "id": "main"], sections.map(\.html)),
    .element(
      "footer", ["class": "wrap"],
      "\(Tool.description) · \(review.verdict.service) at \(review.verdict.commit.sha)"))
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
  let environment = verdict.environmentWords.prefix(8)
  let facts = HTML.facts([
    ("Service", .name(verdict.service)),
    ("Commit", commit(of: verdict)),
    ("Branch", .name(verdict.commit.branch ?? "unknown")),
    ("Environment", HTML(environment.isEmpty ? "unknown" : environment.joined(separator: " · "))),
    ("Judged", .element("time", ["datetime": review.time.description], "\(review.time.minute) UTC")),
    ("Exit code", "\(verdict.code.rawValue)"),
    ("Pull request", link(verdict.context.links.pullRequest, "open")),
    ("Build", link(verdict.context.links.build, "open")),
  ])
  return .element(
    "header", ["class": "banner \(tone(of: verdict))"],
    .element(
      "div", ["class": "wrap"],
      .element("p", ["class": "kicker"], "Release verdict by slogate"),
      .element(
        "h1", .element("span", ["class": "mark", "aria-hidden": "true"], HTML(symbol(of: verdict))),
        HTML(verdict.word)),
      verdict.title.map { .element("p", ["class": "lead"], .name($0)) } ?? .empty,
      .element(
        "p", ["class": verdict.title == nil ? "lead" : "counts"], HTML(verdict.tally.joined(separator: " · "))
      ), facts))
}
