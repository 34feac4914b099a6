internal import SLOModel

/// Which endpoint each metric of a summary belongs to, and under which name.
///
/// A sub-metric with exactly one tag that names an endpoint belongs to that endpoint; every other keeps its
/// tags in its name.
struct K6SeriesNames {
  /// The tags that name endpoints, the first first.
  static let endpointTags = ["endpoint", "route", "name", "url", "group", "scenario"]

  private struct Claim {
    var endpoint: String
    var metric: String
  }

  private let order: [String]
  /// The rank of the tag that got a metric of an endpoint, by endpoint and metric.
  private var winners: [String: [String: Int]] = [:]

  /// The tag that named each endpoint.
  private(set) var tags: [String: String] = [:]

  /// Looks at all names first, for two tags may claim the same endpoint: the earlier tag gets it.
  init(_ metrics: [K6Metric], endpointTag: String?) {
    order = (endpointTag.map { [$0] } ?? []) + K6SeriesNames.endpointTags.filter { $0 != endpointTag }
    var ranks: [String: Int] = [:]
    for metric in metrics where metric.isSampled {
      guard let (claim, rank) = claim(of: metric) else { continue }
      let first = min(rank, winner(of: claim) ?? rank)
      winners[claim.endpoint, default: [:]][claim.metric] = first
      ranks[claim.endpoint] = min(rank, ranks[claim.endpoint] ?? rank)
    }
    tags = ranks.compactMapValues { order.indices.contains($0) ? order[$0] : nil }
  }

  /// The endpoint and the metric's name there.
  func identity(of metric: K6Metric) -> (endpoint: String, metric: String) {
    guard let (claim, rank) = claim(of: metric), winner(of: claim) == rank else {
      return (Series.wholeRun, metric.name.description)
    }
    return (claim.endpoint, claim.metric)
  }

  private func winner(of claim: Claim) -> Int? { winners[claim.endpoint]?[claim.metric] }

  private func claim(of metric: K6Metric) -> (Claim, rank: Int)? {
    let name = metric.name
    if let endpoint = metric.endpoint {
      return (
        Claim(endpoint: endpoint.name, metric: name.description),
        order.firstIndex(of: endpoint.tag) ?? order.count
      )
    }
    guard name.tags.count == 1, let (tag, value) = name.tags.first, let rank = order.firstIndex(of: tag),
      !value.isEmpty, value != Series.wholeRun
    else { return nil }
    return (Claim(endpoint: value, metric: name.base), rank)
  }
}
