internal import SLOModel

/// One Lighthouse result (LHR) of version 3 or later.
struct LighthouseReport {
  /// The report's object.
  let object: JSONObject
  /// Lighthouse's version as the report gives it.
  let version: String
  /// The step of a user flow it belongs to: `flow name / step name`.
  let step: String?
  /// `mobile` or `desktop` where a key around the report says so.
  var wrappedFormFactor: String?
  /// The reply of PageSpeed Insights around the report.
  var reply: JSONObject?

  /// Whether an object has the form of a report of any version.
  static func isReport(_ object: JSONObject) -> Bool {
    object["lighthouseVersion"]?.kind == .string
      && (object["audits"]?.kind == .object || object.contains("aggregations"))
  }

  /// Takes an object that has the form of a report.
  /// - Throws: `malformed` for versions 1 and 2, which hold other figures under other names.
  init(_ object: JSONObject, step: String?) throws(InputError) {
    self.object = object
    self.step = step.map { AddressText.cleaned(ComposedText.composed($0)) }
    version = try object.string("lighthouseVersion") ?? ""
    let major = Int(version.prefix { $0 != "." })
    if object["categories"]?.kind != .object || (major ?? 3) < 3 {
      let old = object.contains("reportCategories") || object.contains("aggregations") || (major ?? 3) < 3
      throw old
        ? tooOld
        : object.value.error(
          found: "a Lighthouse report without categories", expected: "a whole report",
          remedy: "pass the report as Lighthouse wrote it")
    }
  }

  /// The major version.
  var major: String { String(version.prefix { $0 != "." }) }

  /// Whether the report is of a page load: only there the performance score means something.
  func isNavigation() throws(InputError) -> Bool {
    let mode = try object.string("gatherMode")
    return mode == nil || mode == "navigation"
  }

  /// `mobile` or `desktop`: as the report says, else as the key around it does, else Lighthouse's default.
  func formFactor() throws(InputError) -> String {
    try statedFormFactor() ?? wrappedFormFactor ?? "mobile"
  }

  /// What the report itself says; nil where it says nothing. Versions say it in three ways; without emulation the
  /// page saw a desktop.
  func statedFormFactor() throws(InputError) -> String? {
    guard let settings = try object.object("configSettings") else { return nil }
    if let named = try (settings["formFactor"] ?? settings["emulatedFormFactor"])?.string() {
      return named == "desktop" || named == "none" ? "desktop" : "mobile"
    }
    if let disabled = settings["disableDeviceEmulation"], disabled.kind == .boolean {
      return try disabled.boolean() ? "desktop" : "mobile"
    }
    return nil
  }

  /// How the network and processor were slowed: `simulate`, `devtools`, `provided`, or `unknown`.
  func throttling() throws(InputError) -> String {
    try object.object("configSettings")?.string("throttlingMethod") ?? "unknown"
  }

  /// Why the run failed as a whole; nil for a good run (3.2 to 4.1 write the code `NO_ERROR` there).
  func failure() throws(InputError) -> String? {
    guard let error = try object.object("runtimeError") else { return nil }
    let code = try error.string("code") ?? ""
    if code == "NO_ERROR" || code.isEmpty { return nil }
    let message = try error.string("message") ?? ""
    return UntrustedText.cleaned(message.isEmpty ? code : "\(code): \(message)", limit: 200)
  }

  /// What Lighthouse warned of.
  func warnings() throws(InputError) -> [String] {
    guard let list = object["runWarnings"], list.kind == .array else { return [] }
    var warnings: [String] = []
    for warning in try list.elements() where warning.kind == .string {
      warnings.append(UntrustedText.cleaned(try warning.string(), limit: 200))
    }
    return warnings
  }

  private var tooOld: InputError {
    object.value.error(
      found:
        "a report of Lighthouse \(UntrustedText.escaped(version, limit: 20)) in the format of version 1 or 2",
      expected: "a report of Lighthouse 3 or later", remedy: "run a current Lighthouse")
  }
}
