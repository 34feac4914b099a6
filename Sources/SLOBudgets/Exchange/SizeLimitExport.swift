import SLOModel
import SLOReaders
import SLOSupport

/// size-limit's checks (<https://github.com/ai/size-limit#config>): a list of files, each with one limit on its size or
/// on the time it takes. A kB is 1000 bytes.
struct SizeLimitExport {
  private let bundles: ExportedSubjects
  private var notes = ExportNotes()

  init(_ budgets: Budgets, _ options: ExportOptions) { bundles = ExportedSubjects(.size, budgets, options) }

  mutating func export() -> BudgetExport {
    bundles.addNotes(to: &notes, of: ".size-limit.json")
    var checks: [JSONText] = []
    for bundle in bundles.all {
      for standing in bundle.limits {
        guard let check = check(standing.limit, bundle) else { continue }
        checks.append(.inline(.object(check)))
        notes.add(waiversOf: [standing])
      }
    }
    guard !checks.isEmpty else { return BudgetExport(files: [], notes: notes.lines) }
    notes.add(
      "every check has the name of its entry as path: give a path of its own where that is another name")
    return BudgetExport(
      files: [BudgetExport.File(name: ".size-limit.json", text: JSONText.array(checks).document)],
      notes: notes.lines)
  }

  /// The members of a check; nil, with a note, where there is none.
  private mutating func check(
    _ limit: Limit, _ bundle: ExportedSubjects.Subject
  ) -> [(String, JSONText)]? {
    let what = "\(bundle.pattern) \(limit.figure) \(limit.words)"
    guard limit.severity == .block else {
      notes.add("\(what): size-limit has one kind of limit, none that only warns", at: limit.place)
      return nil
    }
    let how: [String: [(String, JSONText)]] = [
      "size": [], "brotli": [("brotli", .bool(true))], "gzip": [("gzip", .bool(true))],
      "raw": [("brotli", .bool(false))], "time": [],
    ]
    guard limit.comparison.isUpper, limit.statistic == .value, let options = how[limit.metric] else {
      notes.add("\(what): size-limit has no such limit", at: limit.place)
      return nil
    }
    if limit.comparison == .below {
      notes.add("\(what): size-limit lets the limit itself pass", at: limit.place)
    }
    let number = BoundText.decimal(limit.bound)
    return [("name", .string(bundle.pattern)), ("path", .string(bundle.pattern))] + options + [
      ("limit", .string(limit.metric == "time" ? "\(number) ms" : "\(number) B"))
    ]
  }
}
