/// How well change points agree with the true ones: a hit lies within five runs, each true one is hit once.
struct ChangeScore {
  private static let margin = 5

  var hits = 0
  /// Hits at most one run off.
  var nearHits = 0
  var falsePoints = 0
  var misses = 0

  var precision: Double { Double(hits) / Double(hits + falsePoints) }
  var recall: Double { Double(hits) / Double(hits + misses) }
  var f1: Double { 2 * Double(hits) / Double(2 * hits + falsePoints + misses) }

  /// The figures of a row, in per cent.
  var cells: [String] {
    [precision, recall, f1, Double(nearHits) / Double(hits)].map { fixed(100 * $0) }
  }

  /// Adds one series.
  /// - Parameter doubtful: places where finding a point counts neither for nor against.
  mutating func add(found: [Int], true labels: [Int], doubtful: [Int] = []) {
    var free = found
    var missing = labels
    let pairs = found.flatMap { point in labels.map { (point, $0, abs(point - $0)) } }
    for (point, label, distance) in pairs.sorted(by: { $0.2 < $1.2 })
    where distance <= ChangeScore.margin {
      guard let at = free.firstIndex(of: point), let met = missing.firstIndex(of: label) else { continue }
      free.remove(at: at)
      missing.remove(at: met)
      hits += 1
      if distance <= 1 { nearHits += 1 }
    }
    misses += missing.count
    falsePoints += free.count { point in !doubtful.contains { abs($0 - point) <= ChangeScore.margin } }
  }
}
