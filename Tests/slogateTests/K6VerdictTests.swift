import Foundation
import SLOHistory
import SLOGate
import SLOModel
import SLOReaders
import TestSupport
import Testing

@testable import SLOBudgets

/// Budgets put at and beside every value of every k6 summary there is: slogate's verdict on each limit has to be that
/// of the exported threshold, evaluated on the file's own figures as k6 documents it.
@Suite("Exported thresholds and slogate come to one verdict on k6's own summaries")
struct K6VerdictTests {
  private static let now = Timestamp(milliseconds: 1_780_000_000_000)

  private static let own = packageFolder.appending(path: "Tests/SLOReadersTests/Fixtures/k6").path
  private static let runs = packageFolder.appending(path: "Tests/K6Runs/runs").path

  private static func files(_ folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
  }

  @Test("Every limit at, below and above every value of our own summaries", arguments: files(own))
  func ours(file: String) throws {
    let (reading, truth) = try #require(try summary(file))
    var compared = 0
    for comparison in [Comparison.below, .atMost, .above, .atLeast] {
      for factor in [0.5, 1, 2] { compared += try compare(reading, truth, comparison, factor, file) }
    }
    #expect(compared > 0 || reading.failure != nil)
  }

  @Test("Every limit at every value of the runs of real k6 binaries", arguments: files(runs))
  func all(file: String) throws {
    guard let (reading, truth) = try summary(file) else { return }
    for comparison in [Comparison.below, .atLeast] { _ = try compare(reading, truth, comparison, 1, file) }
  }

  /// What slogate reads in a summary, and what is in it; nil for any other file.
  private func summary(_ file: String) throws -> (Reading, K6Figures)? {
    guard let truth = try K6Figures(file: file),
      let reading = Readers.read(paths: [file], as: .profile("baseline")).usable.first
    else { return nil }
    return (reading, truth)
  }

  /// - Returns: how many thresholds were compared.
  private func compare(
    _ reading: Reading, _ truth: K6Figures, _ comparison: Comparison, _ factor: Double, _ file: String
  ) throws -> Int {
    let budgets = budgets(for: reading, comparison, factor)
    var options = ExportOptions(now: K6VerdictTests.now)
    options.profile = "baseline"
    let export = exportBudgets(budgets, to: .k6, options)
    guard let text = export.files.first?.text else { return 0 }
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let thresholds = try #require(json?["thresholds"] as? [String: [String]])

    let run = Run(
      service: "shop", commit: Commit(sha: "a"), environment: .unknown, settings: [:], reading: reading)
    let input = CheckInput(
      service: "shop", commit: run.commit, runs: [run], budgets: budgets, now: K6VerdictTests.now)
    let verdict = Evaluation(CheckPlan(input)).verdict()
    var compared = 0
    for finding in verdict.findings {
      guard let outcome = finding.budget?.outcome, let limit = finding.budget?.limit else { continue }
      let tag = reading.endpointTags[finding.series.endpoint]
      let tags =
        finding.series.endpoint == Series.wholeRun ? [:] : [tag ?? "endpoint": finding.series.endpoint]
      let name = MetricName(parsing: finding.series.metric)
      let selector = MetricName(base: name.base, tags: name.tags.merging(tags) { $1 }).description
      let expression = (thresholds[selector] ?? []).first {
        $0.hasPrefix(limit.statistic.k6Name + comparison.rawValue)
      }
      guard let expression else {
        let isTold = export.notes.contains {
          $0.contains(limit.figure) || $0.contains("'\(finding.series.endpoint)'")
        }
        #expect(isTold, "\(file): \(selector) \(limit.statistic) is neither exported nor noted")
        continue
      }
      guard let isKept = truth.holds(expression, of: selector) else { continue }
      #expect((outcome == .over) == !isKept, "\(file): \(selector) \(expression)")
      compared += 1
    }
    return compared
  }

  /// A limit on every figure, in the unit it was measured in.
  private func budgets(for reading: Reading, _ comparison: Comparison, _ factor: Double) -> Budgets {
    var budgets = Budgets()
    // k6 judges a single sample.
    budgets.settings.minimumSamples = Placed(value: 0, place: Place(file: "b.yaml"))
    for (line, measurement) in reading.measurements.enumerated() {
      let bound = measurement.value * factor
      guard bound >= 0, bound.isFinite else { continue }
      let endpoint = measurement.series.endpoint
      let isWhole = endpoint == Series.wholeRun
      let limit = Limit(
        metric: measurement.series.metric, statistic: measurement.series.statistic, comparison: comparison,
        bound: bound,
        unit: measurement.unit, place: Place(file: "b.yaml", line: line + 1, column: 1),
        entry: isWhole ? nil : endpoint)
      if isWhole {
        budgets.wholeRun.limits["baseline", default: []].append(limit)
      } else {
        let entry = Entry(
          name: endpoint, pattern: .exactly(endpoint), tag: reading.endpointTags[endpoint], owner: nil,
          place: limit.place,
          limits: ProfileLimits())
        budgets.exactEntries[endpoint, default: [entry]][0].limits.limits["baseline", default: []].append(
          limit)
      }
    }
    return budgets
  }
}

extension Limit {
  fileprivate var figure: String { "\(metric).\(statistic)" }
}

/// The figures of a k6 summary, read without slogate's readers, and k6's thresholds on them.
private struct K6Figures {
  private var metrics: [String: [String: Double]] = [:]

  /// Nil for a file that is no summary of k6.
  init?(file: String) throws {
    let data = try Data(contentsOf: URL(filePath: file))
    guard let root = try? JSONDecoder().decode(JSONValue.self, from: data) else { return nil }
    let list = root["results"]?["metrics"]?.items.map { ($0["name"]?.text ?? "", $0) } ?? []
    for (name, metric) in (root["metrics"]?.members ?? [:]).map({ ($0, $1) }) + list {
      let values = metric["values"] ?? metric
      metrics[K6Figures.normalised(name)] = values.members.compactMapValues(\.number)
    }
    if metrics.isEmpty { return nil }
  }

  /// The tags of a sub-metric in the order of their keys, without blanks and quotes around them.
  private static func normalised(_ name: String) -> String {
    guard let open = name.firstIndex(of: "{"), name.hasSuffix("}") else { return name }
    let outer = CharacterSet(charactersIn: "\"'").union(.whitespacesAndNewlines)
    let pairs = name[name.index(after: open)...].dropLast().split(separator: ",").map { pair in
      pair.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: outer) }.joined(separator: ":")
    }
    return name[..<open] + "{" + pairs.sorted().joined(separator: ",") + "}"
  }

  /// Whether a threshold holds; nil where the summary does not have its figure.
  func holds(_ expression: String, of selector: String) -> Bool? {
    guard let match = try? /^([a-z]+(?:\([0-9.]+\))?)(<=|>=|<|>)(.+)$/.wholeMatch(in: expression),
      let bound = Double(match.output.3), let figures = metrics[K6Figures.normalised(selector)],
      let value = figure(String(match.output.1), of: figures)
    else { return nil }
    return switch match.output.2 {
    case "<": value < bound
    case "<=": value <= bound
    case ">": value > bound
    default: value >= bound
    }
  }

  /// A rate is recomputed: k6 0.29 wrote 0 for each.
  private func figure(_ method: String, of figures: [String: Double]) -> Double? {
    if method == "rate", let hits = figures["passes"], let others = figures["fails"] {
      return hits + others == 0 ? nil : hits / (hits + others)
    }
    let short = method.replacing("(", with: "").replacing(")", with: "")
    return figures[method] ?? figures[short]
      ?? (method == "p(50)" ? figures["med"] : method == "med" ? figures["p(50)"] : nil)
  }
}

/// A document whose numbers are read to the last bit, which `JSONSerialization` does not do.
private indirect enum JSONValue: Decodable {
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])
  case other

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let members = try? value.decode([String: JSONValue].self) {
      self = .object(members)
    } else if let items = try? value.decode([JSONValue].self) {
      self = .list(items)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = (try? value.decode(String.self)).map { .text($0) } ?? .other
    }
  }

  var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
  var items: [JSONValue] { if case .list(let items) = self { items } else { [] } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  subscript(key: String) -> JSONValue? { members[key] }
}
