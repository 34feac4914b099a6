import SLOGate
import SLOModel
import SLOSupport

/// The verdicts of several services as text, for a terminal, a log and a comment.
extension ServicesVerdict {
  /// The title, a line for each service, and the text of each that a person has something to do about.
  func text(_ style: TextStyle, _ isVerbose: Bool) -> String {
    let loud = code?.loudWord ?? "NO VERDICT"
    let colour = code?.colour ?? .yellow
    let title = wrapped(VisibleText.escaped(self.title), to: style.width - columns(of: loud) - 2)
      .enumerated().map { index, line in
        let start = index == 0 ? loud : String(repeating: " ", count: columns(of: loud))
        return style.paint("\(start)  \(line)", .bold, colour)
      }
    let parts = (isVerbose ? answers : open).compactMap { answer in
      answer.verdict.map { verdict in
        "\n" + style.paint("── \(VisibleText.escaped(answer.name))", .bold) + "\n"
          + textReport(of: verdict, style: style, isVerbose: isVerbose)
      }
    }
    return (title + [""] + lines(style)).joined(separator: "\n") + "\n" + parts.joined()
  }

  private func lines(_ style: TextStyle) -> [String] {
    let names = answers.map { VisibleText.escaped(shortened($0.name, to: 40)) }
    let wide = (names.map(columns).max() ?? 0, answers.map { columns(of: $0.word) }.max() ?? 0)
    return zip(answers, names).map { answer, name in
      let start = "\(padded(name, to: wide.0))  \(padded(answer.word, to: wide.1))"
      let room = max(20, style.width - columns(of: start) - 4)
      let rest = shortened(VisibleText.escaped(answer.sentence), to: room)
      return style.paint(answer.symbol, answer.colour) + " \(start)  \(rest)"
    }
  }

  /// The text and the annotations of each service, for the log of GitHub Actions.
  func github(_ style: TextStyle, _ isVerbose: Bool) -> String {
    let failures = answers.compactMap { answer in
      answer.failure.map {
        gitHubError(
          VisibleText.escaped("\(answer.name): no verdict"),
          VisibleText.escaped("\(answer.name): exit code \($0.code): \($0.message)"))
      }
    }
    let headline = VisibleText.escaped(headline)
    return text(style, isVerbose) + "\n" + answers.map { gitHubGroups($0.explained) }.joined()
      + gitHubNotice(headline, headline) + failures.joined()
      + gitHubAnnotations(open.flatMap(annotations))
  }

  private func annotations(of answer: ServiceAnswer) -> [Annotation] {
    let name = VisibleText.escaped(answer.name)
    return answer.verdict.map { $0.storyAnnotations.map { $0.of(service: name) } } ?? []
  }

  /// One comment over all: a table, and a section for each service that a person has something to do about. The room
  /// is shared by the sections.
  package func markdown(start: String, limit: Int, explained most: Int = 3) -> String {
    let rows = answers.prefix(ServicesVerdict.mostRows).map { answer in
      "| \(answer.picture) | \(markdownCode(answer.name)) | \(SLOReports.markdown(answer.word))"
        + " | \(SLOReports.markdown(answer.sentence, atMost: 160)) |\n"
    }
    let more = answers.count - rows.count
    let head =
      "\(start)## \(picture) \(SLOReports.markdown(headline, atMost: 200))\n\n"
      + "| | service | verdict | |\n|---|---|---|---|\n" + rows.joined()
      + (more > 0 ? "\n\(more) more services: `--report json=FILE` has all.\n" : "")
    let shown = open.compactMap { answer in answer.verdict.map { (answer, $0) } }
    var room = limit - head.utf8.count
    var text = head
    for (index, (answer, verdict)) in shown.enumerated() {
      let share = room / (shown.count - index)
      guard share >= ServicesVerdict.leastSection else {
        text += "\n\(counted(shown.count - index, "more service")) had no room here.\n"
        break
      }
      let section = markdownPage(
        of: verdict, answer.explained.prefix(most), start: "\n### \(markdownCode(answer.name)) ",
        limit: share,
        rows: 20, most: 20)
      text += section
      room -= section.utf8.count
    }
    return text
  }

  private var picture: String { code?.picture ?? "❔" }

  private static let mostRows = 100
  /// Bytes below which a section says nothing.
  private static let leastSection = 3_000
}
