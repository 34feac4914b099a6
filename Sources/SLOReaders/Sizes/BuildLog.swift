internal import SLOModel
internal import SLOSupport

/// The lines that Vite prints of the files it wrote: `dist/assets/index-DiwrgTda.js  143.42 kB │ gzip: 46.11 kB`.
///
/// The numbers are rounded to hundredths of their unit. Colours are left out.
enum BuildLog {
  static let name = "vite-log"

  /// Whether a text is such a log: one of its first lines names the tool with its version.
  static func begins(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.contains(where: { $0 == UInt8(ascii: "v") }) else { return false }
    let words = "vite v".utf8
    for line in text.split(separator: 0x0A) where line.count < 400 {
      let line = plain(line)
      if line.contains(words), line.contains(" building ".utf8) { return true }
    }
    return false
  }

  static func run(of file: SourceFile) throws(InputError) -> SizeRun {
    let text = try file.text()
    return text.withBytes { text in
      var run = SizeRun()
      run.notices = ["sizes of a build's log are rounded: the folder of the build has them to the byte"]
      var hasEnded = false
      for line in text.split(separator: 0x0A) where line.count < 8_192 {
        let line = String(decoding: plain(line), as: UTF8.self)
        if run.version == nil { run.version = version(in: line) }
        if line.contains("built in ") { hasEnded = true }
        if run.failure == nil, line.contains("error during build") || line.contains("Build failed ") {
          run.failure = "the build failed"
        }
        if let bundle = bundle(in: line) { run.bundles.append(bundle) }
      }
      if run.failure == nil, run.bundles.isEmpty { run.failure = "the log of the build lists no file" }
      if run.failure == nil, !hasEnded { run.failure = "the log does not say that the build came to its end" }
      return run
    }
  }

  private static func version(in line: String) -> String? {
    guard let words = line.split(separator: "vite v", maxSplits: 1).last, line.contains("vite v"),
      words.first?.isNumber == true
    else { return nil }
    return String(words.prefix { !$0.isWhitespace }.prefix(40))
  }

  /// The file that a line is about; nil for any other line.
  private static func bundle(in line: String) -> Bundle? {
    let columns = line.split { "│|".contains($0) }
    guard let first = columns.first, let (size, start) = size(atEndOf: first), start > first.startIndex else {
      return nil
    }
    // The sizes stand in a column of their own, at least two blanks behind the longest name.
    let name = first[..<start]
    guard name.hasSuffix("  ") else { return nil }
    let path = String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    guard path.contains("."), !path.hasSuffix(":") else { return nil }
    var bundle = Bundle(name: path, figures: ["raw": size])
    for column in columns.dropFirst() {
      for metric in ["gzip", "brotli"] where column.contains(metric + ":") {
        bundle.figures[metric] = Self.size(atEndOf: column)?.bytes
      }
    }
    return bundle
  }

  private static let units: [String: Double] = [
    "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "KiB": 1_024, "MiB": 1_048_576,
  ]

  /// The size at the end of a column, in bytes, and where its number begins.
  private static func size(atEndOf column: Substring) -> (bytes: Double, start: String.Index)? {
    let words = column.split(separator: " ")
    guard words.count > 1, let factor = units[String(words[words.count - 1])] else { return nil }
    let number = words[words.count - 2]
    guard number.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }),
      let value = Double(number.filter { $0 != "," }), value * factor <= 0x1p53
    else { return nil }
    return ((value * factor).rounded(), number.startIndex)
  }

  /// A line without the sequences that colour it, and without what moves the cursor back.
  private static func plain(_ line: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
    var (plain, at) = ([UInt8](), line.startIndex)
    while at < line.endIndex {
      if line[at] == 0x1B {
        at = line[at...].firstIndex(where: \.isLetter).map { $0 + 1 } ?? line.endIndex
      } else {
        if line[at] != 0x0D { plain.append(line[at]) }
        at += 1
      }
    }
    return plain
  }
}
