/// What a query of Prometheus's says of the figure it gives, as far as its words go.
enum PrometheusQuery {
  /// What a time in the query's unit is multiplied by to be in milliseconds.
  static func milliseconds(in query: String) -> Double? {
    if query.contains("_milliseconds") || query.contains("_ms") { return 1 }
    return query.contains("_seconds") ? 1_000 : nil
  }

  /// The digits of `histogram_quantile(0.95, …)` and `quantile="0.95"`.
  static func quantile(in query: String) -> String? {
    digits(in: query, after: "quantile(") ?? digits(in: query, after: "quantile=\"")
  }

  /// The bound of `…_seconds_bucket{le="0.3"}` in milliseconds.
  static func bucket(in query: String) -> Double? {
    guard query.contains("_bucket"), let factor = milliseconds(in: query),
      let bound = digits(in: query, after: "le=\"").flatMap(Double.init)
    else { return nil }
    return (bound * factor * 1e9).rounded() / 1e9
  }

  private static func digits(in query: String, after word: String) -> String? {
    guard let start = query.firstRange(of: word)?.upperBound else { return nil }
    let digits = query[start...].drop { $0 == " " }.prefix { $0.isNumber || $0 == "." }
    return digits.isEmpty ? nil : String(digits)
  }
}
