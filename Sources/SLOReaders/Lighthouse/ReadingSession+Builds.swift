extension ReadingSession {
  /// The reports of earlier builds in a folder of Lighthouse CI: those that neither its list of reports names nor
  /// the names of its last run are. Taken for repetitions they would outvote the build that is judged.
  mutating func olderReports(_ paths: [String], _ contents: ArraySlice<Content>) -> Set<String> {
    var named = Set(paths.filter { PathExpansion.name(of: $0).hasPrefix("lhr-") })
    var isList = false
    for (path, content) in zip(paths, contents) {
      guard case .success(.list(let list)) = content else { continue }
      isList = true
      named.formUnion(list.paths(beside: path))
    }
    // A list whose reports lie elsewhere says nothing of these.
    guard request.admits(.page), paths.contains(where: named.contains) else { return [] }
    let older = paths.filter { path in
      !named.contains(path) && [".report.json", ".report.json.gz"].contains(where: path.hasSuffix)
    }
    guard !older.isEmpty else { return [] }
    let names = older.prefix(12).map(shown).joined(separator: ", ")
    let more = older.count > 12 ? " and \(older.count - 12) more" : ""
    notice(
      "left out \(names)\(more): of another build than \(isList ? "manifest.json names" : "lhr-*.json is of")"
    )
    return Set(older)
  }
}
