internal import SLOModel
internal import SLOSupport

/// Names of built files without the hashes of their content, which differ from build to build:
/// `assets/index-DiwrgTda.js` is `assets/index-*.js`.
///
/// A hash stands behind the name (`app-HASH.js`, `app.HASH.chunk.js`) or for it (`HASH.js`). What bundlers write there:
///
/// - hexadecimal digits, usually 8, 16 or 20 (webpack, Parcel, Angular, older Vite): from 6 on, two of them decimal
/// - 8 capitals and digits of base 32 (esbuild)
/// - 8 characters of base64url (Rollup, Vite), `-` and `_` among them
/// - 9 to 64 characters of any of these with a capital and a digit, as in the folder of a build
///
/// Of random names this finds 99.9 % in hexadecimal digits and in base 32, and 99.3 % in base64url. A word of eight letters
/// in which one is a capital, as `Settings`, is taken for a hash in 4 % of all cases, two short words, as `UserList`, in
/// up to 19 %; in small letters none.
enum StableName {
  /// The name of a file, in Normalization Form C and without what gives access. A name without an extension stays as it
  /// is: it is a person's.
  static func of(_ name: String) -> String {
    var path = AddressText.cleaned(ComposedText.composed(name))[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if let file = parts.last {
      parts = parts.dropLast().map { FileHash.isLong(Array($0.utf8)[...]) ? "*" : $0 } + [stable(file: file)]
    }
    let stable = parts.joined(separator: "/")
    // A bundle is never the run as a whole.
    return stable == Series.wholeRun || stable.isEmpty ? "./" + stable : stable
  }

  private static func stable(file: String) -> String {
    var pieces = file.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(
      Array.init)
    guard let end = pieces.last, pieces.count > 1, (1...11).contains(end.count),
      end.allSatisfy({ $0.isLetter || $0.isDigit })
    else { return file }
    // The hash is the last of the pieces that have one: what is in front of it belongs to the name.
    for index in pieces.indices.dropLast().reversed() {
      if pieces[index].last == UInt8(ascii: "*") { break }
      guard let start = FileHash.start(in: pieces[index]) else { continue }
      pieces[index] = pieces[index][..<start] + [UInt8(ascii: "*")]
      break
    }
    return String(decoding: Array(pieces.joined(separator: [UInt8(ascii: ".")])), as: UTF8.self)
  }
}

/// The hashes of content that bundlers write into names.
enum FileHash {
  /// The length that Rollup, Vite and esbuild write.
  private static let usualLength = 8
  /// From so many digits on, hexadecimal digits are a hash whatever they are.
  private static let longLength = 16

  /// Where the hash at the end of a piece of a name begins; nil where there is none.
  static func start(in piece: [UInt8]) -> Int? {
    if let separator = piece.lastIndex(where: isSeparator), separator > 0, isHash(piece[(separator + 1)...]) {
      return separator + 1
    }
    // Base64url has the separators in its alphabet.
    let start = piece.count - usualLength
    if start == 0 || start > 1 && isSeparator(piece[start - 1]), isHash(piece[start...]) { return start }
    return isHash(piece[...], hasSeparators: false) ? 0 : nil
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
  }

  /// Whether a folder is named by a hash or another long random text, as that of a build's number.
  static func isLong(_ text: ArraySlice<UInt8>) -> Bool { text.count >= longLength && isHash(text) }

  /// - Parameter hasSeparators: whether the text may have separators, as base64url does.
  private static func isHash(_ text: ArraySlice<UInt8>, hasSeparators: Bool = true) -> Bool {
    if isHexadecimal(text) { return true }
    guard text.allSatisfy({ $0.isLetter || $0.isDigit || hasSeparators && isSeparator($0) }) else {
      return false
    }
    switch text.count {
    case usualLength: return !WordLikeness.isName(text)
    case 9...64:
      return text.contains(where: \.isDigit) && text.contains(where: isCapital) && !WordLikeness.isName(text)
    default: return false
    }
  }

  /// Hexadecimal digits in one case: 16 and more whatever they are, fewer where they read like no word or number.
  private static func isHexadecimal(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count >= 6, text.allSatisfy(\.isHexDigit) else { return false }
    let (digits, capitals) = (text.count(where: \.isDigit), text.count(where: isCapital))
    guard capitals == 0 || capitals + digits == text.count else { return false }
    if text.count >= longLength { return true }
    return digits == text.count ? digits >= usualLength : digits >= 2
  }

  static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
}
