import SLOHistory
package import SLOModel

extension BudgetSuggestion {
  /// Room over a first result: there is no scatter to know yet, and two runs of one build differ by a third.
  package static let firstHeadroom = 0.5

  /// Suggests limits that one measurement holds, before there is a history. A percentile of too few samples is left out:
  /// another run of the same build would break it.
  /// - Parameters:
  ///   - readings: what was measured; several of a profile are repetitions.
  ///   - service: the service.
  package init(first readings: [Reading], service: String) {
    let cohorts = Dictionary(grouping: readings, by: \.profile).sorted { $0.key < $1.key }.map {
      CohortHistory(first: $1, profile: $0, service: service)
    }
    self.init(from: cohorts, service: service, headroom: BudgetSuggestion.firstHeadroom)
    // How many requests there were is that of the load, which the next run need not have.
    limits.removeAll { $0.unit == .perSecond }
  }
}

extension CohortHistory {
  fileprivate init(first readings: [Reading], profile: String, service: String) {
    let measured = readings.flatMap(\.measurements).filter(TrackedSeries.isResolved)
    let series = Dictionary(grouping: measured, by: \.series).compactMap { series, values -> SeriesHistory? in
      guard let first = values.first else { return nil }
      let repetitions = values.map { ReferenceValue.Repetition(value: $0.value, samples: $0.samples) }
      return SeriesHistory(
        series: series, unit: first.unit, better: first.better,
        values: [ReferenceValue(commit: 0, repetitions: repetitions)])
    }
    self.init(
      service: service, profile: profile, environment: Environment(name: nil, sizing: [:]), commits: [],
      series: series)
  }
}
