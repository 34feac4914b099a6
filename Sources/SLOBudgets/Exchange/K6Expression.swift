internal import SLOModel
internal import SLOReaders

/// A threshold's expression taken apart as k6 does: `p(95) < 400`
/// (<https://grafana.com/docs/k6/latest/using-k6/thresholds/#threshold-syntax>).
///
/// What k6 refuses to start with is refused here too: a limit from it is one that was never tried.
struct K6Expression {
  /// Why k6 would not take it, or a budget cannot read it.
  struct Malformed: Error {
    var message: String
  }

  var statistic: Statistic
  var sign: String
  /// The number on the right: finite.
  var value: Double

  private static let signs = ["<", "<=", ">", ">=", "==", "===", "!="]

  /// Reads an expression.
  /// - Parameter metric: the metric it is set on, whose kind says which statistics k6 has of it.
  /// - Throws: what is wrong, and the spelling k6 wants where one is meant.
  init(parsing expression: String, of metric: String) throws(Malformed) {
    let text = expression.filter { $0 != " " && $0 != "\t" }
    let marks = "<>=!"
    guard let start = text.firstIndex(where: { marks.contains($0) }) else {
      throw Malformed(message: "no threshold that slogate can read: k6 wants METHOD, operator and number")
    }
    let end = text[start...].firstIndex { !marks.contains($0) } ?? text.endIndex
    let (method, sign, number) = (String(text[..<start]), String(text[start..<end]), text[end...])
    guard K6Expression.signs.contains(sign) else {
      let meant = sign == "=" ? "; write \(method)==\(number)" : ""
      throw Malformed(message: "k6 refuses the operator \(sign)\(meant)")
    }
    guard number.first?.isLetter == false, let value = Double(number), value.isFinite else {
      throw Malformed(message: "no threshold that slogate can read: k6 wants a number behind \(sign)")
    }
    statistic = try K6Expression.statistic(method, rest: sign + number)
    (self.sign, self.value) = (sign, value)
    try checkMethod(of: metric)
  }

  private static func statistic(_ method: String, rest: String) throws(Malformed) -> Statistic {
    guard let statistic = Statistic(spelled: method) else {
      throw Malformed(message: "k6 has no method \(method)")
    }
    if method.hasPrefix("p"), !method.hasPrefix("p(") {
      throw Malformed(
        message: "k6 refuses \(method)\(rest); it wants \(statistic.k6Name)\(rest)")
    }
    return statistic
  }

  /// k6 does not start with a method that the metric's kind does not have.
  private func checkMethod(of metric: String) throws(Malformed) {
    let type = MetricCatalogue.traits(of: metric).flatMap { SampledMetricType($0.shape) }
    let methods = type?.thresholdMethods ?? [.average, .minimum, .maximum, .median, .count, .rate, .value]
    let hasPercentiles = [.trend, nil].contains(type)
    guard methods.contains(statistic) || hasPercentiles && statistic.percentile != nil else {
      let names = methods.map(\.rawValue) + (hasPercentiles ? ["p(95)"] : [])
      throw Malformed(
        message: "k6 has no \(statistic.k6Name) of this metric; it has \(names.joined(separator: ", "))")
    }
  }

  /// The limit that says the same; nil where none does.
  ///
  /// A share lies between 0 and 1 and a count is 0 or more: at their ends equal is at most or at least, and other is
  /// more or less.
  func comparison(ofShare isShare: Bool) -> Comparison? {
    if let comparison = Comparison(rawValue: sign) { return comparison }
    let isEqual = sign != "!="
    if value == 0, [.rate, .count].contains(statistic) { return isEqual ? .atMost : .above }
    if value == 1, statistic == .rate, isShare { return isEqual ? .atLeast : .below }
    return nil
  }
}
