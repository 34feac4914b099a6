/// The name that several files have together.
enum ShardPaths {
  /// The paths as one pattern that a shell expands to them: `out/pod-{1,2,3}.json.gz`. It does not depend on their
  /// order. One path stays as it is.
  static func pattern(of paths: [String]) -> String {
    let paths = paths.sorted().map { Array($0.unicodeScalars) }
    guard paths.count > 1 else { return paths.first.map(text) ?? "" }
    let shortest = paths.map(\.count).min() ?? 0
    let start = common(paths, upTo: shortest) { $0[$1] }
    let end = common(paths, upTo: shortest - start) { $0[$0.count - 1 - $1] }
    let middles = paths.map { text(Array($0[start..<($0.count - end)])) }
    return text(Array(paths[0][..<start])) + "{" + middles.joined(separator: ",") + "}"
      + text(Array(paths[0].suffix(end)))
  }

  /// How many scalars all paths have alike, from one end on.
  private static func common(
    _ paths: [[Unicode.Scalar]], upTo limit: Int, _ scalar: ([Unicode.Scalar], Int) -> Unicode.Scalar
  ) -> Int {
    (0..<limit).first { place in Set(paths.map { scalar($0, place) }).count > 1 } ?? limit
  }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
