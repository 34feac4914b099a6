internal import SLOStatistics

/// What one run measured of the series of one tile.
///
/// | part | bytes |
/// |---|---|
/// | version of this layout | one, 1 |
/// | which slots of the tile have a value | eight: a bit each, lowest byte first |
/// | the values by slot | eight each, IEEE 754, lowest byte first |
/// | their sample counts | stretches: how many cells, then their count plus 1, or 0 where it is unknown |
/// | their places within the run | stretches: how many cells, then the place of the first; the others follow it |
///
/// All numbers of the stretches are of variable length. A load test lists the statistics of a metric one after
/// another and each rests on the same samples, so that a cell takes little more than its value.
struct Cells: Equatable {
  /// How many slots a tile has.
  static let width = 64

  /// The most samples a value can rest on.
  static let largestCount = 1 << 53

  /// One value.
  struct Cell: Equatable {
    /// The slot within the tile, 0 ..< `width`.
    var slot: Int
    /// The value.
    var value: Double
    /// How many observations it rests on, 0 … `largestCount`, where known.
    var samples: Int?
    /// Its place within the run, from 0.
    var place: Int
  }

  /// The values, by slot.
  private(set) var list: [Cell]

  /// Takes values of different slots, in any order.
  init(_ cells: [Cell]) { list = cells.sorted { $0.slot < $1.slot } }

  private static let version: UInt8 = 1
  private static let head = 9

  /// The bytes of these cells: the same for equal cells, and others for others.
  var encoded: [UInt8] {
    var bytes = [Cells.version]
    bytes.reserveCapacity(Cells.head + list.count * 10)
    let mask = list.reduce(UInt64(0)) { $0 | 1 << UInt64($1.slot) }
    bytes.append(fixed: Double(bitPattern: mask))
    for cell in list { bytes.append(fixed: cell.value) }
    append(to: &bytes, { $0.samples.map { $0 + 1 } ?? 0 }) { first, next, _ in first == next }
    append(to: &bytes, \.place) { first, next, distance in first + distance == next }
    return bytes
  }

  /// Appends the stretches in which a number continues its first.
  private func append(
    to bytes: inout [UInt8], _ number: (Cell) -> Int,
    continues: (_ first: Int, _ next: Int, _ distance: Int) -> Bool
  ) {
    var start = 0
    while start < list.count {
      let first = number(list[start])
      var end = start + 1
      while end < list.count, continues(first, number(list[end]), end - start) { end += 1 }
      bytes.append(variable: end - start)
      bytes.append(variable: first)
      start = end
    }
  }
}

extension Cells {
  /// Reads cells back from their bytes.
  /// - Parameter wanted: a bit for each slot that is to be read; what the others hold is not looked at.
  /// - Returns: nil for anything that `encoded` does not give. No bytes make it crash.
  init?(encoded bytes: [UInt8], wanted: UInt64 = .max) {
    guard bytes.count > Cells.head, bytes[0] == Cells.version else { return nil }
    let mask = bytes.word(at: 1)
    let count = mask.nonzeroBitCount
    let values = Cells.head..<Cells.head + count * 8
    guard count > 0, values.upperBound <= bytes.count else { return nil }
    list = []
    list.reserveCapacity((mask & wanted).nonzeroBitCount)
    // The index of each wanted cell among all of them.
    var indices: [Int] = []
    indices.reserveCapacity((mask & wanted).nonzeroBitCount)
    var (rest, index) = (mask, 0)
    while rest != 0 {
      let slot = rest.trailingZeroBitCount
      rest &= rest - 1
      if wanted >> UInt64(slot) & 1 == 1 {
        let value = Double(bitPattern: bytes.word(at: Cells.head + index * 8))
        guard value.isFinite else { return nil }
        list.append(Cell(slot: slot, value: value, samples: nil, place: 0))
        indices.append(index)
      }
      index += 1
    }
    var tail = bytes[values.upperBound...]
    guard
      list.read(
        from: &tail, count: count, at: indices,
        { cell, first, _ in
          guard first <= Cells.largestCount + 1 else { return false }
          cell.samples = first == 0 ? nil : first - 1
          return true
        }),
      list.read(
        from: &tail, count: count, at: indices,
        { cell, first, distance in
          let (place, overflows) = first.addingReportingOverflow(distance)
          cell.place = place
          return !overflows
        }), tail.isEmpty
    else { return nil }
  }
}

extension [Cells.Cell] {
  /// Reads stretches over `count` cells and hands each of these its number.
  /// - Parameter indices: where among the `count` cells each of these stands, rising.
  /// - Returns: false where the bytes are not such stretches.
  fileprivate mutating func read(
    from bytes: inout ArraySlice<UInt8>, count: Int, at indices: [Int],
    _ assign: (inout Cells.Cell, _ first: Int, _ distance: Int) -> Bool
  ) -> Bool {
    var (start, next) = (0, 0)
    while start < count {
      guard let length = bytes.popVariable(), 0 < length, length <= count - start,
        let first = bytes.popVariable()
      else { return false }
      while next < self.count, indices[next] < start + length {
        guard assign(&self[next], first, indices[next] - start) else { return false }
        next += 1
      }
      start += length
    }
    return true
  }
}

extension [UInt8] {
  /// The eight bytes at an index, the lowest first.
  fileprivate func word(at index: Int) -> UInt64 {
    withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: index, as: UInt64.self)) }
  }
}
