internal import SLOModel

/// Finds a k6 summary in a document: at its root, or under keys of the user's own.
enum K6Locator {
  /// Where the summary lies.
  enum Location {
    /// A `metrics` object with the object around it, if there is one.
    case metricsObject(JSONObject, parent: JSONObject?)
    /// The `results` of a machine-readable summary with the object around them, if there is one.
    case machineReadable(JSONObject, root: JSONObject?)
  }

  /// A summary, and the object that holds it in a list of several.
  struct Found {
    var location: Location
    var wrapper: JSONObject?
  }

  /// How many keys of the user's own may lie around a summary.
  static let wrapping = 4

  /// The summaries of a document: the one nearest to the root, or those of a list; nil where there is none.
  /// - Throws: `malformed` for a list that holds other things too.
  static func all(in root: JSONValue) throws(InputError) -> [Found]? {
    if let only = try find(in: root) { return [Found(location: only)] }
    if root.kind == .array { return try listed(in: root, depth: 0) }
    guard root.kind == .object else { return nil }
    var level = [try root.object()]
    for _ in 0..<wrapping {
      var found: [(locations: [Found], list: JSONValue)] = []
      for member in level.flatMap(\.members) where member.value.kind == .array {
        if let more = try listed(in: member.value, depth: 1) { found.append((more, member.value)) }
      }
      if found.count > 1 { throw ambiguous(found[0].list, found[1].list) }
      if let only = found.first { return only.locations }
      level = try children(of: level)
    }
    return nil
  }

  private static func listed(in list: JSONValue, depth: Int) throws(InputError) -> [Found]? {
    guard depth <= wrapping else { return nil }
    var found: [Found] = []
    var stranger: JSONValue?
    for element in try list.elements() {
      if element.kind == .array, let more = try listed(in: element, depth: depth + 1) {
        found += more
      } else if let location = try find(in: element) {
        found.append(Found(location: location, wrapper: try element.object()))
      } else if stranger == nil {
        stranger = element
      }
    }
    if found.isEmpty { return nil }
    if let stranger {
      if let error = try PowerShellText.error(in: stranger) { throw error }
      throw stranger.error(expected: "a k6 summary like the others")
    }
    return found
  }

  /// The one summary nearest to the root; nil where there is none.
  /// - Throws: `malformed` where several lie equally near, or for a schema version this reader does not know.
  static func find(in root: JSONValue) throws(InputError) -> Location? {
    guard root.kind == .object else { return nil }
    var level = [try root.object()]
    for _ in 0...wrapping {
      var found: [(location: Location, value: JSONValue)] = []
      for object in level {
        if let location = try location(object) { found.append((location, object.value)) }
      }
      if found.count > 1 { throw ambiguous(found[0].value, found[1].value) }
      if let only = found.first { return only.location }
      level = try children(of: level)
    }
    return try bareMetrics(try root.object())
  }

  private static func children(of level: [JSONObject]) throws(InputError) -> [JSONObject] {
    var children: [JSONObject] = []
    for object in level {
      for member in object.members where member.value.kind == .object {
        children.append(try member.value.object())
      }
    }
    return children
  }

  private static func location(_ object: JSONObject) throws(InputError) -> Location? {
    if let results = try object.object("results"), results["metrics"]?.kind == .array {
      try checkVersion(object)
      return .machineReadable(results, root: object)
    }
    guard let metrics = object["metrics"] else { return nil }
    if metrics.kind == .array { return try isMetricList(metrics) ? .machineReadable(object, root: nil) : nil }
    guard metrics.kind == .object else { return nil }
    let members = try metrics.object()
    let hasCompany = object.contains("root_group") || object.contains("state") && object.contains("options")
    let isSummary = hasCompany ? true : try isMetricMap(members)
    return isSummary ? .metricsObject(members, parent: object) : nil
  }

  /// A user's file may hold nothing but `data.metrics`: names at its root.
  private static func bareMetrics(_ root: JSONObject) throws(InputError) -> Location? {
    guard root.members.allSatisfy({ $0.value.kind == .object }) else { return nil }
    return try isMetricMap(root) ? .metricsObject(root, parent: nil) : nil
  }

  /// Whether an object holds metrics: at least one built-in name, or one member in a metric's shape.
  private static func isMetricMap(_ object: JSONObject) throws(InputError) -> Bool {
    for member in object.members {
      if isBuiltIn(member.key) { return true }
      if try K6Shape.isMetric(member.value) { return true }
    }
    return false
  }

  private static func isMetricList(_ value: JSONValue) throws(InputError) -> Bool {
    guard let first = try value.elements().first, first.kind == .object else { return false }
    let object = try first.object()
    return object["name"]?.kind == .string && K6Shape.isTyped(object)
  }

  private static func isBuiltIn(_ name: String) -> Bool {
    MetricCatalogue.kind(of: name) == .load
  }

  private static func checkVersion(_ root: JSONObject) throws(InputError) {
    guard let version = root["version"] else { return }
    let text = try version.string()
    if text != "1", !text.hasPrefix("1.") {
      throw version.error(
        expected: "schema version 1.x of k6's machine-readable summary",
        remedy: "run k6 without --new-machine-readable-summary, or update slogate")
    }
  }

  private static func ambiguous(_ first: JSONValue, _ second: JSONValue) -> InputError {
    second.error(
      found: "a second k6 summary; the first is at \(first.document.place(of: first.offset))",
      expected: "one summary a file", remedy: "write each summary to a file of its own")
  }
}
