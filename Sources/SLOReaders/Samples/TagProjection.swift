import SLOModel

/// Puts the samples of kinds together by what their tags say. The same tags are looked at once, however many
/// metrics they come with, and few say something new: kinds are counted in thousands, groups in dozens.
struct SampleSeriesClasses: ~Copyable {
  private let grouping: SampleGrouping
  private let format: SampleTags
  private let projection: TagProjection
  /// The deciding part of some tags.
  private var part: [UInt8] = []
  /// The class of each deciding part that was met.
  private var parts = TailTable()
  private var copies: [UnsafeRawBufferPointer] = []
  /// The class of each tags, by their number; -1 while it is not known.
  private var numbers: [Int]
  private var classes: [SampleGrouping.TagClass] = []
  private var classNumbers: [SampleGrouping.TagClass: Int] = [:]
  /// The groups of each class, by the metric's number; -1 for none.
  private var places: [[Int]] = []
  private(set) var groups: [(group: SampleGrouping.Group, samples: SampleSet)] = []

  /// Prepares for the kinds of a table.
  init(of kinds: borrowing SampleSeriesTable, by grouping: SampleGrouping, _ format: SampleTags) {
    self.grouping = grouping
    self.format = format
    projection = TagProjection(grouping, format)
    numbers = Array(repeating: -1, count: kinds.tagCount)
  }

  deinit { for copy in copies { copy.deallocate() } }

  /// Adds the samples of a kind.
  mutating func add(_ samples: SampleSet, of number: Int, in kinds: borrowing SampleSeriesTable) {
    let kind = kinds.kinds[number]
    var tagClass = numbers[Int(kind.tags)]
    if tagClass < 0 {
      tagClass = self.number(of: kinds.bytes(ofTags: kind.tags))
      numbers[Int(kind.tags)] = tagClass
    }
    let metric = Int(kind.metric)
    while places[tagClass].count <= metric { places[tagClass].append(-1) }
    let place = places[tagClass][metric]
    if place >= 0 { return groups[place].samples.merge(samples) }
    places[tagClass][metric] = groups.count
    let group = SampleGrouping.Group(metric: kinds.metrics[metric], tags: classes[tagClass])
    groups.append((group, samples))
  }

  private mutating func number(of tags: UnsafeRawBufferPointer) -> Int {
    guard projection.write(tags, to: &part) else { return parsed(tags) }
    if let known = part.withUnsafeBytes(parts.find) { return known }
    let number = parsed(tags)
    let copy = part.withUnsafeBytes { $0.copied() }
    copies.append(copy)
    parts.insert(copy, number)
    return number
  }

  private mutating func parsed(_ tags: UnsafeRawBufferPointer) -> Int {
    let tagClass = grouping.tagClass(of: format.tags(of: tags))
    if let known = classNumbers[tagClass] { return known }
    classNumbers[tagClass] = classes.count
    classes.append(tagClass)
    places.append([])
    return classes.count - 1
  }
}

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
    // Blanks are left to the parser, wherever they are.
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

/// Reads the tags of a kind from the bytes of its file.
enum SampleTags {
  /// NDJSON: a flat object of strings, proven valid when the kind was met.
  case json
  /// CSV: the fields behind the value.
  case csv(CSVHeader)

  /// The tags by name.
  func tags(of raw: UnsafeRawBufferPointer) -> [String: String] {
    switch self {
    case .json: ComposedText.composed(SampleTags.members(of: raw))
    case .csv(let header):
      ComposedText.composed(Dictionary(header.tags(of: Array(raw))) { first, _ in first })
    }
  }

  private static func members(of raw: UnsafeRawBufferPointer) -> [String: String] {
    guard !raw.isEmpty, let object = try? JSONDocument(Bytes(ByteStore(lending: raw)), file: "").root.object()
    else { return [:] }
    let pairs = object.members.compactMap { member in (try? member.value.string()).map { (member.key, $0) } }
    return Dictionary(pairs) { _, last in last }
  }
}
