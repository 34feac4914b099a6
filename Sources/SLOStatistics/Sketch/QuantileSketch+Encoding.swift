import SLOSupport

/// A sketch as bytes, for keeping.
///
/// | part | bytes |
/// |---|---|
/// | version of this layout | one, 1 |
/// | α in thousandths | one, 10 |
/// | negative infinities | a count |
/// | negative numbers | a store of their magnitudes |
/// | zeros | a count |
/// | positive numbers | a store |
/// | positive infinities | a count |
/// | smallest and largest value | eight each, IEEE 754, lowest byte first; none of an empty sketch |
///
/// A count is of variable length. A store is the number of its buckets and, unless that is 0, the lowest bucket,
/// folded, and the count of each; for a run of empty buckets a 0 and the length of the run.
extension QuantileSketch {
  private static let header: [UInt8] = [1, UInt8(saturating: (accuracy * 1_000).rounded())]

  /// The bytes of this sketch: the same for equal sketches, and others for others.
  public var encoded: [UInt8] {
    var bytes = QuantileSketch.header
    bytes.append(variable: negativeInfinities)
    bytes.append(negatives)
    bytes.append(variable: zeros)
    bytes.append(positives)
    bytes.append(variable: positiveInfinities)
    if let range {
      bytes.append(fixed: range.lowerBound)
      bytes.append(fixed: range.upperBound)
    }
    return bytes
  }

  /// Reads a sketch back from its bytes.
  /// - Returns: nil for anything that `encoded` does not give, or with more than 2⁴⁸ values. No bytes make it
  ///   crash, or take more memory than a full sketch.
  public init?(encoded bytes: [UInt8]) {
    guard bytes.starts(with: QuantileSketch.header) else { return nil }
    var rest = bytes.dropFirst(QuantileSketch.header.count)
    guard let negativeInfinities = rest.popCount(), let negatives = rest.popStore(),
      let zeros = rest.popCount(), let positives = rest.popStore(), let positiveInfinities = rest.popCount()
    else { return nil }
    self.init(
      negativeInfinities: negativeInfinities, negatives: negatives, zeros: zeros, positives: positives,
      positiveInfinities: positiveInfinities, range: rest.popRange())
    // What is spelled in another way than ours, goes on after the end, or lacks its range is not what we wrote.
    guard count <= largestCount, (count == 0) == (range == nil), encoded == bytes else { return nil }
  }
}

/// The most values a sketch may claim when it is decoded: more than anyone has measured, and so few that the
/// count of thousands of merged sketches is still a number.
private let largestCount = 1 << 48

extension [UInt8] {
  fileprivate mutating func append(_ store: BucketStore) {
    append(variable: store.counts.count)
    guard !store.counts.isEmpty else { return }
    append(folded: store.lowest)
    var rest = store.counts[...]
    while let count = rest.first {
      append(variable: count)
      guard count == 0 else {
        rest.removeFirst()
        continue
      }
      let run = rest.prefix { $0 == 0 }.count
      append(variable: run)
      rest.removeFirst(run)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func popCount() -> Int? {
    popVariable().flatMap { $0 <= largestCount ? $0 : nil }
  }

  fileprivate mutating func popStore() -> BucketStore? {
    var store = BucketStore()
    guard let size = popVariable(), size <= BucketStore.capacity else { return nil }
    guard size > 0 else { return store }
    guard let lowest = popFolded(), LogarithmicMapping.buckets.contains(lowest) else { return nil }
    var bucket = lowest
    while bucket < lowest + size {
      guard let count = popCount() else { return nil }
      if count == 0 {
        guard let run = popVariable(), 0 < run, run < lowest + size - bucket else { return nil }
        bucket += run
      } else {
        store.add(count, to: bucket)
        bucket += 1
      }
    }
    return store
  }

  fileprivate mutating func popRange() -> ClosedRange<Double>? {
    guard let lower = popFixed(), let upper = popFixed(), lower <= upper else { return nil }
    return lower...upper
  }
}

/// Whole numbers in as few bytes as they need (LEB128): seven bits a byte, the lowest first, the eighth bit set
/// where more follow. Signed numbers are folded so that small ones are short whatever their sign (zig-zag).
extension [UInt8] {
  /// Appends a number from 0.
  package mutating func append(variable number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest > 0x7F {
      append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Appends a number of either sign.
  package mutating func append(folded number: Int) { append(variable: number << 1 ^ number >> 63) }

  /// Appends the eight bytes of a number, the lowest first.
  package mutating func append(fixed number: Double) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
    }
  }
}

extension ArraySlice<UInt8> {
  /// Takes a number from 0 off the front.
  /// - Returns: nil where the bytes end within it, or it does not fit.
  package mutating func popVariable() -> Int? {
    popWord().flatMap { Int(exactly: $0) }
  }

  /// Takes a number of either sign off the front.
  /// - Returns: nil where the bytes end within it, or it does not fit.
  package mutating func popFolded() -> Int? {
    popWord().map { Int(bitPattern: UInt(truncatingIfNeeded: $0 >> 1 ^ (0 &- $0 & 1))) }
  }

  /// Takes eight bytes off the front.
  /// - Returns: nil where there are fewer.
  package mutating func popFixed() -> Double? {
    guard count >= 8 else { return nil }
    let bits = prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    removeFirst(8)
    return Double(bitPattern: bits)
  }

  private mutating func popWord() -> UInt64? {
    var word: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      guard let byte = popFirst() else { return nil }
      word |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return word }
    }
    return nil
  }
}

/// A part of the number line whose values a sketch counts together.
enum SketchCell {
  case negativeInfinity
  /// The negative numbers whose magnitude falls into a bucket.
  case negative(Int)
  /// Zero, and what is too small to be a normal number.
  case zero
  /// The positive numbers that fall into a bucket.
  case positive(Int)
  case positiveInfinity

  /// The cell a value lies in.
  /// - Parameter value: any number but NaN.
  init(of value: Double) {
    precondition(!value.isNaN, "NaN has no place in a distribution")
    if value.magnitude < .leastNormalMagnitude {
      self = .zero
    } else if value.isInfinite {
      self = value > 0 ? .positiveInfinity : .negativeInfinity
    } else {
      let bucket = LogarithmicMapping.bucket(of: value.magnitude)
      self = value > 0 ? .positive(bucket) : .negative(bucket)
    }
  }

  /// The number that stands for all values of the cell.
  var estimate: Double {
    switch self {
    case .negativeInfinity: -.infinity
    case .negative(let bucket): -LogarithmicMapping.estimate(of: bucket)
    case .zero: 0
    case .positive(let bucket): LogarithmicMapping.estimate(of: bucket)
    case .positiveInfinity: .infinity
    }
  }

  /// The largest number that lies in the cell.
  var last: Double {
    switch self {
    case .negativeInfinity: -.infinity
    case .negative(let bucket):
      min((-LogarithmicMapping.upperBound(of: bucket - 1)).nextDown, -.leastNormalMagnitude)
    case .zero: Double.leastNormalMagnitude.nextDown
    case .positive(let bucket): min(LogarithmicMapping.upperBound(of: bucket), .greatestFiniteMagnitude)
    case .positiveInfinity: .infinity
    }
  }
}
