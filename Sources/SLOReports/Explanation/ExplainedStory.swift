public import SLOGate
import SLOModel
import SLOSupport

/// What broke or moved at one endpoint: the finding that shows it best, explained, and what else moved there.
package struct ExplainedStory: Sendable {
  /// The finding that shows it best.
  package let explanation: Explanation
  /// What else broke or moved at the endpoint, the worst first.
  package let others: [Finding]
  /// What of the run as a whole follows from it, and what shows the same figures under another name.
  package let consequences: [Finding]
  /// Both in a few words.
  let also: String
  /// What to do next about the finding that shows it best.
  package let next: [NextStep]
  /// The commands that show more of it.
  let lookUps: [String]
  /// What can be done about it.
  let ways: [NextStep]

  init?(
    _ story: Story, in verdict: Verdict, _ context: ExplanationContext
  ) {
    guard let lead = story.lead ?? story.consequences.first,
      let explanation = context.explanation(of: lead, in: verdict)
    else { return nil }
    self.init(
      explanation, others: story.findings.dropFirst().filter { story.tells($0, beside: lead) },
      consequences: story.consequences + story.echoes, also: StoryWords.company(of: story), context)
  }

  /// A finding by itself.
  package init(
    _ explanation: Explanation, others: [Finding] = [], consequences: [Finding] = [], also: String = "",
    _ context: ExplanationContext = ExplanationContext()
  ) {
    (self.explanation, self.others, self.consequences, self.also) = (explanation, others, consequences, also)
    next = nextSteps(after: explanation, context: context)
    let steps = Steps(explanation, context)
    lookUps = (steps.trend + steps.details).compactMap(\.command)
    ways = steps.ways
  }

  /// The figure it is reported by, and by how much it is off, in one line: `search p95 172 ms, OVER by 7.5 %`. Names
  /// in it are made visible, and no build server obeys them.
  package var title: String {
    let row = FindingRow(explanation.finding)
    let value = row.value == "–" ? "" : " \(row.value)"
    return VisibleText.inert(
      "\(shortened(row.endpoint, to: 60)) \(shortened(row.metric, to: 60))\(value), \(row.words)")
  }
}

/// A story explained for a log or a comment: its title in a line, and the text that `slogate explain` prints.
package typealias ExplainedText = (title: String, text: String)

extension Verdict {
  /// The outcomes that answer the question why: what blocks, or of a verdict that --strict refuses what warns.
  private var blockingOutcomes: [Finding.Outcome] {
    switch code {
    case .overBudget, .inconclusive, .regression, .suspect: Finding.Outcome.decisive
    case .warnings: [.warn]
    case .pass: []
    }
  }

  /// Its stories explained, the most severe first. Where all of a run moved, one of them stands for the others.
  /// - Parameters:
  ///   - outcomes: of findings that are reported; nil: those that block.
  ///   - told: the findings that may be shown; nil: all.
  ///   - most: no more stories than that.
  package func explainedStories(
    _ outcomes: [Finding.Outcome]? = nil, among told: [Finding]? = nil, most: Int,
    _ context: ExplanationContext = ExplanationContext()
  ) -> [ExplainedStory] {
    let all = stories(outcomes ?? blockingOutcomes, among: told)
    var moved = told == nil ? Set(commonFactors.filter { $0.blocks || $0.isSuspect }.map(\.profile)) : []
    var begun: Set<String> = []
    var explained: [ExplainedStory] = []
    for story in all where explained.count < most {
      guard let lead = story.lead ?? story.consequences.first else { continue }
      let profile = lead.series.profile
      if [.regressed, .suspect].contains(lead.outcome), moved.contains(profile), begun.contains(profile) {
        continue
      }
      guard let new = ExplainedStory(story, in: self, context) else { continue }
      explained.append(new)
      begun.insert(profile)
      if told == nil, new.explanation.relatedChanges?.isEverywhere == true { moved.insert(profile) }
    }
    return explained
  }

  /// Findings in the order in which stories show them: what broke at an endpoint, then what follows from it.
  public func told(_ outcomes: [Finding.Outcome], among told: [Finding]? = nil) -> [Finding] {
    stories(outcomes, among: told).flatMap(\.all)
  }

  /// The findings whose related figures show where a change comes from: those its stories are reported by.
  public func leads(_ outcomes: [Finding.Outcome]? = nil, among told: [Finding]? = nil) -> [Finding] {
    stories(outcomes ?? blockingOutcomes, among: told).compactMap { $0.lead ?? $0.consequences.first }
  }

  private func stories(_ outcomes: [Finding.Outcome], among told: [Finding]?) -> [Story] {
    guard let told else { return stories(outcomes) }
    var narrowed = self
    narrowed.findings = told
    return narrowed.stories(outcomes)
  }
}

/// The explanation of each story that stops a release, for the log of a build and for a comment, the most severe first:
/// a title in one line, and the text that `slogate explain` prints. A shift of all of a run comes
/// first, rules and gaps, which have no series, last. Empty for a verdict that passes.
///
/// It needs no history of its own. Of a verdict that shows the history of `Verdict.companions(of: Verdict.leads())` it
/// shows which phase of a request carries a change and what else moved.
/// - Parameters:
///   - context: lines of budget files, commits of git, and where the history is.
///   - most: no more stories than that.
///   - style: width and colours of the texts.
package func explanationTexts(
  of verdict: Verdict, context: ExplanationContext = ExplanationContext(), most: Int = 5,
  style: TextStyle = TextStyle(isColoured: false, width: 100)
) -> [ExplainedText] {
  let stories = verdict.explainedStories(most: most, context)
  return verdict.shiftTexts(style) + stories.map { ($0.title, textReport(of: $0, style: style)) }
    + verdict.otherTexts(style)
}

extension Story {
  /// Whether a finding is shown with the lead: of a story of nearly all endpoints the others have a row each.
  fileprivate func tells(_ finding: Finding, beside lead: Finding) -> Bool {
    breadth == nil || [lead.series.endpoint, Series.wholeRun].contains(finding.series.endpoint)
  }
}
