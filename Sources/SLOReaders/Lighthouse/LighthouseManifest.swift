internal import SLOSupport

/// The list of reports that Lighthouse CI's file system target writes beside them.
struct LighthouseManifest {
  /// The reports' file names, each once. The paths in a manifest are those of the machine that wrote it.
  let fileNames: [String]
  /// The names that several entries share: a report was overwritten by the next, and its figures are lost.
  let repeated: [String]

  /// The reports, which lie beside the list, packed or not.
  func paths(beside list: String) -> [String] {
    let folder = list == "-" ? "" : String(list.reversed().drop { $0 != "/" }.reversed())
    return fileNames.map { name in
      let plain = folder + name
      return !FileSystem.exists(plain) && FileSystem.exists(plain + ".gz") ? plain + ".gz" : plain
    }
  }

  /// Whether an object is an entry of a manifest.
  static func isEntry(_ object: JSONObject) -> Bool {
    object["jsonPath"]?.kind == .string && object.contains("isRepresentativeRun")
  }

  /// Reads the entries.
  init(_ entries: [JSONValue]) throws(InputError) {
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
    fileNames = names
    self.repeated = repeated
  }
}
