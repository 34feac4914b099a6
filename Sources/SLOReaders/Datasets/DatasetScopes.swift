/// Which figures the numbers under some keys of a report are of.
struct DatasetScopes {
  private var figures: [[String]: Set<String>] = [:]
  private var children: [[String]: Set<String>] = [:]

  /// Notes where each figure of a report lies.
  init(_ numbers: DatasetNumbers) {
    for (metric, figure) in numbers.figures {
      for source in figure.sources {
        for length in source.path.indices {
          let keys = Array(source.path[...length])
          figures[keys, default: []].insert(metric)
          children[Array(keys.dropLast()), default: []].insert(keys[length])
        }
      }
    }
  }

  /// The figures under some keys, sorted.
  func figures(under keys: [String]) -> [String] { (figures[keys] ?? []).sorted() }

  /// The keys of what a folded name means beside it: that of the name, or one that begins with it.
  func scope(called name: String, in keys: [String]) -> [String]? {
    let known = (children[keys] ?? []).sorted()
    let found =
      known.first { DatasetLeaf.folded($0) == name }
      ?? known.first { name.count > 2 && DatasetLeaf.folded($0).hasPrefix(name) }
    return found.map { keys + [$0] }
  }
}
