import Foundation
import Testing

/// Compares a whole text with the file kept for it under `Fixtures`.
///
/// With `SLOGATE_RECORD=1` the file is written anew, and the test fails once, so that nobody takes that for a
/// pass. Read what was recorded as a user would before you commit it.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["SLOGATE_RECORD"] == "1" {
    try Data(text.utf8).write(to: file)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  let kept = try String(decoding: Data(contentsOf: file), as: UTF8.self)
  guard Array(kept.utf8) != Array(text.utf8) else { return }
  Issue.record("\(name) differs:\n\(lineDifference(from: kept, to: text))", sourceLocation: sourceLocation)
}

/// What was taken out (`-`) and put in (`+`), by line, each with its number.
func lineDifference(from old: String, to new: String) -> String {
  func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  let changes = lines(new).difference(from: lines(old)).map { change in
    switch change {
    case .remove(let line, let text, _): (line: line, text: "-\(line + 1): \(text)")
    case .insert(let line, let text, _): (line: line, text: "+\(line + 1): \(text)")
    }
  }
  return changes.sorted { $0.line < $1.line }.map(\.text).joined(separator: "\n")
}
