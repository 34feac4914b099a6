internal import SLOModel

/// Lists of bundles, an object each: `[{"name": "app", "size": 5120}]`. size-limit's `--json`, the results of bundlewatch
/// and of bundlesize, and what a script of a team's own writes differ in a few keys alone.
extension SizeFormat {
  /// A list of objects with a name and a size.
  static let list = SizeFormat(
    name: "size-list",
    recognises: { root throws(InputError) in
      guard root.kind == .array, let first = try root.elements().first, first.kind == .object,
        case let entry = try first.object(), entry.bundleName != nil
      else { return false }
      return entry["passed"]?.kind == .boolean || sizeKeys.contains { entry[$0.key]?.kind == .number }
    },
    run: { root throws(InputError) in try run(of: root.elements()) })

  /// What bundlewatch's Node API returns: `{"status", "fullResults": [{"filePath", "size", "maxSize", "status"}]}`.
  static let bundleWatch = SizeFormat(
    name: "bundlewatch",
    recognises: { root throws(InputError) in
      root.kind == .object ? try root.object()["fullResults"]?.kind == .array : false
    },
    run: { root throws(InputError) in
      let object = try root.object()
      var run = try run(of: object.list("fullResults") ?? [])
      let isExplained = run.failure != nil || run.bundles.contains { $0.threshold(of: "")?.passed == false }
      if try object.text("status") == "fail", !isExplained {
        let summary = try object.text("summary") ?? "without a word why"
        run.warnings.append("the report failed as a whole: \(UntrustedText.quoted(summary, limit: 120))")
      }
      return run
    })

  /// What size-limit prints where it could not measure: `{"error": "SizeLimitError: …"}`.
  static let failedRun = SizeFormat(
    name: "size-limit",
    recognises: { root throws(InputError) in
      guard root.kind == .object, case let object = try root.object(), object.members.count == 1,
        let text = try object.text("error")
      else { return false }
      return text.contains("SizeLimitError") || text.contains("size-limit")
    },
    run: { root throws(InputError) in
      let text = try root.object().text("error") ?? ""
      throw root.error(
        found: "the error \(UntrustedText.quoted(String(text.prefix { !$0.isNewline }), limit: 300))",
        expected: EvidenceKind.size.files.title, remedy: "measure again once the cause is gone")
    })

  private static let sizeKeys: [(key: StaticString, metric: String)] = [
    ("size", "size"), ("raw", "raw"), ("gzip", "gzip"), ("brotli", "brotli"),
  ]

  private static func run(of entries: [JSONValue]) throws(InputError) -> SizeRun {
    var run = SizeRun(areFiles: true)
    for value in entries {
      let entry = try value.object()
      guard let name = entry.bundleName else {
        throw value.error(expected: "a bundle with its \"name\" (or \"filePath\")")
      }
      // An entry with a name of its own may stand for many files.
      run.areFiles = run.areFiles && entry["name"] == nil
      if let error = try entry.text("error") {
        let reason =
          "\(UntrustedText.quoted(name)) was not measured: \(UntrustedText.cleaned(error, limit: 300))"
        run.failure = run.failure ?? reason
      } else if try isRemoved(entry) {
        run.notices.append("\(UntrustedText.quoted(name)) exists no more")
      } else {
        run.bundles.append(try bundle(name, entry))
      }
    }
    for bundle in run.bundles where bundle.figures.isEmpty {
      run.warnings.append("the report gives no size of \(UntrustedText.quoted(bundle.name))")
    }
    return run
  }

  private static func bundle(_ name: String, _ entry: JSONObject) throws(InputError) -> Bundle {
    var bundle = Bundle(name: name, figures: [:])
    let measured = try compression(of: entry) ?? "size"
    for (key, metric) in sizeKeys where entry[key]?.isAmount == true {
      bundle.figures[metric == "size" ? measured : metric] = try entry.size(key)
    }
    let times = [try entry["loading"]?.seconds(), try entry["running"]?.seconds()].compactMap(\.self)
    if !times.isEmpty { bundle.figures["time"] = times.reduce(0, +) }
    let (sizeLimit, maxSize) = (try entry.limit("sizeLimit"), try entry.limit("maxSize"))
    let bound = sizeLimit ?? maxSize
    let claim = try claim(of: entry)
    if bound != nil || claim == false {
      // size-limit does not write a limit on the time.
      let isOnTime = bound == nil && bundle.figures["time"] != nil
      bundle.limit = Bundle.Limit(metric: isOnTime ? "time" : measured, bound: bound, claim: claim)
    }
    return bundle
  }

  private static func isRemoved(_ entry: JSONObject) throws(InputError) -> Bool {
    let status = try entry.text("status")
    let flag = try entry.flag("isRemoved")
    return status == "removed" || flag == true
  }

  /// The metric that an entry's `size` is; nil where the report does not say how it was compressed.
  private static func compression(of entry: JSONObject) throws(InputError) -> String? {
    let message = try entry.text("message") ?? ""
    let known = [("gzip", "gzip"), ("brotli", "brotli"), ("none", "raw"), ("no compression", "raw")]
    let compression = try entry.text("compression")
    return known.first { compression == $0.0 || message.hasSuffix("(\($0.0))") }?.1
  }

  /// What an entry says of its own limit.
  private static func claim(of entry: JSONObject) throws(InputError) -> Bool? {
    if let passed = try entry.flag("passed") { return passed }
    if let failed = try entry.flag("isFail") { return !failed }
    switch try entry.text("status") {
    case "pass": return true
    case "fail": return false
    default: return nil
    }
  }
}

extension JSONObject {
  /// The name of the bundle that it is about; nil where it has none.
  fileprivate var bundleName: String? {
    let text = try? text("name") ?? text("filePath") ?? text("path")
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The text under a key; nil where there is none or it is something else.
  func text(_ name: StaticString) throws(InputError) -> String? {
    self[name]?.kind == .string ? try string(name) : nil
  }

  /// The limit under a key; nil where it is no number, as in a configuration.
  fileprivate func limit(_ name: StaticString) throws(InputError) -> Double? {
    self[name]?.isAmount == true ? try size(name) : nil
  }

  fileprivate func flag(_ name: StaticString) throws(InputError) -> Bool? {
    guard let value = self[name], value.kind == .boolean else { return nil }
    return try value.boolean()
  }
}

extension JSONValue {
  /// Whether it is a number, or a text that old releases write in place of one; a configuration has `true` there.
  fileprivate var isAmount: Bool { kind == .number || kind == .string }
}
