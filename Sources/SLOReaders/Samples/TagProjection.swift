internal import SLOModel

/// The part of some tags that decides where samples belong, as bytes: of a request's tags most, and above all
/// those that differ from request to request, decide nothing.
struct TagProjection {
  /// What a tag decides.
  private struct Role {
    /// Its place among the tags that name endpoints, of which the first that is there counts.
    var rank: Int?
    /// Its number among all others that decide something.
    var number: Int?
  }

  private let names: [(name: [UInt8], role: Role)]
  /// The role of each column of CSV behind the value; nil for the one that holds further tags.
  private let columns: [Role?]

  /// What was written of some tags so far.
  private struct Draft {
    var endpoint: (rank: Int, value: Range<Int>)?
    var part: [UInt8]

    /// Adds a tag: its number, and its value with the length in front.
    mutating func append(_ number: Int, _ value: Slice<UnsafeRawBufferPointer>) {
      withUnsafeBytes(of: UInt16(truncatingIfNeeded: number)) { part.append(contentsOf: $0) }
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: value.count)) { part.append(contentsOf: $0) }
      part.append(contentsOf: value)
    }
  }

  /// Prepares for a grouping and a format.
  init(_ grouping: SampleGrouping, _ format: SampleTags) {
    let named =
      [SampleGrouping.expectedTag, TagName.methodTag] + [grouping.splitTag].compactMap(\.self)
      + (grouping.discardedGroups.isEmpty ? [] : [SampleGrouping.groupTag])
    let others = Set(named + grouping.selections.flatMap { $0.tags.keys }).sorted()
    let roles = Set(grouping.endpointTags + others).map { name in
      (name, Role(rank: grouping.endpointTags.firstIndex(of: name), number: others.firstIndex(of: name)))
    }
    names = roles.map { (Array($0.0.utf8), $0.1) }
    guard case .csv(let header) = format else {
      columns = []
      return
    }
    let known = Dictionary(uniqueKeysWithValues: roles)
    columns = header.tagColumns.map { $0 == CSVHeader.extraTags ? nil : known[$0] ?? Role() }
  }

  /// Writes the deciding part of some tags.
  /// - Returns: false where one text has many spellings, by escapes, quotes or blanks: these are left to a parser.
  func write(_ tags: UnsafeRawBufferPointer, to part: inout [UInt8]) -> Bool {
    var draft = Draft(part: part)
    draft.part.removeAll(keepingCapacity: true)
    part = []
    let isPlain = columns.isEmpty ? writeObject(tags, to: &draft) : writeColumns(tags, to: &draft)
    if let endpoint = draft.endpoint { draft.append(names.count + endpoint.rank, tags[endpoint.value]) }
    part = draft.part
    return isPlain
  }

  private func writeObject(_ tags: UnsafeRawBufferPointer, to draft: inout Draft) -> Bool {
    guard let base = tags.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
    let limit = tags.count
    var at = 1
    while at + 1 < limit {
      let key = at + 1..<JSONScanner.skipString(base, at, limit) - 1
      guard base[at] == UInt8(ascii: "\""), key.upperBound + 2 < limit,
        base[key.upperBound + 1] == UInt8(ascii: ":"),
        base[key.upperBound + 2] == UInt8(ascii: "\"")
      else { return false }
      let value = key.upperBound + 3..<JSONScanner.skipString(base, key.upperBound + 2, limit) - 1
      if tags[key.lowerBound..<value.upperBound].contains(UInt8(ascii: "\\")) { return false }
      note(role(of: tags[key]), value, of: tags, in: &draft)
      at = value.upperBound + 2
      guard base[at - 1] == UInt8(ascii: ",") else { break }
    }
    // Blanks are left to the parser, wherever they stand.
    return at == limit && base[limit - 1] == UInt8(ascii: "}") || limit == 2
  }

  private func writeColumns(_ tags: UnsafeRawBufferPointer, to draft: inout Draft) -> Bool {
    if tags.contains(UInt8(ascii: "\"")) { return false }
    var at = 0
    for role in columns {
      let value = at..<TagProjection.end(of: at, by: UInt8(ascii: ","), tags, tags.count)
      if let role {
        note(role, value, of: tags, in: &draft)
      } else if !writeExtraTags(value, of: tags, to: &draft) {
        return false
      }
      at = min(value.upperBound + 1, tags.count)
    }
    return true
  }

  /// `key=value&key=value`; a value with an `&` of its own is left to the parser.
  private func writeExtraTags(
    _ range: Range<Int>, of tags: UnsafeRawBufferPointer, to draft: inout Draft
  ) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound {
      let end = TagProjection.end(of: at, by: UInt8(ascii: "&"), tags, range.upperBound)
      let sign = TagProjection.end(of: at, by: UInt8(ascii: "="), tags, end)
      if sign == end { return false }
      note(role(of: tags[at..<sign]), sign + 1..<end, of: tags, in: &draft)
      at = end + 1
    }
    return true
  }

  private static func end(
    of start: Int, by separator: UInt8, _ tags: UnsafeRawBufferPointer, _ limit: Int
  ) -> Int {
    var at = start
    while at < limit, tags[at] != separator { at += 1 }
    return at
  }

  @inline(__always)
  private func role(of key: Slice<UnsafeRawBufferPointer>) -> Role {
    names.first { $0.name.count == key.count && key.elementsEqual($0.name) }?.role ?? Role()
  }

  @inline(__always)
  private func note(
    _ role: Role, _ value: Range<Int>, of tags: UnsafeRawBufferPointer, in draft: inout Draft
  ) {
    if let rank = role.rank, !value.isEmpty, rank < draft.endpoint?.rank ?? .max {
      draft.endpoint = (rank, value)
    }
    if let number = role.number, columns.isEmpty || !value.isEmpty { draft.append(number, tags[value]) }
  }
}
