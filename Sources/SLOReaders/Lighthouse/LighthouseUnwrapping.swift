/// Finds the Lighthouse reports in a document: unwraps objects and lists until a known shape.
///
/// Known shapes are a report, a reply of PageSpeed Insights (`lighthouseResult`), a user flow (`steps`), and what
/// Lighthouse's Node API returns (`lhr`). They may lie in lists and under keys of somebody's own; a key `mobile` or
/// `desktop` says of which form factor the reports under it are.
struct LighthouseUnwrapping {
  /// How many objects and lists may lie around a report.
  static let wrapping = 4

  /// The form factor that a key around the report names.
  private var formFactor: String?
  private var depth = 0

  /// The reports of a document in its order; nil where it holds none.
  /// - Throws: `malformed` for a list or a pair of form factors that holds other things too.
  static func reports(in root: JSONValue) throws(InputError) -> [LighthouseReport]? {
    try LighthouseUnwrapping().reports(in: root)
  }

  /// The same of an object that has a known shape itself; nil for any other.
  static func reports(inKnown object: JSONObject) throws(InputError) -> [LighthouseReport]? {
    try LighthouseUnwrapping().known(object)
  }

  private func reports(in value: JSONValue) throws(InputError) -> [LighthouseReport]? {
    switch value.kind {
    case .object:
      let object = try value.object()
      if let reports = try known(object) { return reports }
      return try wrapped(in: object)
    case .array: return try listed(in: value)
    default: return nil
    }
  }

  private func known(_ object: JSONObject) throws(InputError) -> [LighthouseReport]? {
    if LighthouseReport.isReport(object) { return [try report(object)] }
    if let result = try object.object("lighthouseResult") {
      guard LighthouseReport.isReport(result) else { throw LighthouseUnwrapping.noReport(result) }
      var report = try report(result)
      report.reply = object
      return [report]
    }
    if let steps = object["steps"], steps.kind == .array, let flow = try flow(object, steps.elements()) {
      return flow
    }
    guard let result = object["lhr"], result.kind == .object || result.kind == .array else { return nil }
    return try deeper.reports(in: result)
  }

  private func flow(
    _ flow: JSONObject, _ steps: [JSONValue]
  ) throws(InputError) -> [LighthouseReport]? {
    var reports: [LighthouseReport] = []
    var uses: [String: Int] = [:]
    for step in steps {
      guard step.kind == .object, case let object = try step.object(), let result = try object.object("lhr")
      else {
        return nil
      }
      guard LighthouseReport.isReport(result) else { throw LighthouseUnwrapping.noReport(result) }
      let names = [flow["name"], object["name"]].compactMap(\.self).filter { $0.kind == .string }
      var words: [String] = []
      for name in names { words.append(try name.string()) }
      let label = words.joined(separator: " / ")
      // Two steps may have one name; they are no repetitions of each other.
      uses[label, default: 0] += 1
      let count = uses[label] ?? 1
      reports.append(try report(result, step: count == 1 ? label : "\(label) (\(count))"))
    }
    return reports.isEmpty ? nil : reports
  }

  private func report(_ object: JSONObject, step: String? = nil) throws(InputError) -> LighthouseReport {
    var report = try LighthouseReport(object, step: step)
    if let key = formFactor, let stated = try report.statedFormFactor(), stated != key {
      throw object.value.error(
        found: "a report of \(stated) under the key \(key)", expected: "a report of \(key)",
        remedy: "put the report under its own form factor, or measure with it")
    }
    report.wrappedFormFactor = formFactor
    return report
  }
}

extension LighthouseUnwrapping {
  private var deeper: LighthouseUnwrapping {
    LighthouseUnwrapping(formFactor: formFactor, depth: depth + 1)
  }

  /// What lies under the keys of an object of somebody's own. Beside reports an error is the loss of one.
  private func wrapped(in object: JSONObject) throws(InputError) -> [LighthouseReport]? {
    guard depth < LighthouseUnwrapping.wrapping, !object.contains("metrics") else { return nil }
    var found: [LighthouseReport] = []
    var failed: InputError?
    for member in object.members {
      var inner = deeper
      let key = member.key.lowercased()
      let namesFormFactor = ["mobile", "desktop"].contains(key)
      if namesFormFactor { inner.formFactor = key }
      if let more = try inner.reports(in: member.value) {
        found += more
      } else if failed == nil {
        failed = try ErrorReply(member.value)?.error()
        if failed == nil, namesFormFactor { failed = LighthouseUnwrapping.noReport(at: member.value) }
      }
    }
    if found.isEmpty { return nil }
    if let failed { throw failed }
    return found
  }

  private func listed(in list: JSONValue) throws(InputError) -> [LighthouseReport]? {
    guard depth < LighthouseUnwrapping.wrapping else { return nil }
    var found: [LighthouseReport] = []
    var failed: InputError?
    for element in try list.elements() {
      if let more = try deeper.reports(in: element) {
        found += more
      } else if failed == nil {
        failed = LighthouseUnwrapping.noReport(at: element)
        if let reply = try ErrorReply(element) { failed = try reply.error() }
      }
    }
    if found.isEmpty { return nil }
    if let failed { throw failed }
    return found
  }

  private static func noReport(_ object: JSONObject) -> InputError {
    object.value.error(expected: "a Lighthouse report with audits and categories")
  }

  private static func noReport(at value: JSONValue) -> InputError {
    value.error(expected: "a Lighthouse report like the others")
  }
}
