import SLOModel
import SLOStatistics
import SLOSupport

/// What a person may do next: in words and, where there is one, by a command.
package struct NextStep: Sendable, Hashable {
  /// What to do, or what the command is good for.
  package var words: String
  /// The command as it is to be pasted, exact to the blank; nil where the words say it all.
  package var command: String?

  /// Creates a step.
  package init(_ words: String, command: String? = nil) {
    self.words = words
    self.command = command
  }

  /// Both on one line: `what changed since: git log 1a2b3c4d5e..6f7a8b9c0d`.
  var text: String { words + (command.map { ": " + $0 } ?? "") }
}

/// Steps next to their label. Words are wrapped; a command is whole on a line of its own, however narrow the
/// terminal: broken in two, its first half would run.
func labelled(_ steps: [NextStep], _ style: TextStyle) -> [String] {
  steps.flatMap { step in
    labelled("next", VisibleText.escaped(step.words + (step.command == nil ? "" : ":")), style)
      + (step.command.map { labelled("", verbatim: VisibleText.escaped($0), style) } ?? [])
  }
}

/// How far the reading of an input has come: `samples.json  1.2 GB of 5 GB  24 %  1.1 GB/s  4 s left`.
/// - Parameters:
///   - taken: bytes read.
///   - size: bytes in all; nil where the size is unknown, as of a pipe.
///   - seconds: how long it took, above 0.
package func progressText(name: String, taken: Int, of size: Int?, after seconds: Double) -> String {
  let rate = Double(taken) / seconds
  let speed = quantity(rate, .bytes) + "/s"
  guard let size, size > 0 else {
    return [name, quantity(Double(taken), .bytes), speed].joined(separator: "  ")
  }
  let amount = "\(quantity(Double(taken), .bytes)) of \(quantity(Double(size), .bytes))"
  let left = rate > 0 ? ["\(Int(saturating: (Double(max(0, size - taken)) / rate).rounded(.up))) s left"] : []
  return ([name, amount, "\(taken * 100 / size) %", speed] + left).joined(separator: "  ")
}
