internal import SLOModel

/// A quantity next to a custom metric, of which only its name, a declaration or its results say the unit.
struct CustomBound {
  private let key: MetricKey
  private let quantity: Quantity

  init(_ key: MetricKey, _ quantity: Quantity) { (self.key, self.quantity) = (key, quantity) }

  /// The value in the canonical unit. A number alone next to a metric that says no unit has none; a time or a size
  /// next to one is taken, for the results may say what it contains.
  /// - Throws: that the quantity cannot be one of the metric's.
  func converted() throws(Bound.Malformed) -> (Double, MetricUnit?) {
    // Results that say the unit of each metric are asked for it when they are judged.
    if key.kind.metrics.others.areDescribed, key.source == nil {
      return (quantity.value, quantity.dimension.unit)
    }
    switch key.statistic {
    case .rate: try admit([.percent, .plain, .perSecond, .sizePerSecond], "a share or a number per time")
    case .count: try admit([.plain, .time, .size], "a number of samples or a total")
    default:
      if let unit = key.source?.canonical { return (try value(in: unit), unit) }
      guard quantity.dimension != .percent, quantity.dimension.unit != .perSecond else { throw nameless }
    }
    return (quantity.value, quantity.dimension.unit)
  }

  /// What declares a metric so that a limit in a unit can hold it.
  static func remedy(_ metric: String, _ unit: MetricUnit) -> String {
    let name =
      switch unit {
      case .milliseconds: "ms"
      case .bytes: "B"
      case .ratio, .score: "percent"
      case .perSecond, .count, .unitless: "count"
      }
    return "say what the script counts in, such as metrics: { \(metric): { unit: \(name) } }"
  }

  private func admit(_ dimensions: Set<Quantity.Dimension>, _ what: String) throws(Bound.Malformed) {
    guard !dimensions.contains(quantity.dimension) else { return }
    throw Bound.Malformed(
      message: "'\(key.text)' is \(what), found \(quantity.dimension.article)",
      hint: "a limit on another statistic is written \(base).p95, \(base).value …")
  }

  private func value(in unit: MetricUnit) throws(Bound.Malformed) -> Double {
    guard unit.admits(quantity.dimension, ofData: false) else {
      throw Bound.Malformed(
        message: "'\(key.text)' is \(unit.article()), found \(quantity.dimension.article)", hint: hint(unit))
    }
    // In percent, 70 would be 7000 %.
    if key.source?.name == "percent", quantity.dimension == .plain, quantity.value > 1 {
      throw Bound.Malformed(
        message: "'\(key.text)' is in percent, found a number without unit",
        hint: "write \(quantity.digits)%")
    }
    return quantity.value
  }

  /// The same digits in the unit the metric's values come in.
  private func hint(_ unit: MetricUnit) -> String {
    guard quantity.dimension == .plain, let source = key.source else {
      return "write \(unit.example(quantity, isData: false)), or declare another unit: "
        + "metrics: { \(base): { unit: … } }"
    }
    return "write \(quantity.digits)\(source.name)"
  }

  private var nameless: Bound.Malformed {
    Bound.Malformed(
      message: "'\(key.text)' has no unit that slogate knows, found \(quantity.dimension.article)",
      hint: quantity.dimension == .percent
        ? CustomBound.remedy(base, .ratio) : "write a number without unit: \(quantity.digits)")
  }

  private var base: String { MetricName(parsing: key.metric).base }
}

extension MetricKey {
  /// The canonical unit of the figure, where it is known without results.
  var unit: MetricUnit? {
    if let traits { return traits.unit(of: statistic) }
    return [.rate, .count].contains(statistic) ? nil : source?.canonical
  }
}
