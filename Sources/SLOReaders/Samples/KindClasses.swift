/// Puts the samples of kinds together by what their tags say. The same tags are looked at once, however many
/// metrics they come with, and few say something new: kinds are counted in thousands, groups in dozens.
struct KindClasses: ~Copyable {
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
  init(of kinds: borrowing KindTable, by grouping: SampleGrouping, _ format: SampleTags) {
    self.grouping = grouping
    self.format = format
    projection = TagProjection(grouping, format)
    numbers = Array(repeating: -1, count: kinds.tagCount)
  }

  deinit { for copy in copies { copy.deallocate() } }

  /// Adds the samples of a kind.
  mutating func add(_ samples: SampleSet, of number: Int, in kinds: borrowing KindTable) {
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
