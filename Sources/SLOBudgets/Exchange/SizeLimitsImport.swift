internal import SLOModel
internal import SLOReaders

/// The limits on sizes of size-limit (<https://github.com/ai/size-limit#config>), bundlesize
/// (<https://github.com/siddharthkp/bundlesize#configuration>) and bundlewatch (<https://bundlewatch.io/reference/>), in
/// files of their own or in package.json.
///
/// A kB of size-limit is 1000 bytes; one of bundlesize and bundlewatch is 1024, as the package `bytes` has it.
struct SizeLimitsImport {
  /// Whether a document has such limits.
  static func recognises(_ root: YAMLNode) -> Bool {
    lists(in: root).contains { list in
      list.files.contains {
        $0["limit"] != nil && $0["path"] ?? $0["name"] ?? $0["entry"] != nil || $0["maxSize"] != nil
      }
    }
  }

  /// Files with their limits, and how sizes are compressed where a file does not say it.
  private typealias List = (files: [YAMLNode], compression: String)

  private static func lists(in root: YAMLNode) -> [List] {
    let watch = root["bundlewatch"]
    let compression = (root["defaultCompression"] ?? watch?["defaultCompression"])?.text ?? "gzip"
    return [root, root["size-limit"], root["bundlesize"], root["files"], watch?["files"]].compactMap { node in
      node.map { ($0.items, compression) }
    }.filter { !$0.files.isEmpty }
  }

  /// Takes all files.
  func add(_ root: YAMLNode, to draft: inout BudgetDraft) {
    for list in SizeLimitsImport.lists(in: root) {
      for file in list.files {
        if file["maxSize"] != nil {
          add(maximum: file, list.compression, to: &draft)
        } else {
          add(check: file, to: &draft)
        }
      }
    }
    let pattern = root["normalizeFilenames"] ?? root["bundlewatch"]?["normalizeFilenames"]
    if let pattern {
      draft.remark("normalizeFilenames is left out: hashes in names are `*` without it", at: pattern.place)
    }
  }

  // MARK: bundlesize, bundlewatch

  private func add(maximum file: YAMLNode, _ usual: String, to draft: inout BudgetDraft) {
    guard let path = file["path"]?.text, let text = file["maxSize"]?.text else {
      return draft.remark("a file must have a path and a maxSize", at: file.place)
    }
    let compression = file["compression"]?.text ?? usual
    guard let key = ["gzip": "gzip", "brotli": "brotli", "none": "raw"][compression] else {
      return draft.remark(
        "\(path): the compression '\(compression)' is none of gzip, brotli, none", at: file.place)
    }
    guard let bytes = SizeLimitsImport.bytes(text, kilo: 1_024) else {
      return draft.remark("\(path): '\(text)' is no size", at: file["maxSize"]?.place ?? file.place)
    }
    add(key, bytes, of: path, origin: "maxSize \(text) (\(compression))", at: file.place, to: &draft)
  }

  // MARK: size-limit

  private func add(check: YAMLNode, to draft: inout BudgetDraft) {
    let paths = check["path"]?.text.map { [$0] } ?? (check["path"]?.items ?? []).compactMap(\.text)
    guard let name = check["name"]?.text ?? (paths.isEmpty ? nil : paths.joined(separator: ", ")) else {
      return draft.remark("a check must have a name or a path", at: check.place)
    }
    guard let text = check["limit"]?.text else {
      return draft.remark("\(name): it has no limit", at: check.place)
    }
    if let milliseconds = SizeLimitsImport.milliseconds(text) {
      return add("time", milliseconds, of: name, origin: "limit \(text)", at: check.place, to: &draft)
    }
    guard let bytes = SizeLimitsImport.bytes(text, kilo: 1_000) else {
      return draft.remark(
        "\(name): '\(text)' is no size and no time", at: check["limit"]?.place ?? check.place)
    }
    let key = check["brotli"]?.text == "false" ? "raw" : check["gzip"]?.text == "true" ? "gzip" : "size"
    if key != "size" {
      draft.remark(
        "results of size-limit --json do not say how sizes are compressed: where these are read, write size in place"
          + " of \(key)", at: check.place)
    }
    let origin =
      "limit \(text)" + (key == "size" ? " (Brotli, as size-limit has it unless told otherwise)" : "")
    add(key, bytes, of: name, origin: origin, at: check.place, to: &draft)
  }

  private func add(
    _ key: String, _ value: Double, of name: String, origin: String, at place: Place,
    to draft: inout BudgetDraft
  ) {
    let bundle = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
    draft.add(
      BudgetDraft.Wish(target: .bundle(bundle), key: key, value: value, origin: origin, place: place))
  }

  // MARK: Quantities

  /// `100 kB`, `1.5MB`, `2 KiB`, `512`, in whole bytes; nil for no size.
  /// - Parameter kilo: how many bytes a kB is.
  static func bytes(_ text: String, kilo: Double) -> Double? {
    guard let (number, unit) = split(text) else { return nil }
    let prefixes: [Character: Double] = ["k": 1, "m": 2, "g": 3, "t": 4]
    var rest = unit.hasSuffix("b") ? unit.dropLast() : unit[...]
    let isBinary = rest.hasSuffix("i")
    if isBinary { rest = rest.dropLast() }
    guard unit.isEmpty || unit.hasSuffix("b"), rest.count <= 1, !isBinary || rest.count == 1 else {
      return nil
    }
    guard let power = rest.first.map({ prefixes[$0] }) ?? 0 else { return nil }
    let factor = (0..<Int(power)).reduce(1.0) { factor, _ in factor * (isBinary ? 1_024 : kilo) }
    return (number * factor).rounded(.down)
  }

  /// `500 ms`, `1.5 s`; nil for no time.
  static func milliseconds(_ text: String) -> Double? {
    guard let (number, unit) = split(text) else { return nil }
    return unit == "ms" ? number : unit == "s" ? number * 1_000 : nil
  }

  /// The number and the unit in small letters.
  private static func split(_ text: String) -> (Double, String)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard let number = Double(digits), number.isFinite else { return nil }
    return (number, text[digits.endIndex...].drop { $0 == " " }.lowercased())
  }
}
