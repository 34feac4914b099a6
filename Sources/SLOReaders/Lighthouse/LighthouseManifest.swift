internal import SLOModel

/// The list of reports that Lighthouse CI's file system target writes with them.
enum LighthouseManifest {
  /// Whether an object is an entry of a manifest.
  static func isEntry(_ object: JSONObject) -> Bool {
    object["jsonPath"]?.kind == .string && object.contains("isRepresentativeRun")
  }

  /// Reads the entries.
  /// - Returns: the reports' file names; the paths in a manifest are those of the machine that wrote it.
  static func list(_ entries: [JSONValue]) throws(InputError) -> ResultList {
    var names: [String] = []
    var repeated: [String] = []
    for entry in entries {
      guard let path = try entry.object()["jsonPath"] else {
        throw entry.error(expected: "an entry with the \"jsonPath\" of its report")
      }
      let name = String(try path.string().split { $0 == "/" || $0 == "\\" }.last ?? "")
      if name.isEmpty || name == ".." { throw path.error(expected: "the path of a report") }
      if !names.contains(name) {
        names.append(name)
      } else if !repeated.contains(name) {
        repeated.append(name)
      }
    }
    return ResultList(
      title: "a list of Lighthouse reports", kind: .page, fileNames: names, repeated: repeated)
  }
}
