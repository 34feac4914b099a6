/// Which page a report measured, which may be another than it was asked for.
extension LighthouseReport {
  /// Why the report is of no page at all: the server answered with an error, or the browser showed a page of its
  /// own. Nil for a page.
  func pageFailure() throws(InputError) -> String? {
    if try ends().contains(where: { PageLocation(url: $0).scheme == "chrome-error" }) {
      return "Chrome showed an interstitial in place of the page"
    }
    return try status().map { "the page answered with HTTP status \($0)" }
  }

  /// What a person must know where the page measured is another than the one asked for.
  func redirection() throws(InputError) -> String? {
    guard let url = try object.string("requestedUrl") else { return nil }
    let asked = PageLocation(url: url)
    guard let end = try ends().map(PageLocation.init).first(where: { !asked.isSamePage(as: $0) }) else {
      return nil
    }
    let names = [asked, end].map { UntrustedText.cleaned($0.description, limit: 200) }
    return "Lighthouse was asked for \(names[0]) and ended at \(names[1]): the figures are of that page"
  }

  /// Where the page load ended, the last address first: versions before 10 have one, later ones say what the
  /// server answered and what scripts made of it.
  private func ends() throws(InputError) -> [String] {
    var urls: [String] = []
    for url in [object["finalDisplayedUrl"], object["finalUrl"], object["mainDocumentUrl"]] {
      if let url, url.kind == .string { urls.append(try url.string()) }
    }
    return urls
  }

  /// The HTTP status of an error; nil where the page was there.
  private func status() throws(InputError) -> Int? {
    guard object["requestedUrl"] != nil else { return nil }
    let audits = try object.object("audits")
    if let status = try warnedStatus() { return status }
    if let audit = try audits?.object("http-status-code"), audit["displayValue"]?.kind == .string,
      let status = try audit.string("displayValue").flatMap(Int.init), LighthouseReport.isError(status)
    {
      return status
    }
    return try audits?.object("network-requests").flatMap { audit throws(InputError) in
      try documentStatus(audit)
    }
  }

  /// Of a warning as it is in the file: what people are shown is shortened.
  private func warnedStatus() throws(InputError) -> Int? {
    guard let list = object["runWarnings"], list.kind == .array else { return nil }
    for warning in try list.elements() where warning.kind == .string {
      if let status = LighthouseReport.status(in: try warning.string()) { return status }
    }
    return nil
  }

  /// Lighthouse that was set to go on after an error says: "… (Status code: 404)".
  private static func status(in warning: String) -> Int? {
    guard let words = warning.firstRange(of: "Status code: ") else { return nil }
    return Int(warning[words.upperBound...].prefix { $0.isNumber }).flatMap { isError($0) ? $0 : nil }
  }

  private static func isError(_ status: Int) -> Bool { (400...599).contains(status) }

  /// The status of the request for the document; nil where it was none of an error.
  private func documentStatus(_ audit: JSONObject) throws(InputError) -> Int? {
    guard let items = try audit.object("details")?["items"], items.kind == .array else { return nil }
    let urls = Set(try ends().map(LighthouseReport.withoutFragment))
    for item in try items.elements() where item.kind == .object {
      let request = try item.object()
      guard request["url"]?.kind == .string, let url = try request.string("url"),
        urls.contains(LighthouseReport.withoutFragment(url))
      else { continue }
      guard let status = request["statusCode"], status.kind == .number else { return nil }
      return Int(exactly: try status.number()).flatMap { LighthouseReport.isError($0) ? $0 : nil }
    }
    return nil
  }

  private static func withoutFragment(_ url: String) -> String { String(url.prefix { $0 != "#" }) }
}
