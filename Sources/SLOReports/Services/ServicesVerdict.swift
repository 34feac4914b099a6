package import SLOGate
import SLOModel
import SLOSupport

/// What the check of one of several services came to.
package struct ServiceAnswer: Sendable {
  /// The service.
  package let name: String
  /// Its verdict, or why there is none.
  package let result: Result
  /// What blocks it, explained.
  package var explained: [ExplainedText]
  /// The answer; nil where there is no verdict. It goes through every finding, so it is asked once.
  let code: Verdict.Code?

  /// A verdict, or the exit code of what went wrong with what was said of it.
  package enum Result: Sendable {
    case judged(Verdict)
    case failed(code: Int32, message: String)
  }

  package init(name: String, result: Result, explained: [ExplainedText] = []) {
    (self.name, self.result, self.explained) = (name, result, explained)
    code = if case .judged(let verdict) = result { verdict.code } else { nil }
  }

  /// The verdict; nil where there is none.
  var verdict: Verdict? {
    if case .judged(let verdict) = result { verdict } else { nil }
  }

  /// What went wrong; nil for a verdict.
  var failure: (code: Int32, message: String)? {
    if case .failed(let code, let message) = result { (code, message) } else { nil }
  }

  var exitCode: Int32 { code?.rawValue ?? failure?.code ?? 0 }
  var symbol: String { code?.symbol ?? "?" }
  var picture: String { code?.picture ?? "❔" }
  var tone: String { code?.tone ?? "mind" }
  var colour: TextStyle.Colour { code?.colour ?? .yellow }

  /// The answer in a word or two.
  var word: String { code.map { $0 == .warnings ? "warnings" : $0.outcome.rawValue } ?? "no verdict" }

  /// What broke, by how much; the counts where nothing did. Not escaped.
  var sentence: String {
    if let failure { return "exit code \(failure.code): \(failure.message)" }
    return verdict.map { $0.title ?? $0.tally.joined(separator: " · ") } ?? ""
  }

  /// Whether a person has something to do.
  var isOpen: Bool { code != .pass }
}

/// The verdicts of several services as one: a title, an exit code, and every form of a report over all of them.
package struct ServicesVerdict: Sendable {
  /// The services, in the order in which they were judged.
  package let answers: [ServiceAnswer]

  package init(_ answers: [ServiceAnswer]) { self.answers = answers }

  /// The verdicts there are.
  var verdicts: [Verdict] { answers.compactMap(\.verdict) }

  /// The most severe verdict; nil where a service has none: then nothing is said of all of them.
  var code: Verdict.Code? {
    let codes = answers.compactMap(\.code)
    return codes.count == answers.count ? Verdict.Code.bySeverity.first(where: codes.contains) : nil
  }

  /// The exit code: that of the first service that could not be judged, else that of the most severe verdict.
  package var exitCode: Int32 {
    answers.compactMap(\.failure).first?.code ?? code?.rawValue ?? 0
  }

  /// Those that a person has something to do about, the most severe first.
  var open: [ServiceAnswer] {
    let order: (ServiceAnswer) -> Int = { answer in
      guard let code = answer.code else { return -1 }
      return Verdict.Code.bySeverity.firstIndex(of: code) ?? 0
    }
    return answers.filter(\.isOpen).enumerated()
      .sorted { (order($0.element), $0.offset) < (order($1.element), $1.offset) }.map(\.element)
  }

  /// The answer in a word.
  var word: String { code?.word ?? "No verdict" }

  /// How many services came to what, and the first that is open with what broke. Not escaped.
  var title: String {
    let count = counted(answers.count, "service")
    guard let first = open.first else { return "\(count) passed" }
    let words = unique(open.map(\.word)).enumerated().map { index, word in
      "\(open.count { $0.word == word })\(index == 0 ? " of \(count)" : "")"
        + " \(word == "no verdict" ? "without a verdict" : word)"
    }
    // A failure says after its first part what was expected.
    let reason = first.failure == nil ? first.sentence[...] : first.sentence.prefix { $0 != ";" }
    return words.joined(separator: ", ") + ". \(first.name): \(reason)"
  }

  /// The same in one line, as other reports begin.
  var headline: String { "\(word): \(title)" }

  /// What distinguishes this gate from others of the repository, in comments and artifacts.
  package var gateKey: String {
    let environments = unique(verdicts.map { $0.environment.name ?? "default" })
    return "all-services_" + VerdictKey.slug(environments.count == 1 ? environments[0] : "default")
  }

  /// What the pull-request comment begins with, unseen.
  var stickyMarker: String { "<!-- slogate:sticky \(gateKey) -->" }
}

extension ServicesVerdict {
  /// The verdicts in a format.
  /// - Parameters:
  ///   - style: how text looks.
  ///   - isVerbose: whether text shows everything of every service.
  ///   - review: a verdict with what a page shows besides.
  package func report(
    _ format: ReportFormat, style: TextStyle, isVerbose: Bool = false, review: (Verdict) -> Review
  ) -> String {
    switch format {
    case .text: VisibleText.inert(text(style, isVerbose))
    case .json: VisibleText.inert(json)
    case .html: VisibleText.inert(htmlReport(of: self, review: review))
    case .markdown: VisibleText.inert(markdown(start: stickyMarker + "\n", limit: mostOfComment))
    case .junit: VisibleText.inert(junit)
    case .sarif: VisibleText.inert(sarif)
    case .github: VisibleText.withoutMarks(github(style, isVerbose))
    case .gitlab, .gitlabCodeQuality:
      VisibleText.inert(JSONText.array(answers.flatMap(issues)).document)
    case .gitlabMetrics: VisibleText.inert(openMetrics(of: verdicts))
    case .badge: VisibleText.inert(badge(code, of: counted(answers.count, "service")))
    }
  }
}
