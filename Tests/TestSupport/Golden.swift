internal import Foundation
public import Testing

/// Compares a whole text with the file kept for it under `Fixtures`.
///
/// With `SLOGATE_RECORD=1` the file is written anew, and the test fails once, so that nobody takes that for a
/// pass. Read what was recorded as a user would before you commit it.
/// - Parameter test: the file of the test, in whose target the fixtures are.
public func expectGolden(
  _ text: String, _ name: String, of test: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = testFolder(of: test).appendingPathComponent("Fixtures").appendingPathComponent(name)
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
public func lineDifference(from old: String, to new: String) -> String {
  func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  let changes = lines(new).difference(from: lines(old)).map { change in
    switch change {
    case .remove(let line, let text, _): (line: line, text: "-\(line + 1): \(text)")
    case .insert(let line, let text, _): (line: line, text: "+\(line + 1): \(text)")
    }
  }
  return changes.sorted { $0.line < $1.line }.map(\.text).joined(separator: "\n")
}

/// The folder of the test target that a file lies in: `Tests/SLOReportsTests`.
private func testFolder(of file: String) -> URL {
  var folder = URL(fileURLWithPath: file).deletingLastPathComponent()
  while folder.deletingLastPathComponent().lastPathComponent != "Tests", folder.path != "/" {
    folder.deleteLastPathComponent()
  }
  return folder
}
