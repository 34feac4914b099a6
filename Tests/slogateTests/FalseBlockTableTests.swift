import Foundation
import SLOGate
import TestSupport
import Testing

@Suite("The manual's rates of false blocks are those that reports state")
struct FalseBlockTableTests {
  /// One step → two steps, and in brackets how many checks need the second run, in per cent.
  private var table: String {
    let rows = SimulatedFalseBlocks.rows
    var sizes: [SimulatedFalseBlocks.Row] = []
    for row in rows where !sizes.contains(where: { $0.series == row.series }) { sizes.append(row) }
    var worlds: [String] = []
    for row in rows where !worlds.contains(row.world) { worlds.append(row.world) }
    let head = sizes.map { "\($0.endpoints) endpoints, \($0.series) series" }
    let lines = worlds.map { world in
      [world]
        + sizes.map { size in
          rows.first { $0.world == world && $0.series == size.series }.map(cell) ?? ""
        }
    }
    return ([["measurements"] + head, Array(repeating: "---", count: head.count + 1)] + lines)
      .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private func cell(_ row: SimulatedFalseBlocks.Row) -> String {
    let shares = [row.oneStep, row.twoSteps, row.secondRuns].map { String(format: "%.1f", 100 * $0) }
    return "\(shares[0]) → \(shares[1]) (\(shares[2]))"
  }

  @Test("SLOGATE_RECORD=1 rewrites them")
  func manual() throws {
    let path = packageFolder.appending(path: "docs/verdict.md")
    var text = try String(contentsOf: path, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- false blocks -->\n")?.upperBound)
    let end = try #require(text.range(of: "<!-- /false blocks -->")?.lowerBound)
    if ProcessInfo.processInfo.environment["SLOGATE_RECORD"] != nil {
      text.replaceSubrange(start..<end, with: table)
      try text.write(to: path, atomically: true, encoding: .utf8)
    }
    #expect(String(text[start..<end]) == table)
  }
}
