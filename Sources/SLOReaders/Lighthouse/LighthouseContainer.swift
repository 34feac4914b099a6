/// What a file with Lighthouse reports holds, by its shape: one report, several, a PageSpeed Insights reply,
/// a user flow, or the list of reports Lighthouse CI writes.
enum LighthouseContainer {
  case reports([LighthouseReport])
  case manifest(ResultList)
  /// A file Lighthouse CI writes with its reports that holds no report.
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
    if let reports = try LighthouseUnwrapping.reports(inKnown: object) {
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
      self = .manifest(try LighthouseManifest.list(elements))
    } else if head.contains("auditId") || head.contains("auditProperty") {
      self = .companion
    } else if try LighthouseUnwrapping.reports(inKnown: head) != nil,
      let reports = try LighthouseUnwrapping.reports(in: array)
    {
      self = .reports(reports)
    } else {
      return nil
    }
  }

  /// `links.json`: the addresses under which reports were uploaded.
  private static func isLinks(_ object: JSONObject) -> Bool {
    !object.members.isEmpty
      && object.members.allSatisfy { $0.key.hasPrefix("http") && $0.value.kind == .string }
  }
}
