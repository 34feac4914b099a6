import Foundation
import SLOModel

/// The true figures of the k6 runs, recomputed from their raw samples.
enum K6Truth {
  nonisolated(unsafe) static let expected: [String: [String: Any]] = {
    guard let data = try? Data(contentsOf: Fixtures.k6Set.appendingPathComponent("expected.json")) else {
      return [:]
    }
    return (try? JSONSerialization.jsonObject(with: data)) as? [String: [String: Any]] ?? [:]
  }()

  /// The run a file belongs to.
  static func run(of file: String) -> String {
    String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex))
  }

  /// The figures of every metric, sub-metric and endpoint, by endpoint and metric.
  static func series(_ truth: [String: Any]) -> [(series: String, figures: [String: Any])] {
    let whole = (truth["metrics"] as? [String: [String: Any]] ?? [:]).map { ("* \($0)", $1) }
    let byEndpoint = truth["by_endpoint"] as? [String: [String: [String: Any]]] ?? [:]
    // An empty tag names no endpoint.
    let endpoints = byEndpoint.filter { !$0.key.isEmpty }.flatMap { endpoint, metrics in
      metrics.map { ("\(endpoint) \($0)", $1) }
    }
    return whole + endpoints
  }

  /// The statistic a figure is, of those a reading gives.
  static func statistic(_ name: String, _ figures: [String: Any]) -> Statistic? {
    let isRate = figures["matches"] != nil
    if isRate { return name == "rate" ? .rate : nil }
    guard let statistic = Statistic(spelled: name), statistic.rawValue != "p99.5" else { return nil }
    return statistic
  }
}
