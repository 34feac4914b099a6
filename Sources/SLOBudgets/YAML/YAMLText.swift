/// The bytes of a budget file, checked to be text before YAML is looked for in them.
struct YAMLText {
  /// The largest file that is read, in bytes; a budget file of a thousand endpoints has a tenth of it.
  static let largest = 1 << 20

  /// UTF-8 without byte-order mark.
  let bytes: ArraySlice<UInt8>
  let file: String

  /// - Throws: what makes these bytes no UTF-8 text.
  init(bytes: [UInt8], file: String) throws(BudgetProblem) {
    self.file = file
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard bytes.count <= YAMLText.largest else {
      throw BudgetProblem(
        "is larger than a budget file may be (1 MiB)", at: Place(file: file),
        hint: "give a budget file here; split a large one into several files")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw BudgetProblem("is UTF-16 text, expected UTF-8", at: Place(file: file), hint: "save it as UTF-8")
    }
    if let zero = self.bytes.firstIndex(of: 0) {
      throw BudgetProblem("found a NUL byte: this is no text", at: place(ofByte: zero))
    }
    if let wrong = firstInvalidByte() {
      throw BudgetProblem(
        "found a byte that is not UTF-8", at: place(ofByte: wrong), hint: "save the file as UTF-8")
    }
  }

  /// The place of a byte, by its index in `bytes`.
  func place(ofByte index: Int) -> Place {
    let before = bytes[..<min(index, bytes.endIndex)]
    let line = before.lastIndex(of: 10).map { before[($0 + 1)...] } ?? before
    return Place(
      file: file, line: 1 + before.count { $0 == 10 },
      column: 1 + line.count { $0 & 0xC0 != 0x80 })
  }

  /// The character at a place, if there is one.
  func byte(atLine line: Int, column: Int) -> UInt8? {
    let lines = bytes.split(separator: 10, maxSplits: line, omittingEmptySubsequences: false)
    guard line >= 1, lines.count >= line else { return nil }
    return lines[line - 1].filter { $0 & 0xC0 != 0x80 }.dropFirst(column - 1).first
  }

  private func firstInvalidByte() -> Int? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var index = bytes.startIndex
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      index += UTF8.width(scalar)
    }
    return min(index, bytes.endIndex - 1)
  }
}
