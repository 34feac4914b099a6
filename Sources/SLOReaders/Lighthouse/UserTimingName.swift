/// The names of marks and measures as Lighthouse CI writes them: `heroImage painted` is `hero-image-painted`.
package enum UserTimingName {
  /// Words of letters and digits in lower case with a `-` between them, also where a small letter meets a capital.
  package static func kebab(_ name: String) -> String {
    var words: [UInt8] = []
    var previous: UInt8 = 0
    for byte in name.utf8 {
      let isWord = isSmall(byte) || isCapital(byte) || (0x30...0x39).contains(byte)
      let begins = !isWord || isCapital(byte) && isSmall(previous)
      if begins, words.last != nil, words.last != 0x2D { words.append(0x2D) }
      if isWord { words.append(isCapital(byte) ? byte | 0x20 : byte) }
      previous = byte
    }
    if words.last == 0x2D { words.removeLast() }
    return String(decoding: words, as: UTF8.self)
  }

  private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
}
