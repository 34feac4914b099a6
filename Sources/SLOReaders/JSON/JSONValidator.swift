import SLOSupport

/// One strict pass over a text that proves it JSON, without building anything but a list of its large
/// containers.
///
/// Iterative, so that no nesting can exhaust the stack. Most bytes of a page report lie in long strings
/// and indentation: those are crossed many bytes at a time.
struct JSONValidator {
  /// A container long enough to be worth jumping over.
  struct Span {
    /// Offset of its first byte.
    var start: Int
    /// Offset behind its last byte.
    var end: Int
  }

  /// The deepest nesting accepted.
  static let depthLimit = 128
  /// Shorter containers are crossed faster than they are looked up.
  static let spanLength = 256

  /// A container whose end is not reached yet.
  private struct Open {
    var isObject: Bool
    /// Where it is in `spans`.
    var span: Int
  }

  /// The large containers found, and those still open, by their start.
  private var spans: [Span] = []

  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let stack: UnsafeMutablePointer<Open>
  private var depth = 0
  /// Behind the outermost container, once that is closed.
  private var rootEnd = 0
  private var at = 0

  /// The large containers of a text, by their start.
  /// - Throws: the first thing that is no JSON.
  static func largeContainers(of text: UnsafeRawBufferPointer) throws(JSONFault) -> [Span] {
    guard let address = text.baseAddress else { throw JSONFault(reason: .truncated, offset: 0) }
    let stack = UnsafeMutablePointer<Open>.allocate(capacity: depthLimit)
    defer { stack.deallocate() }
    var validator = JSONValidator(
      base: address.assumingMemoryBound(to: UInt8.self), count: text.count, stack: stack)
    try validator.run()
    return validator.spans
  }

  /// The offset behind the container that starts at an offset, whatever is behind it.
  /// - Throws: the first thing that is no JSON, by its offset in the whole text.
  static func end(ofContainerAt start: Int, in text: UnsafeRawBufferPointer) throws(JSONFault) -> Int {
    guard let address = text.baseAddress else { throw JSONFault(reason: .truncated, offset: 0) }
    let stack = UnsafeMutablePointer<Open>.allocate(capacity: depthLimit)
    defer { stack.deallocate() }
    var validator = JSONValidator(
      base: address.assumingMemoryBound(to: UInt8.self), count: text.count, stack: stack)
    validator.at = start
    return try validator.runContainer()
  }

  private init(base: UnsafePointer<UInt8>, count: Int, stack: UnsafeMutablePointer<Open>) {
    self.base = base
    self.count = count
    self.stack = stack
  }

  private mutating func run() throws(JSONFault) {
    skipBlanks()
    _ = try runContainer()
    if at < count { throw JSONFault(reason: .trailingText, offset: at) }
  }

  /// Crosses one value and the blanks behind it.
  /// - Returns: the offset behind the value, where it is a container.
  private mutating func runContainer() throws(JSONFault) -> Int {
    repeat {
      while try !value() {}
    } while try separator()
    return rootEnd
  }

  /// Crosses a scalar or an empty container, or opens a container and stops at its first value.
  /// - Returns: whether a value has ended.
  private mutating func value() throws(JSONFault) -> Bool {
    switch try byte() {
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "{"):
      try open()
      if try byte() == UInt8(ascii: "}") { close() } else { try key(); return false }
    case UInt8(ascii: "["):
      try open()
      if try byte() == UInt8(ascii: "]") { close() } else { return false }
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: try literal()
    }
    return true
  }

  /// Closes the containers that end here.
  /// - Returns: whether another value follows, at which it stops.
  private mutating func separator() throws(JSONFault) -> Bool {
    while true {
      skipBlanks()
      if depth == 0 { return false }
      let inObject = stack[depth - 1].isObject
      switch try byte() {
      case UInt8(ascii: ","):
        at += 1
        skipBlanks()
        if inObject { try key() }
        return true
      case UInt8(ascii: "}") where inObject, UInt8(ascii: "]") where !inObject: close()
      default: throw JSONFault(reason: .noComma(inObject: inObject), offset: at)
      }
    }
  }

  private mutating func open() throws(JSONFault) {
    if depth == JSONValidator.depthLimit { throw JSONFault(reason: .tooDeep, offset: at) }
    stack[depth] = Open(isObject: base[at] == UInt8(ascii: "{"), span: spans.count)
    spans.append(Span(start: at, end: count))
    depth += 1
    at += 1
    skipBlanks()
  }

  private mutating func close() {
    at += 1
    depth -= 1
    if depth == 0 { rootEnd = at }
    let span = stack[depth].span
    if at - spans[span].start >= JSONValidator.spanLength {
      spans[span].end = at
    } else {
      // Those inside it were shorter still and are gone already: it is the last.
      spans.removeLast()
    }
  }

  private mutating func key() throws(JSONFault) {
    guard try byte() == UInt8(ascii: "\"") else { throw JSONFault(reason: .noKey, offset: at) }
    try string()
    skipBlanks()
    guard try byte() == UInt8(ascii: ":") else { throw JSONFault(reason: .noColon, offset: at) }
    at += 1
    skipBlanks()
  }

  @inline(__always)
  private func byte() throws(JSONFault) -> UInt8 {
    if at >= count { throw JSONFault(reason: .truncated, offset: count) }
    return base[at]
  }

  @inline(__always)
  private mutating func skipBlanks() {
    at = JSONScanner.skipBlanks(base, at, count)
  }
}

extension JSONValidator {
  private mutating func string() throws(JSONFault) {
    at += 1
    while true {
      at = JSONScanner.skipPlain(base, at, count)
      switch try byte() {
      case UInt8(ascii: "\""):
        at += 1
        return
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20: throw JSONFault(reason: .controlCharacter, offset: at)
      case 0x80...: try multibyte()
      default: at += 1
      }
    }
  }

  private mutating func escape() throws(JSONFault) {
    let start = at
    at += 1
    switch try byte() {
    case UInt8(ascii: "u"):
      for _ in 0..<4 {
        at += 1
        guard JSONScanner.hexDigit(try byte()) != nil else {
          throw JSONFault(reason: .badEscape, offset: start)
        }
      }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      break
    default: throw JSONFault(reason: .badEscape, offset: start)
    }
    at += 1
  }

  /// One scalar of two to four bytes, by the table of the Unicode standard (table 3-7).
  private mutating func multibyte() throws(JSONFault) {
    let length: Int
    let second: ClosedRange<UInt8>
    switch base[at] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: throw JSONFault(reason: .invalidUTF8, offset: at)
    }
    for position in 1..<length {
      if at + position >= count { throw JSONFault(reason: .truncated, offset: count) }
      let allowed = position == 1 ? second : 0x80...0xBF
      if !allowed.contains(base[at + position]) { throw JSONFault(reason: .invalidUTF8, offset: at) }
    }
    at += length
  }

  private mutating func number() throws(JSONFault) {
    let start = at
    if base[at] == UInt8(ascii: "-") {
      at += 1
      if try byte() == UInt8(ascii: "I") { throw JSONFault(reason: .notANumber, offset: start) }
    }
    if try byte() == UInt8(ascii: "0") { at += 1 } else { try digits(of: start) }
    if at < count, base[at] == UInt8(ascii: ".") {
      at += 1
      try digits(of: start)
    }
    if at < count, base[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if try byte() == UInt8(ascii: "+") || base[at] == UInt8(ascii: "-") { at += 1 }
      try digits(of: start)
    }
    // `01`, `1.2.3`, `12px`: no separator follows a number without a blank or a bracket.
    if at < count, JSONScanner.isWord(base[at]) { throw JSONFault(reason: .badNumber, offset: start) }
  }

  private mutating func digits(of start: Int) throws(JSONFault) {
    guard try byte().isDigit else { throw JSONFault(reason: .badNumber, offset: start) }
    repeat { at += 1 } while at < count && base[at].isDigit
  }

  private mutating func literal() throws(JSONFault) {
    var end = at
    while end < count, JSONScanner.isWord(base[end]) { end += 1 }
    let word = UnsafeBufferPointer(start: base + at, count: end - at)
    for known in ["true", "false", "null"] where word.elementsEqual(known.utf8) {
      at = end
      return
    }
    // A word cut off by the end of the file is a cut, not a mistake.
    if end == count, !word.isEmpty, ["true", "false", "null"].contains(where: { $0.utf8.starts(with: word) })
    {
      throw JSONFault(reason: .truncated, offset: count)
    }
    let lower = String(decoding: word.prefix(9), as: UTF8.self).lowercased()
    let notANumber = ["nan", "inf", "infinity", "+inf", "+infinity"].contains(lower)
    throw JSONFault(reason: notANumber ? .notANumber : .noValue, offset: at)
  }
}
