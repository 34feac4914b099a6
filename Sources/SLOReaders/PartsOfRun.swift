internal import SLOModel
internal import SLOSupport

extension Reading {
  /// Readings that are parts of one run as one reading: every figure of any of them.
  ///
  /// The identity is over those of the parts in ascending order, so that the order of the files does not matter.
  /// - Parameter combining: what a figure is that two parts have; nil where they cannot both be right, which makes the
  ///   run inconclusive.
  static func joined(
    _ parts: [Reading], combining: (Double, Double) -> Double? = { $0 == $1 ? $0 : nil }
  ) -> [Reading] {
    guard var whole = parts.first, parts.count > 1 else { return parts }
    var places: [Series: Int] = [:]
    for (index, measurement) in whole.measurements.enumerated() { places[measurement.series] = index }
    for part in parts.dropFirst() {
      for measurement in part.measurements {
        guard let index = places[measurement.series] else {
          places[measurement.series] = whole.measurements.count
          whole.measurements.append(measurement)
          continue
        }
        if let value = combining(whole.measurements[index].value, measurement.value) {
          whole.measurements[index].value = value
        } else {
          whole.failure = whole.failure ?? conflict(measurement.series, of: parts)
        }
      }
      whole.add(part)
    }
    whole.failure = parts.lazy.compactMap(\.failure).first ?? whole.failure
    whole.source.path = ShardPaths.pattern(of: parts.map(\.source.path))
    whole.source.sha256 =
      SHA256Digest(of: parts.map(\.source.sha256).sorted().joined(separator: "\n")).description
    return [whole]
  }

  /// Everything of another part but its figures and its source.
  private mutating func add(_ part: Reading) {
    distributions += part.distributions
    thresholds += part.thresholds
    details.merge(part.details) { $0 + $1 }
    conditions.merge(part.conditions) { own, _ in own }
    sizing.merge(part.sizing) { own, _ in own }
    facts.merge(part.facts) { own, _ in own }
    notices += part.notices.filter { !notices.contains($0) }
    warnings += part.warnings.filter { !warnings.contains($0) }
    toolVersion = toolVersion ?? part.toolVersion
    startedAt = [startedAt, part.startedAt].compactMap(\.self).min()
    duration = [duration, part.duration].compactMap(\.self).max()
  }

  private static func conflict(_ series: Series, of parts: [Reading]) -> String {
    let files = parts.filter { $0.measurements.contains { $0.series == series } }.map(\.source.path)
    let names = files.map { UntrustedText.escaped($0, limit: 4_096) }.joined(separator: " and ")
    let figure = "\(series.metric) of \(UntrustedText.quoted(series.endpoint, limit: 80))"
    return
      "\(names) give \(figure) different values: pass each under a name of its own, as in --evidence NAME=FILE"
  }
}
