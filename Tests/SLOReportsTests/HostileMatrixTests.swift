import Foundation
import SLOModel
import Testing

@testable import SLOReports

@Suite("Untrusted text, in every form a verdict has")
struct HostileMatrixTests {
  @Test("They are inert, and stay recognisable", arguments: Rendering.all, Hostile.texts)
  func inert(rendering: Rendering, hostile: String) throws {
    let text = try rendering.write(Hostile.verdict(hostile))
    #expect(try rendering.flaws(text) == [])
    #expect(rendering.lines(text) == HostileMatrixTests.plainLines[rendering.name])
    let told = try rendering.searchable(rendering.reading(text))
    for spot in rendering.shows where !spot.isAbbreviated || rendering.isExact || spot == .sha {
      let name = rendering.shown(hostile + spot.rawValue)
      // What is longer is shortened where there is no room for it.
      guard name.utf8.count <= 40 else { continue }
      #expect(told.range(of: rendering.searchable(name)) != nil, "\(spot): \(name)")
    }
  }

  /// How many lines each has where all names are plain.
  private static let plainLines: [String: Int] = {
    let lines = Rendering.all.map { rendering in
      (rendering.name, (try? rendering.write(Hostile.verdict("plain"))).map(rendering.lines) ?? -1)
    }
    return Dictionary(uniqueKeysWithValues: lines)
  }()

  @Test("A delimiter that occurs in the comment is refused")
  func delimiter() throws {
    #expect(gitHubOutput(of: try Hostile.verdict("guessed"), delimiter: "guessed") == nil)
  }
}
