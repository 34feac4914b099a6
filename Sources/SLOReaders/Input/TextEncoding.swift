/// How a file's text is encoded, as its byte order mark says.
enum TextEncoding: Equatable {
  case utf8
  case utf8WithMark
  case utf16LittleEndian
  case utf16BigEndian

  /// Looks at the first bytes.
  init(of bytes: Bytes) {
    let start = bytes.withBytes { Array($0.prefix(3)) } + [0, 0, 0]
    switch (start[0], start[1], start[2]) {
    case (0xEF, 0xBB, 0xBF): self = .utf8WithMark
    case (0xFF, 0xFE, _): self = .utf16LittleEndian
    case (0xFE, 0xFF, _): self = .utf16BigEndian
    default: self = .utf8
    }
  }

  /// The text in UTF-8 without the mark.
  /// - Throws: `malformed` for UTF-16 that is none.
  func utf8(_ bytes: Bytes, file: String) throws(InputError) -> Bytes {
    switch self {
    case .utf8: return bytes
    case .utf8WithMark: return bytes.dropFirst(3)
    case .utf16LittleEndian, .utf16BigEndian:
      let (text, fault) = bytes.withBytes(transcoded)
      if let fault { throw invalidUTF16(file, at: fault) }
      return Bytes(text)
    }
  }

  /// As much of the text as is valid; for a look at the start of a file.
  func utf8Prefix(_ bytes: Bytes) -> Bytes {
    switch self {
    case .utf8: bytes
    case .utf8WithMark: bytes.dropFirst(3)
    case .utf16LittleEndian, .utf16BigEndian: Bytes(bytes.withBytes(transcoded).text)
    }
  }

  /// UTF-16 after its mark as UTF-8, up to the first unit that is none and its offset in bytes.
  private func transcoded(_ bytes: UnsafeRawBufferPointer) -> (text: [UInt8], fault: Int?) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2)
    var at = 2
    while at + 1 < bytes.count {
      let first = unit(bytes, at)
      var value = UInt32(first)
      if UTF16.isLeadSurrogate(first), at + 3 < bytes.count, UTF16.isTrailSurrogate(unit(bytes, at + 2)) {
        value = 0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(unit(bytes, at + 2)) - 0xDC00
      }
      guard let scalar = Unicode.Scalar(value) else { return (text, at) }
      text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      at += value > 0xFFFF ? 4 : 2
    }
    return (text, at == bytes.count ? nil : at)
  }

  private func unit(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt16 {
    self == .utf16LittleEndian
      ? UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8 : UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1])
  }

  private func invalidUTF16(_ file: String, at offset: Int) -> InputError {
    InputError(
      .malformed, file: file, place: .byte(offset), found: "bytes that are no UTF-16",
      expected: "UTF-16 as the file's byte order mark says", remedy: "write the file again as UTF-8")
  }
}
