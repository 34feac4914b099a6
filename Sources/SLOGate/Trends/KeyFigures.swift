package import SLOHistory
package import SLOModel
import SLOReaders

/// The one figure by which an endpoint or a page is looked at where none is named.
package enum KeyFigures {
  /// What stands for an endpoint, the first that its run has: of web pages and of load in one list.
  package static let all: [MetricFigure] = ranked.flatMap(\.self)

  /// Figures that stand for a subject alike, those first that go before the others.
  private static let ranked: [[MetricFigure]] = (0..<(EvidenceKind.all.map(\.display.leads.count).max() ?? 0))
    .map {
      rank in
      EvidenceKind.all.flatMap { rank < $0.display.leads.count ? $0.display.leads[rank] : [] }
    }

  /// Recorded series without those that only stand for an endpoint where a better one is missing.
  package static func chosen(from cohort: CohortHistory) -> CohortHistory {
    var chosen = cohort
    for figures in ranked {
      let names = Set(figures.map(\.metric))
      let found = cohort.series.filter { names.contains($0.series.metric) }
      if !found.isEmpty {
        chosen.series = found
        break
      }
    }
    return chosen
  }
}
