import SLOModel
import SLOReaders
import SLOSupport

/// sitespeed.io's budget.json: what holds for every page, and for each page by its path as alias what goes before that.
struct SitespeedExport {
  private let pages: ExportedSubjects
  private var notes = ExportNotes()

  init(_ budgets: Budgets, _ options: ExportOptions) { pages = ExportedSubjects(.page, budgets, options) }

  mutating func export() -> BudgetExport {
    pages.addNotes(to: &notes, of: "budget.json")
    var general: [Section] = []
    var special: [(page: String, sections: [Section])] = []
    for page in pages.all {
      if ["*", "/*"].contains(page.pattern) {
        general = sections(of: page, besides: [])
      } else if EndpointPattern(page.pattern).isExact {
        special.append((page.pattern, sections(of: page, besides: general)))
      } else {
        notes.add(
          "'\(page.pattern)' is left out: budget.json has limits for every page and for one, none for a pattern",
          at: page.place)
      }
    }
    special.removeAll { $0.sections.isEmpty }
    guard !general.isEmpty || !special.isEmpty else { return BudgetExport(files: [], notes: notes.lines) }
    if !special.isEmpty {
      notes.add("pages stand under their paths: give these as aliases, or write the addresses instead")
    }
    let members =
      general.map(\.member) + special.map { ($0.page, JSONText.object($0.sections.map(\.member))) }
    return BudgetExport(
      files: [
        BudgetExport.File(
          name: "sitespeed.budget.json", text: JSONText.object([("budget", .object(members))]).document)
      ], notes: notes.lines)
  }

  private struct Section {
    var name: String
    var figures: [(name: String, value: Double)]

    var member: (String, JSONText) { (name, .object(figures.map { ($0.name, .plainNumber($0.value)) })) }
  }

  /// The sections of a page in the order of their first figures.
  /// - Parameter general: what holds for every page, and is not written again.
  private mutating func sections(of page: ExportedSubjects.Subject, besides general: [Section]) -> [Section] {
    var sections: [Section] = []
    for standing in page.limits {
      guard !isWritten(standing.limit, in: general), let figure = figure(standing.limit, page) else {
        continue
      }
      let value = figure.value(of: standing.limit.bound)
      if let index = sections.firstIndex(where: { $0.name == figure.section }) {
        sections[index].figures.append((figure.name, value))
      } else {
        sections.append(Section(name: figure.section, figures: [(figure.name, value)]))
      }
      notes.add(waiversOf: [standing])
    }
    return sections
  }

  private func isWritten(_ limit: Limit, in general: [Section]) -> Bool {
    guard let figure = SitespeedFigure.figure(of: limit), limit.severity == .block else { return false }
    let value = figure.value(of: limit.bound)
    return general.contains { section in
      section.name == figure.section && section.figures.contains { $0 == (figure.name, value) }
    }
  }

  /// The figure of a limit; nil, with a note, where there is none.
  private mutating func figure(_ limit: Limit, _ page: ExportedSubjects.Subject) -> SitespeedFigure? {
    let what = "\(page.pattern) \(limit.figure) \(limit.words)"
    guard limit.severity == .block else {
      notes.add("\(what): budget.json has one kind of limit, none that only warns", at: limit.place)
      return nil
    }
    guard let figure = SitespeedFigure.figure(of: limit), figure.isScore != limit.comparison.isUpper else {
      notes.add("\(what): budget.json has no such limit", at: limit.place)
      return nil
    }
    if [.below, .above].contains(limit.comparison) {
      notes.add("\(what): budget.json lets the limit itself pass", at: limit.place)
    }
    if figure.section == SitespeedFigure.userTimings {
      notes.add(
        "\(what): name it as the page does, '\(figure.name)' is Lighthouse CI's form", at: limit.place)
    }
    return figure
  }
}

extension JSONText {
  /// A number, without a point where it is a whole one.
  static func plainNumber(_ value: Double) -> JSONText {
    Int(exactly: value).map { .int($0) } ?? .number(value)
  }
}
