/// What a file with Lighthouse reports holds, by its shape: one report, several, a PageSpeed Insights reply,
/// a user flow, or the list of reports Lighthouse CI writes.
enum LighthouseContainer {
  case reports([LighthouseReport])
  case manifest(LighthouseManifest)
  /// A file Lighthouse CI writes beside its reports that holds no report.
  case companion

  /// Recognises a document; nil where it is none of these.
  /// - Throws: `malformed` for a report of version 1 or 2, or a list that holds other things too.
  init?(_ root: JSONValue) throws(InputError) {
    switch root.kind {
    case .object: try self.init(object: try root.object())
    case .array: try self.init(array: root)
    default: return nil
    }
  }

  private init?(object: JSONObject) throws(InputError) {
    if let reports = try LighthouseContainer.reports(in: object) {
      self = .reports(reports)
    } else if LighthouseContainer.isLinks(object) {
      self = .companion
    } else {
      return nil
    }
  }

  private init?(array: JSONValue) throws(InputError) {
    let elements = try array.elements()
    guard let first = elements.first, first.kind == .object else { return nil }
    let head = try first.object()
    if LighthouseManifest.isEntry(head) {
      self = .manifest(try LighthouseManifest(elements))
    } else if head.contains("auditId") || head.contains("auditProperty") {
      self = .companion
    } else if try LighthouseContainer.reports(in: head) != nil {
      self = .reports(try LighthouseContainer.reports(inAll: elements))
    } else {
      return nil
    }
  }

  private static func reports(inAll elements: [JSONValue]) throws(InputError) -> [LighthouseReport] {
    var reports: [LighthouseReport] = []
    for element in elements {
      guard let more = try LighthouseContainer.reports(in: element.object()) else {
        throw element.error(expected: "a Lighthouse report like those before it")
      }
      reports += more
    }
    return reports
  }

  private static func reports(in object: JSONObject) throws(InputError) -> [LighthouseReport]? {
    if LighthouseReport.isReport(object) { return [try LighthouseReport(object, step: nil)] }
    if let result = try object.object("lighthouseResult") {
      guard LighthouseReport.isReport(result) else {
        throw result.value.error(expected: "a Lighthouse report with audits and categories")
      }
      return [try LighthouseReport(result, step: nil)]
    }
    guard let steps = object["steps"], steps.kind == .array else { return nil }
    return try flow(named: object["name"], steps.elements())
  }

  private static func flow(
    named name: JSONValue?, _ steps: [JSONValue]
  ) throws(InputError) -> [LighthouseReport]? {
    var reports: [LighthouseReport] = []
    var uses: [String: Int] = [:]
    for step in steps {
      guard step.kind == .object, case let object = try step.object(), let report = try object.object("lhr")
      else {
        return nil
      }
      guard LighthouseReport.isReport(report) else {
        throw report.value.error(expected: "a Lighthouse report with audits and categories")
      }
      let label = [try name?.string(), try object.string("name")].compactMap(\.self).joined(separator: " / ")
      // Two steps may have one name; they are no repetitions of each other.
      uses[label, default: 0] += 1
      let count = uses[label] ?? 1
      reports.append(try LighthouseReport(report, step: count == 1 ? label : "\(label) (\(count))"))
    }
    return reports.isEmpty ? nil : reports
  }

  /// `links.json`: the addresses under which reports were uploaded.
  private static func isLinks(_ object: JSONObject) -> Bool {
    !object.members.isEmpty
      && object.members.allSatisfy { $0.key.hasPrefix("http") && $0.value.kind == .string }
  }
}
