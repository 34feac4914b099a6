internal import SLOModel

/// The part of some tags that decides where samples belong, as bytes: of a request's tags most, and above all
/// those that differ from request to request, decide nothing.
struct TagProjection {
  /// The tags that name endpoints, the first first: only the first that is there decides.
  private let endpointTags: [[UInt8]]
  /// All others that decide something.
  private let others: [[UInt8]]

  /// Prepares for a grouping.
  init(_ grouping: SampleGrouping) {
    endpointTags = grouping.endpointTags.map { Array($0.utf8) }
    let names = ["expected_response"] + (grouping.splitTag.map { [$0] } ?? [])
    let selected = grouping.selections.flatMap { $0.tags.keys }
    others = Set(names + selected).sorted().map { Array($0.utf8) }
  }

  /// Writes the deciding part of a JSON object of strings, in the order of this projection.
  /// - Returns: false where there are escapes, in which one text has many spellings.
  func write(_ object: UnsafeRawBufferPointer, to part: inout [UInt8]) -> Bool {
    part.removeAll(keepingCapacity: true)
    guard let base = object.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
    var endpoint: (rank: Int, value: Range<Int>)?
    var at = 1
    while at < object.count, base[at] == UInt8(ascii: "\"") {
      let key = at + 1..<JSONScanner.skipString(base, at, object.count) - 1
      guard base[key.upperBound + 1] == UInt8(ascii: ":"), base[key.upperBound + 2] == UInt8(ascii: "\"")
      else {
        return false
      }
      let value = key.upperBound + 3..<JSONScanner.skipString(base, key.upperBound + 2, object.count) - 1
      if object[key.lowerBound..<value.upperBound].contains(UInt8(ascii: "\\")) { return false }
      if let rank = index(of: key, in: endpointTags, object), !value.isEmpty, rank < endpoint?.rank ?? .max {
        endpoint = (rank, value)
      }
      if let number = index(of: key, in: others, object) { append(number, value, object, &part) }
      guard base[value.upperBound + 1] == UInt8(ascii: ",") else { break }
      at = value.upperBound + 2
    }
    if let endpoint { append(endpoint.rank + others.count, endpoint.value, object, &part) }
    return true
  }

  @inline(__always)
  private func index(of key: Range<Int>, in names: [[UInt8]], _ object: UnsafeRawBufferPointer) -> Int? {
    names.firstIndex { $0.count == key.count && object[key].elementsEqual($0) }
  }

  /// One tag: its number, and its value with the length in front.
  private func append(
    _ number: Int, _ value: Range<Int>, _ object: UnsafeRawBufferPointer, _ part: inout [UInt8]
  ) {
    part.append(UInt8(truncatingIfNeeded: number))
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: value.count)) { part.append(contentsOf: $0) }
    part.append(contentsOf: object[value])
  }
}
