/// Which figures the numbers under some keys of a report are of.
struct DatasetScopes {
  private var figures: [[String]: Set<String>] = [:]
  /// The keys below some keys, in the order of their folded names.
  private var children: [[String]: [(folded: String, key: String)]] = [:]

  /// Notes where each figure of a report lies.
  init(_ numbers: DatasetNumbers) {
    var children: [[String]: Set<String>] = [:]
    for (metric, figure) in numbers.figures {
      for source in figure.sources {
        for length in source.path.indices {
          let keys = Array(source.path[...length])
          figures[keys, default: []].insert(metric)
          children[Array(keys.dropLast()), default: []].insert(keys[length])
        }
      }
    }
    self.children = children.mapValues { keys in
      keys.map { (DatasetLeaf.folded($0), $0) }.sorted { $0 < $1 }
    }
  }

  /// The figures under some keys, sorted.
  func figures(under keys: [String]) -> [String] { (figures[keys] ?? []).sorted() }

  /// The keys of what a folded name means beside it: that of the name, or one that begins with it.
  func scope(called name: String, in keys: [String]) -> [String]? {
    let known = children[keys] ?? []
    var (low, high) = (0, known.count)
    while low < high {
      let middle = (low + high) / 2
      if known[middle].folded < name { low = middle + 1 } else { high = middle }
    }
    guard low < known.count else { return nil }
    let (folded, key) = known[low]
    return folded == name || name.count > 2 && folded.hasPrefix(name) ? keys + [key] : nil
  }
}
