import Foundation
import SLOBudgets
import SLOGate
import SLOModel
import Testing

@testable import SLOReports
import SLOSupport

@Suite("Untrusted names")
struct HostileTextTests {
  typealias Spot = Hostile.Spot

  static let hostile = Hostile.texts

  private func report(_ text: String, width: Int, isColoured: Bool = false) throws -> String {
    textReport(of: try Hostile.verdict(text), style: TextStyle(isColoured: isColoured, width: width))
  }

  @Test("No untrusted name begins a line with a build server's command", arguments: [60, 100, 240])
  func commands(width: Int) throws {
    for spot in Spot.allCases {
      for name in ["::error::x", "a ::error::x ::error::x"] {
        let verdict = try Hostile.verdict(name, in: spot)
        let style = TextStyle(isColoured: false, width: width)
        let text =
          textReport(of: verdict, style: style) + textReport(of: verdict, style: style, isVerbose: true)
        #expect(!lines(of: text).contains { $0.drop { $0 == " " }.hasPrefix("::") }, "\(spot)")
      }
    }
  }

  @Test(
    "No name breaks a line: there are as many as with plain names of the same width",
    arguments: hostile.filter { !$0.hasPrefix("::") && !$0.contains(" ") }, [60, 240])
  func lineBreaks(hostile: String, width: Int) throws {
    let spots = Spot.allCases.filter { !$0.isAbbreviated }
    func count(_ name: String) throws -> Int {
      let verdict = try Hostile.verdict(name, at: spots)
      let style = TextStyle(isColoured: false, width: width)
      return lines(of: textReport(of: verdict, style: style, isVerbose: true)).count
    }
    let plain = String(repeating: "x", count: columns(of: VisibleText.escaped(hostile)))
    #expect(try count(hostile) == count(plain))
  }

  @Test("In colour the only escape sequences are ours", arguments: hostile)
  func colour(hostile: String) throws {
    let text = try report(hostile, width: 120, isColoured: true)
    let sequences = Set(text.split(separator: "\u{1b}").dropFirst().map { $0.prefix { $0 != "m" } + "m" })
    #expect(sequences.isSubset(of: ["[0m", "[2m", "[31m", "[32m", "[33m", "[1;31m"]))
    let bare = try text.replacing(Regex("\u{1b}\\[[0-9;]*m"), with: "")
    #expect(try bare == report(hostile, width: 120))
  }

  private func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
