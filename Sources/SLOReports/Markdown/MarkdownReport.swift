public import SLOGate
import SLOModel
import SLOSupport

extension Verdict {
  /// What the pull-request comment of this gate begins with, unseen: who posts the next one finds the last by it, and
  /// edits that. Two gates of a repository have two.
  public var stickyMarker: String { "<!-- slogate:sticky \(gateKey) -->" }
}

/// The verdict as a pull-request comment: the answer, what it rests on, what broke or moved, what to do; the rest
/// is folded. GitHub refuses comments of more than 65,536 characters; this one has at most 60,000 bytes.
/// - Parameter explained: the stories that block, explained; they are folded, for the author of a pull request has
///   neither slogate nor the history.
package func markdownReport(of verdict: Verdict, explained: [ExplainedText] = []) -> String {
  let start = verdict.stickyMarker + "\n## "
  return markdownPage(
    of: verdict, explained.prefix(3), start: start, limit: mostOfComment, rows: 20, most: 30)
}

/// The bytes of a comment.
let mostOfComment = 60_000

/// The verdict as the summary of a job: the same, with more of everything.
/// - Parameters:
///   - explained: the stories that block, explained.
///   - limit: bytes there is room for. GitHub drops a summary of more than 1 MiB whole.
package func markdownSummary(of verdict: Verdict, explained: [ExplainedText] = [], limit: Int) -> String {
  markdownPage(of: verdict, explained.prefix(20), start: "## ", limit: limit, rows: 200, most: 200)
}

/// A verdict under a heading.
/// - Parameters:
///   - explained: the stories that are explained, to unfold.
///   - start: what the heading begins with.
///   - limit: bytes there is room for.
///   - rows: how many rows the table has at most.
///   - most: how many items each list has at most.
func markdownPage(
  of verdict: Verdict, _ explained: ArraySlice<ExplainedText>, start: String, limit: Int, rows: Int, most: Int
) -> String {
  let title = "\(verdict.code.picture) \(markdown(verdict.headline))\n\n"
  var page = MarkdownPage(start + title + context(of: verdict), limit: limit)
  page.add(list("gaps", "Not judged", Array(verdict.openGaps), most))
  let told = verdict.stories(Finding.Outcome.decisive + [.waived, .warn])
  page.add(markdownTable(of: told, in: verdict, atMost: rows))
  let rules = verdict.openRules.map { "\($0.mark) \($0.sentence)" }
  page.add(list("rules", "Rules that do not hold", rules, most, LinkedText(of: verdict)))
  page.add(list("shifts", "The whole run moved", verdict.factors, most))
  page.add(list("warnings", "To look at", verdict.warnings, most))
  page.add(list("comparisons", "Not compared", verdict.uncompared, most))
  page.add(
    list(
      "budget changes", "What this branch does to the budgets", verdict.budgetReview?.sentences ?? [], most))
  page.add(list("steps", "What to do", verdict.advice.map { sentence($0.text) }, most))
  for section in explained.map(markdownFold) + foldedSections(of: verdict, most: most) { page.add(section) }
  return page.text
}

/// What was judged and against what, the counts, and where to read on.
private func context(of verdict: Verdict) -> String {
  let commit = verdict.commit
  let known = verdict.context.commits[commit.sha]
  let words = known.map { " \(markdown($0.subject, atMost: 70)) (\(markdown($0.author, atMost: 40)))" } ?? ""
  let name = markdown(commit.shortSHA, atMost: 40)
  let links = verdict.context.links
  let linked = links.page(ofCommit: commit.sha).map { "[\(name)](\($0))" } ?? name
  let more = [("pull request", links.pullRequest), ("build", links.build), ("reports", links.artifacts)]
    .compactMap { name, address in address.map { "[\(name)](\($0))" } }
  let branch = commit.branch.map { " (\(markdown($0, atMost: 60)))" } ?? ""
  let judged = "\(markdownCode(verdict.service)) at \(linked)\(branch)\(words)"
  let sentences =
    [verdict.environmentAndReferences] + (verdict.title == nil ? [] : [verdict.tally.joined(separator: ", ")])
  return ([judged] + sentences.map { markdown($0) } + more).joined(separator: " · ") + "\n"
}

private func list(
  _ name: String, _ title: String, _ texts: [String], _ most: Int, _ links: LinkedText? = nil
) -> MarkdownSection {
  let texts = unique(texts)
  let items = texts.prefix(most).map { text in
    item(ofMarkdown: links?.markdown(text, atMost: 600) ?? markdown(text, atMost: 600))
  }
  return MarkdownSection(name, head: "**\(title)**\n\n", items: items, of: texts.count)
}

/// A story explained, to unfold: the text of `slogate explain`, as it is.
private func markdownFold(_ explained: ExplainedText) -> MarkdownSection {
  MarkdownSection(
    "explanations",
    head: "<details><summary>Explained: \(markdown(explained.title, atMost: 160))</summary>\n\n",
    items: ["<pre>\(preformatted(explained.text))</pre>\n"], of: 1, tail: "\n</details>\n")
}

/// Text as it is between `<pre>` and `</pre>`: no markup, and no comment.
private func preformatted(_ text: String) -> String {
  let entities: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]
  return text.replacingScalars { entities[$0] }
}

/// A part of a page: a head, items below it, and an end.
struct MarkdownSection {
  /// What its items are called, where they have to be cut: `notices`.
  var name: String
  var head: String
  var items: [String]
  /// How many items there would be; those not given are too many to read.
  var count: Int
  var tail: String

  init(_ name: String, head: String, items: [String], of count: Int, tail: String = "") {
    self.name = name
    self.head = head
    self.items = items
    self.count = count
    self.tail = tail
  }
}

/// A page that never outgrows its limit: what is added first has the first claim to the room. What is cut is named
/// at its end.
struct MarkdownPage {
  private var body: String
  private var room: Int
  private var cut: [String] = []

  /// Room for the sentence that says what was cut.
  private static let reserve = 1_000

  /// Begins a page.
  /// - Parameter limit: bytes of UTF-8 it may have.
  init(_ start: String, limit: Int) {
    body = start
    room = limit - start.utf8.count - MarkdownPage.reserve
  }

  /// Adds a section with as many of its items as there is room for; nothing of it, where that is none.
  mutating func add(_ section: MarkdownSection) {
    guard !section.items.isEmpty else { return }
    var left = room - section.head.utf8.count - section.tail.utf8.count - 1
    let shown = section.items.prefix { item in
      left -= item.utf8.count
      return left >= 0
    }
    if shown.count < section.count {
      cut.append("\(section.count - shown.count) of \(section.count) \(section.name)")
    }
    guard !shown.isEmpty else { return }
    let text = "\n" + section.head + shown.joined() + section.tail
    body += text
    room -= text.utf8.count
  }

  /// The page, and what is not on it.
  var text: String {
    guard !cut.isEmpty else { return body }
    return body
      + "\n<sub>Not shown here: \(cut.joined(separator: ", ")). `--report json=FILE` has everything.</sub>\n"
  }
}
