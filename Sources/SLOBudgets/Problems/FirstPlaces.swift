/// Remembers where each key of a mapping stood first.
///
/// Most mappings hold a few keys, for which looking through a list is faster than hashing; a long one gets
/// an index, so that no file makes the search quadratic.
struct FirstPlaces<Key: Hashable> {
  private static var longest: Int { 16 }

  private var list: [(key: Key, place: Place)] = []
  private var index: [Key: Place] = [:]

  /// Notes a key.
  /// - Returns: where it stood before, if it did; the first place is kept.
  mutating func note(_ key: Key, at place: Place) -> Place? {
    if !index.isEmpty { return noteInIndex(key, at: place) }
    if let first = list.first(where: { $0.key == key }) { return first.place }
    list.append((key, place))
    if list.count > Self.longest {
      index = Dictionary(list.map { ($0.key, $0.place) }) { first, _ in first }
    }
    return nil
  }

  private mutating func noteInIndex(_ key: Key, at place: Place) -> Place? {
    if let first = index[key] { return first }
    index[key] = place
    return nil
  }
}
