import SLOBudgets
import SLOGate
import SLOModel
import SLOSupport

/// A story for a reader with half a minute: what, how much, noise or not, since when, where it comes from, what next.
package func textReport(of story: ExplainedStory, style: TextStyle) -> String {
  let explanation = story.explanation
  let sections = [
    heading(of: explanation, style), StoryText.escaped("value", explanation.valueSentence, style),
    StoryText.limit(explanation, style), StoryText.before(explanation, style),
    StoryText.noise(explanation, style), StoryText.since(explanation, style),
    StoryText.places(explanation, besides: Set((story.others + story.consequences).map(\.series)), style),
    StoryText.also(story, style),
    explanation.waiverSentences.flatMap { StoryText.escaped("waiver", $0, style) },
    StoryText.lookUps(story, style), StoryText.ways(story, style),
  ]
  return VisibleText.inert(
    sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n") + "\n")
}

/// The sections of a story.
enum StoryText {
  static func escaped(_ label: String, _ text: String, _ style: TextStyle) -> [String] {
    labelled(label, VisibleText.escaped(text), style)
  }

  /// The limits that are broken; where none is, all of them.
  static func limit(_ explanation: Explanation, _ style: TextStyle) -> [String] {
    explanation.shortLimitSentences.flatMap { escaped("limit", $0, style) }
  }

  static func before(_ explanation: Explanation, _ style: TextStyle) -> [String] {
    guard explanation.tested != nil || explanation.usual != nil else { return [] }
    return escaped("before", explanation.beforeSentence, style)
      + (explanation.creepSentence.map { escaped("creep", $0, style) } ?? [])
  }

  static func noise(_ explanation: Explanation, _ style: TextStyle) -> [String] {
    explanation.finding.value == nil ? [] : escaped("noise", explanation.noise.sentence, style)
  }

  /// Whether it is new, and which commits may have made it: by name where git is at hand, else by a command.
  static func since(_ explanation: Explanation, _ style: TextStyle) -> [String] {
    guard case .unknown = explanation.novelty, explanation.suspects == nil else {
      return escaped("new?", explanation.noveltySentence, style) + suspects(explanation, style)
    }
    return explanation.finding.value == nil ? escaped("last", explanation.noveltySentence, style) : []
  }

  private static func suspects(_ explanation: Explanation, _ style: TextStyle) -> [String] {
    guard let range = explanation.suspects else { return [] }
    let bisect = range.bisect.map { labelled("", verbatim: $0, style) } ?? []
    guard !range.changes.isEmpty else {
      return range.log.map { log in
        labelled("suspect", "the commits since the last good run:", style)
          + labelled("", verbatim: log, style) + bisect
      } ?? []
    }
    let shown = range.changes.prefix(mostSuspects).map { change in
      let words = "\(change.sha.prefix(10)) \(change.subject) (\(change.author))"
      return shortened(VisibleText.escaped(words), to: max(30, style.width - 8))
    }
    let more = range.changes.count - shown.count
    let rest =
      more > 0 ? ["… and \(more) more since \(VisibleText.escaped(String(range.after.prefix(10))))"] : []
    return (shown + rest).enumerated().flatMap { index, line in
      labelled(index == 0 ? "suspect" : "", verbatim: line, style)
    } + bisect
  }

  private static let mostSuspects = 4

  /// Where the change comes from.
  /// - Parameter told: series that are reported elsewhere.
  static func places(
    _ explanation: Explanation, besides told: Set<Series> = [], _ style: TextStyle
  ) -> [String] {
    explanation.whereSentences(besides: told).enumerated().flatMap { index, sentence in
      escaped(index == 0 ? "where" : "", sentence, style)
    }
  }

  /// What else broke at the endpoint, and what of the run as a whole follows from it.
  static func also(_ story: ExplainedStory, _ style: TextStyle) -> [String] {
    story.also.isEmpty ? [] : escaped("also", story.also, style)
  }

  /// The commands that show more of it, each whole on a line of its own.
  static func lookUps(_ story: ExplainedStory, _ style: TextStyle) -> [String] {
    story.lookUps.enumerated().flatMap { index, command in
      labelled(index == 0 ? "see" : "", verbatim: VisibleText.escaped(command), style)
    }
  }

  /// What can be done about it, commands each whole on a line of its own.
  static func ways(_ story: ExplainedStory, _ style: TextStyle) -> [String] {
    story.ways.enumerated().flatMap { index, way in
      escaped(index == 0 ? "next" : "", way.words + (way.command == nil ? "" : ":"), style)
        + (way.command.map { labelled("", verbatim: VisibleText.escaped($0), style) } ?? [])
    }
  }
}
