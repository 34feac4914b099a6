import SLOGate
import SLOModel

/// The verdicts of several services as one page: a table of all, then all that is said of each that a person has
/// something to do about, and in a fold of each that passed.
func htmlReport(of services: ServicesVerdict, review: (Verdict) -> Review) -> String {
  let sections = services.answers.enumerated().map { index, answer in
    section(of: answer, at: index, answer.verdict.map(review))
  }
  let contents = services.answers.enumerated().map { index, answer in
    HTML.element("li", .element("a", ["href": "#service-\(index + 1)"], .name(answer.name)))
  }
  let title = services.headline
  let banner = pageBanner(
    tone: services.code?.tone ?? "mind", symbol: services.code?.symbol ?? "?", word: services.word,
    .element("p", ["class": "lead"], .name(services.title))
      + .facts([
        ("Services", "\(services.answers.count)"), ("Exit code", "\(services.exitCode)"),
      ]))
  return pageDocument(
    title: title, banner: banner, contents: contents, sections: [table(of: services)] + sections,
    subject: counted(services.answers.count, "service"))
}

private func table(of services: ServicesVerdict) -> HTML {
  let rows = services.answers.enumerated().map { index, answer in
    [
      HTML.element("a", ["href": "#service-\(index + 1)"], .name(answer.name)), chip(answer),
      HTML.name(answer.sentence),
    ]
  }
  let columns: [PageTable.Column] = [.init(title: "Service"), .init(title: "Verdict"), .init(title: "Why")]
  let table = PageTable(
    caption: "The services, in the order of the file", columns: columns,
    groups: [PageTable.Group(title: nil, rows: rows)])
  return PageSection(id: "services", title: "Services", body: table.html).html
}

private func chip(_ answer: ServiceAnswer) -> HTML {
  .element(
    "span", ["class": "chip \(answer.tone)"],
    .element("span", ["aria-hidden": "true"], "\(answer.symbol)\u{A0}"), HTML(answer.word))
}

/// A service: its verdict, and the sections that a page of its own would have.
private func section(of answer: ServiceAnswer, at index: Int, _ review: Review?) -> HTML {
  let id = "service-\(index + 1)"
  let title = HTML.element("h2", ["id": "\(id)-title"], .name(answer.name)) + .element("p", chip(answer))
  let body: HTML
  if var review {
    review.anchor = "\(id)-"
    let parts = pageSections(of: review).map { $0.anchored(by: review.anchor) }
    body = review.banner + (answer.isOpen ? parts.joined() : folded(parts.joined()))
  } else {
    body = .element("p", HTML(answer.sentence))
  }
  return .element("section", ["id": id, "aria-labelledby": "\(id)-title", "class": "service"], title, body)
}

private func folded(_ parts: HTML) -> HTML {
  .element("details", ["class": "more"], .element("summary", "All that was judged"), parts)
}

extension Review {
  /// The answer and what it is about, within a page that has a banner already.
  fileprivate var banner: HTML {
    .element("p", .name(verdict.title ?? verdict.tally.joined(separator: " · "))) + pageFacts(of: self)
  }
}

extension PageSection {
  /// The same on a page with several verdicts.
  fileprivate func anchored(by anchor: String) -> HTML {
    PageSection(id: anchor + id, title: title, count: count, body: body).html
  }
}
