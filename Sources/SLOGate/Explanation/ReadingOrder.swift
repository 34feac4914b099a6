public import SLOModel

/// How soon a reader asks for a figure of an endpoint or a page: first what its users wait for, last how many samples
/// there were. The one order in which figures of an endpoint are listed.
public struct ReadingOrder: Comparable, Sendable {
  /// What kind of figure it is, in the order in which they are listed.
  public enum Kind: Int, Comparable, Sendable {
    /// One of the few that stand for an endpoint: p95, p99, med, error rate …, of a page LCP, CLS, TBT ….
    case key
    /// A figure with a limit of its own.
    case limited
    /// Any other, such as a trend of the script.
    case other
    /// A part of a request's time.
    case phase
    /// A minimum, a maximum, or a figure under its second name.
    case extreme
    /// A number of samples or events.
    case count

    /// By place in the list.
    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// What kind of figure it is.
  public let kind: Kind
  private let place: Int
  private let series: Series

  /// The place of a series.
  /// - Parameter isLimited: whether it has a limit.
  public init(_ series: Series, isLimited: Bool = false) {
    let key = ReadingOrder.key.firstIndex { $0.metric == series.metric && $0.statistic == series.statistic }
    kind = key == nil ? ReadingOrder.kind(of: series, isLimited) : .key
    let statistic = ReadingOrder.statistics.firstIndex(of: series.statistic) ?? ReadingOrder.statistics.count
    let phase = RequestPhase(series)?.place ?? 0
    place = key ?? (kind == .other ? 0 : 10 * statistic + phase)
    self.series = series
  }

  /// The earlier in the list first; of one place by name.
  public static func < (left: Self, right: Self) -> Bool {
    if left.kind != right.kind { return left.kind < right.kind }
    if left.place != right.place { return left.place < right.place }
    if left.series.metric != right.series.metric { return left.series.metric < right.series.metric }
    if left.rank != right.rank { return left.rank < right.rank }
    return left.series < right.series
  }

  private var rank: Int {
    ReadingOrder.statistics.firstIndex(of: series.statistic) ?? ReadingOrder.statistics.count
  }

  private static func kind(of series: Series, _ isLimited: Bool) -> Kind {
    if isLimited { return .limited }
    switch series.statistic {
    case .count: return .count
    case .minimum, .maximum, .p50: return .extreme
    default: break
    }
    if MetricCatalogue.traits(of: series.metric)?.kind == .counter { return .count }
    return RequestPhase(series) == nil ? .other : .phase
  }

  private static let statistics: [Statistic] = [.p95, .p99, .median, .p90, .average]

  /// The figures that stand for an endpoint or a page.
  private static let key: [(metric: String, statistic: Statistic)] = [
    ("http_req_duration", .p95), ("http_req_duration", .p99), ("http_req_duration", .median),
    ("http_req_failed", .rate), ("checks", .rate), ("http_reqs", .rate),
    ("grpc_req_duration", .p95), ("browser_http_req_duration", .p95),
    ("largest-contentful-paint", .value), ("cumulative-layout-shift", .value),
    ("total-blocking-time", .value), ("interaction-to-next-paint", .value), ("performance", .score),
    ("first-contentful-paint", .value), ("speed-index", .value), ("total-byte-weight", .value),
    ("browser_web_vital_lcp", .p95), ("browser_web_vital_cls", .p95), ("browser_web_vital_inp", .p95),
  ]
}

extension Finding {
  /// Its place among the figures of its endpoint.
  public var readingOrder: ReadingOrder {
    ReadingOrder(series, isLimited: budget != nil || relative != nil || script?.isCrossed == true)
  }
}

/// A part of the time of an HTTP request, as k6 takes it.
struct RequestPhase {
  /// The parts in the order in which a request goes through them.
  static let all = ["blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving"]
    .map { "http_req_" + $0 }
  /// The parts that `http_req_duration` is the sum of, sample by sample; the others come before it.
  private static let summands: Set = ["http_req_sending", "http_req_waiting", "http_req_receiving"]

  /// Its place among `all`.
  let place: Int

  /// - Returns: nil for any other metric. Tags are left aside.
  init?(_ series: Series) {
    guard let place = RequestPhase.all.firstIndex(of: MetricName.base(of: series.metric)) else { return nil }
    self.place = place
  }

  /// Whether a metric is one of the parts that `http_req_duration` is made of.
  static func isSummand(_ metric: String) -> Bool { summands.contains(MetricName.base(of: metric)) }
}
