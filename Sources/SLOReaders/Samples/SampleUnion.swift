internal import SLOModel
internal import SLOStatistics
internal import SLOSupport

/// Several sorted sets taken as one, without being merged.
struct SampleUnion {
  private let sets: [SampleSet]
  /// How many samples there are.
  let count: Int

  /// Takes sorted sets together.
  init(_ sets: [SampleSet]) {
    self.sets = sets
    count = sets.reduce(0) { $0 + $1.count }
  }

  /// The sum of all samples.
  var sum: Double { sets.reduce(0) { $0 + $1.sum } }
  /// The smallest sample; nil where there is none.
  var minimum: Double? { sets.compactMap(\.minimum).min() }
  /// The largest sample; nil where there is none.
  var maximum: Double? { sets.compactMap(\.maximum).max() }
  /// Samples that are not 0.
  var hits: Int { sets.reduce(0) { $0 + $1.count - $1.zeros } }
  /// The sample that came last; nil where there is none.
  var last: Double? { sets.max { $0.lastPlace < $1.lastPlace }?.last }

  /// The samples in a sketch.
  var sketch: QuantileSketch {
    sets.reduce(into: QuantileSketch()) { sketch, set in
      sketch.merge(QuantileSketch(sorted: set.others))
      sketch.add(0, count: set.zeros)
      sketch.add(1, count: set.ones)
    }
  }

  /// The same in the canonical unit of samples that come in another one.
  func sketch(in unit: SourceUnit) -> QuantileSketch {
    if unit.isCanonical { return sketch }
    return sets.reduce(into: QuantileSketch()) { sketch, set in
      sketch.merge(QuantileSketch(sorted: set.others.map(unit.canonical)))
      sketch.add(0, count: set.zeros)
      sketch.add(unit.canonical(1), count: set.ones)
    }
  }

  /// The quantile at `q` (0 to 1) as k6 computes it: linear between the order statistics next to
  /// `q (n - 1)`, type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996.
  func quantile(_ q: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = q * Double(count - 1)
    let lower = Int(saturating: rank.rounded(.down))
    guard let first = value(rank: lower) else { return nil }
    let share = rank - Double(lower)
    guard share > 0, let second = value(rank: lower + 1) else { return first }
    return first + (second - first) * share
  }

  /// The sample with `rank` samples before it in order: the smallest value that more samples than that are at
  /// most as large as, found by halving the range of all doubles.
  private func value(rank: Int) -> Double? {
    if sets.count == 1 { return sets[0].value(rank: rank) }
    guard let minimum, let maximum else { return nil }
    var (low, high) = (minimum.order, maximum.order)
    while low < high {
      let middle = low + (high - low) / 2
      let value = Double(order: middle)
      if sets.reduce(0, { $0 + $1.count(upTo: value) }) > rank { high = middle } else { low = middle + 1 }
    }
    return Double(order: low)
  }
}

extension SampleSet {
  /// The sample with `rank` sorted samples before it; nil behind the last.
  func value(rank: Int) -> Double? {
    let negative = others.partitionPoint { $0 < 0 }
    if rank < negative { return others[rank] }
    if rank < negative + zeros { return 0 }
    let belowOne = others.partitionPoint { $0 < 1 }
    if rank < belowOne + zeros { return others[rank - zeros] }
    if rank < belowOne + zeros + ones { return 1 }
    return rank < count ? others[rank - zeros - ones] : nil
  }
}
