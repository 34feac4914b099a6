import SLOBudgets
import SLOModel
import SLOSupport

/// What an export has to say beside its files, each thing once.
struct ExportNotes {
  private(set) var lines: [String] = []

  mutating func add(_ text: String, at place: Place? = nil) {
    let start = place.map { $0.line > 0 ? "\($0): " : "" } ?? ""
    let line = VisibleText.escaped(start + text)
    if !lines.contains(line) { lines.append(line) }
  }

  /// What no target but slogate itself does.
  mutating func addGeneral(of budgets: Budgets, _ options: ExportOptions) {
    if let place = budgets.repetitionsPlace, budgets.repetitions > 1 {
      add("repetitions are counted by slogate alone", at: place)
    }
    if let place = budgets.regressionPlace {
      add("regressions against the history are judged by slogate alone", at: place)
    }
    if let place = budgets.firstChangeLimit {
      add("limits on changes (max_increase, max_decrease) are judged by slogate alone", at: place)
    }
    for waiver in budgets.waiversOfUnknownReach(at: options.now) {
      add(
        "the waiver of \(waiver.title) is not taken along: which endpoints it is for is not known here",
        at: waiver.place)
    }
  }

  /// That limits are looser for a while.
  mutating func add(waiversOf limits: [StandingLimit]) {
    for waiver in limits.compactMap(\.waiver) {
      add(
        "the limit is that of the waiver of \(waiver.title) until \(waiver.until): export again then",
        at: waiver.place)
    }
  }

  /// Every rule is told that is left out.
  mutating func add(
    rulesOf budgets: Budgets, _ reason: String, where isLeftOut: (Rule) -> Bool = { _ in true }
  ) {
    for rule in budgets.rules where isLeftOut(rule) {
      add("the rule '\(rule.text)' is left out: \(reason)", at: rule.place)
    }
  }

  /// The notes as comments.
  func comments(_ mark: String) -> String { lines.map { "\(mark) \($0)\n" }.joined() }
}
