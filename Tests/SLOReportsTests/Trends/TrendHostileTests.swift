import Foundation
import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import Testing

@testable import SLOReports
import SLOSupport

@Suite("Untrusted names, over commits")
struct TrendHostileTests {
  static let hostile =
    HostileTextTests.hostile + ["=cmd()", "+1", "-1+2", "@SUM(A1)", "\t=1", "]]>", "-->", "'"]

  /// Trends in which the same words stand everywhere, one with a change.
  private func trends(_ text: String) -> [Trend] {
    TrendScenes.shop.prefix(2).map { trend in
      var trend = trend
      trend.service = text
      trend.environment = Environment(name: text, sizing: [text.isEmpty ? "k" : text: text])
      trend.series = Series(profile: text, endpoint: text, metric: text, statistic: .p95)
      for index in trend.points.indices {
        trend.points[index].commit.sha = text
        trend.points[index].commit.branch = text
      }
      for index in trend.commits.indices { trend.commits[index].sha = text }
      trend.limit?.owner = text
      trend.limit?.place.file = text
      return trend
    }
  }

  @Test("In text no character with an effect survives", arguments: hostile, [60, 120])
  func text(hostile: String, width: Int) {
    let (trends, style) = (trends(hostile), TextStyle(isColoured: false, width: width))
    let texts = [
      tableReport(of: trends, style: style), tableReport(of: [trends[0]], style: style),
      chartReport(of: trends, style: style),
      logReport(
        of: trends,
        notes: CommitNotes(descriptions: [hostile: CommitDescription(subject: hostile, author: hostile)]),
        style: style),
      textReport(of: changeEvents(in: trends), in: trends, style: style),
      textReport(
        of: [SeriesChanges(series: hostile, count: 40, changes: trends[0].changes)], style: style),
    ]
    for text in texts {
      #expect(!text.unicodeScalars.contains(where: hasEffect), "\(text)")
      #expect(!text.contains("##["))
    }
  }

  @Test("SVG is well-formed, and nothing in it is ours to run", arguments: hostile)
  func svg(hostile: String) throws {
    let text = svgReport(of: trends(hostile))
    let parser = XMLDocumentScan()
    #expect(parser.scan(text), "\(text.prefix(400))")
    #expect(
      parser.names.isSubset(of: ["svg", "style", "rect", "text", "line", "polyline", "g", "title", "circle"]))
    #expect(!text.unicodeScalars.contains(where: hasEffect))
  }

  @Test("In CSV no field is a formula, and every row has all columns", arguments: hostile)
  func csv(hostile: String) throws {
    let rows = rows(of: csvReport(of: trends(hostile)))
    #expect(rows.count == 81)
    #expect(Set(rows.map(\.count)) == [22])
    for field in rows.dropFirst().joined() {
      let isFormula = field.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
      #expect(!isFormula, "\(field)")
    }
    let expected = csvText(hostile)
    #expect(Array(rows[1][4].utf8) == Array(expected.utf8))
  }

  @Test("In JSON it comes back as it was", arguments: hostile)
  func json(hostile: String) throws {
    let trends = trends(hostile)
    let texts = [
      jsonReport(of: trends), jsonReport(of: changeEvents(in: trends), in: trends),
      jsonLines(of: [SeriesChanges(series: hostile, count: 1, changes: [])]),
    ]
    for text in texts {
      _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(!text.unicodeScalars.contains(where: hasEffect))
    }
    let lines = jsonLines(of: [SeriesChanges(series: hostile, count: 1, changes: [])])
    let object = try JSONSerialization.jsonObject(with: Data(lines.utf8)) as? [String: Any]
    #expect((object?["series"] as? String).map { Array($0.utf8) } == Array(hostile.utf8))
    #expect(lines.utf8.count { $0 == 0x0A } == 1)
  }

  private func hasEffect(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\n"
    case .format: scalar.value != 0x200D
    case .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// RFC 4180, read byte by byte: a reader of its own, so that ours is not its own witness.
  private func rows(of text: String) -> [[String]] {
    var (rows, row, field, isQuoted) = ([[String]](), [String](), [UInt8](), false)
    let bytes = Array(text.utf8)
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if isQuoted {
        if byte != 0x22 {
          field.append(byte)
        } else if at + 1 < bytes.count, bytes[at + 1] == 0x22 {
          field.append(byte)
          at += 1
        } else {
          isQuoted = false
        }
      } else if byte == 0x22, field.isEmpty {
        isQuoted = true
      } else if byte == 0x2C || byte == 0x0A {
        row.append(String(decoding: field, as: UTF8.self))
        field = []
        if byte == 0x0A {
          rows.append(row)
          row = []
        }
      } else {
        field.append(byte)
      }
      at += 1
    }
    return rows
  }
}

/// Whether a text is well-formed as far as our pictures go: tags that close, attributes in quotes, known entities.
/// It goes by scalars, as XML does: a mark behind a `>` is a character of its own.
private final class XMLDocumentScan {
  typealias Piece = Substring.UnicodeScalarView

  private(set) var names: Set<String> = []

  func scan(_ text: String) -> Bool {
    var open: [String] = []
    var rest = text.unicodeScalars[...]
    while let start = rest.firstIndex(of: "<") {
      guard isData(rest[..<start]), let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[start..<end].dropFirst()
      rest = rest[end...].dropFirst()
      if tag.first == "/" {
        guard open.popLast() == String(Substring(tag.dropFirst())) else { return false }
        continue
      }
      let name = String(Substring(tag.prefix { $0.properties.isAlphabetic }))
      names.insert(name)
      guard !name.isEmpty, tag.count(where: { $0 == "\"" }) % 2 == 0, isData(tag) else { return false }
      if tag.last != "/" { open.append(name) }
    }
    return open.isEmpty && isData(rest)
  }

  private func isData(_ text: Piece) -> Bool {
    let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
    return !text.contains("<")
      && text.indices.filter { text[$0] == "&" }.allSatisfy { at in
        entities.contains { text[at...].starts(with: $0.unicodeScalars) }
      }
  }
}
