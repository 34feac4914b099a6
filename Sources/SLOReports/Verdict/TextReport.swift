package import SLOGate
import SLOModel
import SLOSupport

/// The verdict for a person at a terminal or in a build log: the answer, a block for each story, and little more.
/// - Parameter isVerbose: whether all is reported: context, every story, every remark, and how it was judged.
package func textReport(of verdict: Verdict, style: TextStyle, isVerbose: Bool = false) -> String {
  let text = VerdictText(verdict: verdict, style: style, isVerbose: isVerbose)
  let head = text.title + text.context
  let sections = [head] + text.stories + [text.remarks + text.steps + text.closing]
  return VisibleText.inert(
    sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n")
}

/// The parts of the text of a verdict.
private struct VerdictText {
  private let verdict: Verdict
  private let style: TextStyle
  private let isVerbose: Bool
  /// What to do; under --verbose after how it was judged.
  let steps: [String]
  /// Remarks as far as there is room.
  let remarks: [String]
  /// How many more there are.
  private let hiddenRemarks: Int

  init(verdict: Verdict, style: TextStyle, isVerbose: Bool) {
    (self.verdict, self.style, self.isVerbose) = (verdict, style, isVerbose)
    let line = { (label: String, text: String) in labelled(label, VisibleText.escaped(text), style) }
    steps =
      (isVerbose ? verdict.grounds.map { line("why", $0) } ?? [] : []) + labelled(verdict.advice, style)
    let all = VerdictText.remarks(on: verdict, isVerbose)
    let lines = all.map { (label: $0.label, text: line($0.label, $0.text)) }
    let room = verdict.code == .pass ? 10 : 3 - min(steps.count, 2)
    let shown = isVerbose ? 100 : VerdictText.fitting(lines, room)
    remarks = lines.prefix(shown).flatMap(\.text)
    hiddenRemarks = all.count - min(all.count, shown)
  }

  /// Stories shown in full; where there are more, fewer are, and the others have a line each.
  private static let mostInFull = 5
  private static let fewInFull = 3
  /// Stories shown at all: a log of thousands hides the first.
  private static let mostStories = 20
  private static let mostVerbose = 100

  private var isGreen: Bool { verdict.code == .pass }

  // MARK: The answer

  var title: [String] {
    let answer = VisibleText.escaped(verdict.title ?? verdict.tally.joined(separator: " · "))
    return hanging(verdict.code.loudWord + "  ", answer).map { style.paint($0, .bold, verdict.code.colour) }
  }

  /// What was judged and what it was held against.
  var context: [String] {
    guard isVerbose else {
      return [style.paint(shortened(VisibleText.escaped(verdict.contextLine), to: style.width), .dim)]
    }
    let environment = verdict.environmentWords
    let commit = verdict.name(ofCommit: verdict.commit.sha)
    let branch = verdict.commit.branch.map { " (\($0))" } ?? ""
    return [""] + line("commit", "\(commit)\(branch) · service \(verdict.service)")
      + line("env", environment.isEmpty ? "unknown" : environment.joined(separator: " · "))
      + verdict.comparisons.flatMap { comparison in
        line("vs", verdict.reference(of: comparison)) + (comparison.sizingSentence.map { line("", $0) } ?? [])
      }
  }

  // MARK: What broke or moved

  /// A block for each story that blocks or leaves the verdict open, then the others in a line each.
  var stories: [[String]] {
    let all = verdict.stories(Finding.Outcome.bySeverity)
    let decisive = all.filter { isVerbose || verdict.isDecided(by: $0) }
    let count = decisive.count <= VerdictText.mostInFull || isVerbose ? decisive.count : VerdictText.fewInFull
    let full = decisive.prefix(count).map(block)
    let brief = all.filter { !isVerbose && !verdict.isDecided(by: $0) }
    let most = isVerbose ? VerdictText.mostVerbose : VerdictText.mostStories
    let others = Array(decisive.dropFirst(count)) + brief
    let lines = others.prefix(most - count).flatMap(line)
    let hidden = others.count - min(others.count, most - count)
    let more =
      hidden > 0
      ? ["… and \(counted(hidden, "more", noun(of: others.map(\.kind)))) like these (--verbose)"] : []
    return openBlocks + full.prefix(most) + [ruleLines, lines + more]
  }

  private func block(_ story: Story) -> [String] {
    guard let words = StoryWords(story, in: verdict) else { return [] }
    let others = isVerbose ? story.all.dropFirst().map { StoryWords.headline(of: FindingRow($0)) } : []
    return headline(words)
      + words.facts.filter { !isVerbose || $0.label != .also }.flatMap {
        indented($0.label.rawValue, $0.text)
      }
      + others.enumerated().flatMap { indented($0.offset == 0 ? "also" : "", $0.element) }
  }

  private func headline(_ words: StoryWords) -> [String] {
    hanging(words.symbol + " ", words.headline).map { style.paint($0, .bold, words.colour) }
  }

  /// A story in a line, with what a person has to know to act on it.
  private func line(_ story: Story) -> [String] {
    guard let words = StoryWords(story, in: verdict), let lead = story.lead else { return [] }
    let facts = words.facts.compactMap { fact -> String? in
      switch fact.label {
      case .was: lead.outcome == .improved ? fact.sentence : words.change
      case .since: lead.past?.novelty == .new ? nil : fact.sentence
      case .also: story.hidesLimit ? fact.sentence : nil
      case .waived: fact.sentence
      case .owner: lead.outcome == .improved ? nil : fact.text.split(separator: ";").first.map(String.init)
      default: nil
      }
    }.map { " · \($0)" }.joined()
    return hanging(style.paint(words.symbol, words.colour) + " ", words.headline + facts, mark: 2)
  }

  private var ruleLines: [String] {
    verdict.openRules.prefix(10).flatMap { hanging($0.mark + " ", VisibleText.escaped($0.sentence)) }
  }

  /// Why the verdict is open, where no value says so.
  private var openBlocks: [[String]] {
    let gaps = unique(Array(verdict.openGaps))
    let isTold = verdict.stories(Finding.Outcome.decisive).contains { $0.breadth != nil }
    let factors = isGreen || isTold ? [] : verdict.factors
    let shown = gaps.prefix(10).map { ("? ", $0) } + factors.prefix(4).map { ("✗ ", $0) }
    let more = gaps.count > 10 ? ["… and \(gaps.count - 10) more that could not be judged"] : []
    return [shown.flatMap { hanging($0.0, VisibleText.escaped($0.1)) } + more]
  }

  // MARK: What there is to know besides it

  private static func remarks(on verdict: Verdict, _ isVerbose: Bool) -> [(label: String, text: String)] {
    let compared = isVerbose ? [] : unique(verdict.uncompared).map { ("vs", $0) }
    let loosened = (verdict.budgetReview?.sentences ?? []).map { ("budget", $0) }
    let warnings = unique(verdict.warnings).map { ("warn", $0) }
    let factors = verdict.code == .pass ? verdict.factors.map { ("host", $0) } : []
    let waivers = verdict.waiverSentences.map { ("waiver", $0) }
    let unbudgeted = isVerbose ? [verdict.unbudgetedSentence].compactMap { $0.map { ("note", $0) } } : []
    let notes = unique(verdict.notices).map { ("note", $0) }
    let details = isVerbose ? unique(verdict.details).map { ("note", $0) } : []
    return warnings + loosened + compared + factors + waivers + notes + unbudgeted + details
  }

  /// How many remarks fit into some lines; one that warns is shown in any case.
  private static func fitting(_ remarks: [(label: String, text: [String])], _ room: Int) -> Int {
    var room = room
    let fitting = remarks.prefix { remark in
      room -= remark.text.count
      return room >= 0
    }
    return max(fitting.count, remarks.contains { $0.label == "warn" } ? 1 : 0)
  }

  /// The counts, and where the rest is.
  var closing: [String] {
    let more = hiddenRemarks > 0 ? ["\(counted(hiddenRemarks, "more remark")): --verbose"] : []
    let counts = (verdict.title == nil ? [] : verdict.tally) + verdict.quietCounts + more
    return wrapped(VisibleText.escaped(counts.joined(separator: " · ")), to: style.width)
  }

  // MARK: Layout

  private func indented(_ label: String, _ text: String) -> [String] {
    labelled(label, text, TextStyle(isColoured: style.isColoured, width: style.width - 2)).map { "  " + $0 }
  }

  private func line(_ label: String, _ text: String) -> [String] {
    labelled(label, VisibleText.escaped(text), style)
  }

  /// A text after its mark; further lines begin below its first word.
  private func hanging(_ mark: String, _ text: String, mark width: Int? = nil) -> [String] {
    let width = width ?? columns(of: mark)
    return wrapped(text, to: style.width - width).enumerated().map { index, line in
      (index == 0 ? mark : String(repeating: " ", count: width)) + line
    }
  }
}

extension Story {
  /// Whether a figure next to the lead is beyond a limit of its own, or has one that could not be judged.
  fileprivate var hidesLimit: Bool {
    findings.dropFirst().contains { $0.isBeyondLimit || $0.outcome == .missing }
  }
}

extension Verdict {
  /// Whether a story blocks the release or leaves the verdict open; under --strict, whether it warns.
  func isDecided(by story: Story) -> Bool {
    let outcomes: [Finding.Outcome] = Finding.Outcome.decisive + (code == .warnings ? [.warn] : [])
    return story.all.contains { outcomes.contains($0.outcome) }
  }
}
