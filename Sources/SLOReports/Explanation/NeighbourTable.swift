import SLOGate
import SLOModel

/// The figures next to a finding, a row each: what earlier commits had, what they are now, and whether they moved.
struct NeighbourTable {
  /// Rows of one kind beyond this are counted, not shown.
  private static let mostRows = 10

  let lines: [String]

  init(_ explanation: Explanation, _ style: TextStyle) {
    guard let beside = explanation.relatedChanges else {
      lines = []
      return
    }
    let kinds: [(neighbours: [Neighbour], name: (Series) -> String)] = [
      (beside.parts, { SeriesName($0).metric }), (beside.endpoints, { SeriesName($0).endpoint }),
      (beside.profiles, { SeriesName($0).profile }), (beside.statistics, { SeriesName($0).metric }),
    ]
    let rows = kinds.flatMap { kind in
      kind.neighbours.prefix(NeighbourTable.mostRows).map { NeighbourTable.row($0, kind.name($0.series)) }
    }
    let more = kinds.map { max(0, $0.neighbours.count - NeighbourTable.mostRows) }.reduce(0, +)
    let table = aligned(rows, right: [1, 2, 3])
    lines = (table + (more > 0 ? ["… and \(more) more"] : [])).enumerated().flatMap {
      labelled($0.offset == 0 ? "beside" : "", verbatim: $0.element, style)
    }
  }

  private static func row(_ neighbour: Neighbour, _ name: String) -> [String] {
    let word =
      switch neighbour.movement {
      case .worse: "worse"
      case .better: "better"
      case .moved: "moved"
      case .none: "as before"
      case .unknown: "too little history"
      }
    return [
      shortened(name, to: 30), neighbour.typical.map { quantity($0, neighbour.unit) } ?? "–",
      quantity(neighbour.value, neighbour.unit),
      neighbour.change.map(roughPercent) ?? "–", word,
    ]
  }
}
