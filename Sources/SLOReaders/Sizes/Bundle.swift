internal import SLOModel

/// What is known of one bundle: a file that a build wrote, or several under one name.
struct Bundle: Sendable {
  /// As the report or the folder names it.
  var name: String
  /// Sizes in bytes and times in milliseconds, by metric.
  var figures: [String: Double]
  /// The limit that the report sets it.
  var limit: Limit?

  /// A limit of the report's own.
  struct Limit: Sendable {
    /// The metric it is on.
    var metric: String
    /// The largest size allowed, in bytes; nil where the report does not say it.
    var bound: Double?
    /// Whether the report says that it holds; nil where it does not say.
    var claim: Bool?

    /// Whether a value is allowed; nil where the bound or the value is not known.
    func allows(_ value: Double?) -> Bool? {
      guard let bound, let value else { return nil }
      return value <= bound
    }

    /// As a threshold writes it.
    var expression: String {
      bound.map { "value<=\(shortest($0))" } ?? "value within a limit that the report does not name"
    }
  }

  /// The limit as a threshold of the tool's own: what the numbers say goes before what the report says.
  func threshold(of endpoint: String) -> Reading.Threshold? {
    guard let limit else { return nil }
    let value = figures[limit.metric]
    let isWithin = limit.allows(value)
    return Reading.Threshold(
      endpoint: endpoint, metric: limit.metric, expression: limit.expression,
      passed: isWithin == false ? false : limit.claim ?? isWithin, isMeasured: value != nil, observed: value)
  }

  /// What is doubtful: a report that says of its own numbers what they do not.
  var contradiction: String? {
    guard let limit, let claim = limit.claim, let bound = limit.bound, let value = figures[limit.metric],
      claim != (value <= bound)
    else { return nil }
    let size = "\(shortest(value)) B with a limit of \(shortest(bound)) B"
    return "the report calls \(UntrustedText.quoted(name)) \(claim ? "passed" : "failed") at \(size)"
  }
}

extension Bundle {
  /// What lies beside a file of its name because of it and is not loaded with it.
  enum Companion: String, CaseIterable {
    case sourceMap = ".map"
    case gzip = ".gz"
    case brotli = ".br"

    /// The metric of the file that the size of a copy is.
    var metric: String? {
      switch self {
      case .sourceMap: nil
      case .gzip: "gzip"
      case .brotli: "brotli"
      }
    }
  }

  /// The companion that it is of another file, and the name of that file.
  func companion(among names: Set<String>) -> (kind: Companion, of: String)? {
    for kind in Companion.allCases where name.hasSuffix(kind.rawValue) {
      let whole = String(name.dropLast(kind.rawValue.count))
      if names.contains(whole) { return (kind, whole) }
    }
    return nil
  }
}
