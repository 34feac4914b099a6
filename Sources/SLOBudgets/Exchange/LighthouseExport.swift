import SLOModel
import SLOReaders
import SLOSupport

/// Lighthouse's `budget.json` (<https://github.com/GoogleChrome/budget.json>): sizes in KiB, counts, and timings, by
/// patterns of paths. Of several that match, Lighthouse holds a page to the last, so the most specific come last.
struct LighthouseExport {
  private let pages: ExportedSubjects
  private var notes = ExportNotes()

  private static let timings: Set<String> = [
    "first-contentful-paint", "first-meaningful-paint", "largest-contentful-paint", "interactive",
    "total-blocking-time", "max-potential-fid", "estimated-input-latency", "speed-index",
    "cumulative-layout-shift",
  ]

  init(_ budgets: Budgets, _ options: ExportOptions) { pages = ExportedSubjects(.page, budgets, options) }

  mutating func export() -> BudgetExport {
    pages.addNotes(to: &notes, of: "budget.json")
    var entries: [JSONText] = []
    for page in pages.all {
      if let entry = entry(of: page) { entries.append(entry) }
    }
    guard !entries.isEmpty else { return BudgetExport(files: [], notes: notes.lines) }
    notes.add(
      "Lighthouse takes budget.json up to version 11, and reports what is over without failing by itself")
    return BudgetExport(
      files: [BudgetExport.File(name: "budget.json", text: JSONText.array(entries).document)],
      notes: notes.lines)
  }

  private mutating func entry(of page: ExportedSubjects.Subject) -> JSONText? {
    guard let path = LighthouseExport.path(page.pattern) else {
      notes.add(
        "'\(page.pattern)': a path of budget.json begins with /, has one * at most, and no $", at: page.place)
      return nil
    }
    var sections: [(name: String, items: [JSONText])] = [
      ("resourceSizes", []), ("resourceCounts", []), ("timings", []),
    ]
    for standing in page.limits {
      guard let (section, item) = item(standing, page) else { continue }
      sections[section].items.append(item)
      notes.add(waiversOf: [standing])
    }
    let members = sections.filter { !$0.items.isEmpty }.map { ($0.name, JSONText.array($0.items)) }
    return members.isEmpty ? nil : .object([("path", .string(path))] + members)
  }

  private mutating func item(_ standing: LimitInForce, _ page: ExportedSubjects.Subject) -> (
    section: Int, item: JSONText
  )? {
    let limit = standing.limit
    let what = "\(page.pattern) \(limit.figure) \(limit.words)"
    guard limit.severity == .block else {
      notes.add("\(what): budget.json has one kind of limit, none that only warns", at: limit.place)
      return nil
    }
    let isResource = limit.metric.hasPrefix("resource.")
    guard limit.comparison.isUpper, isResource || LighthouseExport.timings.contains(limit.metric) else {
      notes.add("\(what): budget.json has no such limit", at: limit.place)
      return nil
    }
    if limit.comparison == .below {
      notes.add("\(what): budget.json lets the limit itself pass", at: limit.place)
    }
    if isResource {
      let isSize = limit.statistic == .size
      let budget = JSONText.plainNumber(isSize ? limit.bound / 1_024 : limit.bound)
      let type = JSONText.string(String(limit.metric.dropFirst("resource.".count)))
      return (isSize ? 0 : 1, .inline(.object([("resourceType", type), ("budget", budget)])))
    }
    return (
      2,
      .inline(.object([("metric", .string(limit.metric)), ("budget", JSONText.plainNumber(limit.bound))]))
    )
  }

  /// A path as robots.txt has it: a prefix, in which `*` stands for anything, up to `$`. Nil where there is none.
  static func path(_ pattern: String) -> String? {
    let pattern = pattern.hasPrefix("*") ? "/" + pattern : pattern
    guard pattern.hasPrefix("/"), !pattern.contains("$"), pattern.count(where: { $0 == "*" }) < 2 else {
      return nil
    }
    return pattern.hasSuffix("*") ? pattern : pattern + "$"
  }
}
