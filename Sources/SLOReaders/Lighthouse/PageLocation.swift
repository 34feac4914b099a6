internal import SLOSupport

/// Where a page lies, to distinguish it from another: host and path, without what makes no other page.
///
/// Scheme, user, port, query and `www.` are no part of it, nor a slash at the end of the path or parameters
/// behind a semicolon. A fragment is, where it is a route of the page itself: `#/cart`.
struct PageLocation: Equatable {
  /// The scheme in lower case, without its colon; empty where there is none.
  let scheme: String
  /// The host in lower case.
  let host: String
  /// The parts of the path, those of a route in the fragment behind them.
  let path: [String]
  /// How many of them are the route's.
  let routeLength: Int

  /// Takes a URL apart.
  init(url: String) {
    let (address, fragment) = PageLocation.cut(url[...], at: "#")
    let afterScheme = address.drop { !":/?#".contains($0) }
    var rest = address
    var authority: Substring = ""
    scheme = afterScheme.hasPrefix(":") ? address[..<afterScheme.startIndex].lowercased() : ""
    if afterScheme.hasPrefix("://") {
      rest = afterScheme.dropFirst(3)
      authority = rest.prefix { !"/?".contains($0) }
      rest = rest[authority.endIndex...]
    }
    host = PageLocation.host(of: authority)
    let isRoute = fragment.hasPrefix("/") || fragment.hasPrefix("!/")
    let route = isRoute ? PageLocation.parts(of: fragment.drop { $0 == "!" }) : []
    path = PageLocation.parts(of: rest) + route
    routeLength = route.count
  }

  /// Host and path, for people.
  var description: String { host + "/" + path.joined(separator: "/") }

  /// Whether both are one page but for a locale in front of the path.
  func isSamePage(as other: PageLocation) -> Bool {
    guard host == other.host else { return false }
    // A page that is asked for without a route may choose one.
    let theirs = routeLength == 0 ? Array(other.path.dropLast(other.routeLength)) : other.path
    if path == theirs || Locale.isAdded(to: path, in: theirs) { return true }
    // Two languages of one page; a page that is called like a language is none of the root.
    let rest = Locale.withoutLanguage(path)
    return rest == Locale.withoutLanguage(theirs) && (!rest.isEmpty || path.count == theirs.count)
  }

  private static func host(of authority: Substring) -> String {
    let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } : host.prefix { $0 != ":" }
    let lower = name.lowercased()
    return lower.hasPrefix("www.") ? String(lower.dropFirst(4)) : lower
  }

  private static func parts(of path: Substring) -> [String] {
    path.prefix { $0 != "?" }.split(separator: "/").map { part in
      let plain = String(part.prefix { $0 != ";" })
      return decoded(plain) ?? plain
    }
  }

  private static func cut(_ text: Substring, at mark: Character) -> (Substring, Substring) {
    guard let place = text.firstIndex(of: mark) else { return (text, "") }
    return (text[..<place], text[text.index(after: place)...])
  }

  /// The text of percent-encoded UTF-8; nil where it is none.
  private static func decoded(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension PageLocation {
  /// The locale that a site puts in front of a path: `en`, `pt-BR`, `zh_Hant_TW`, or a country and a language.
  private enum Locale {
    /// Whether a path is another with a locale in front.
    static func isAdded(to path: [String], in longer: [String]) -> Bool {
      let count = longer.count - path.count
      return (1...2).contains(count) && longer.dropFirst(count).elementsEqual(path)
        && longer.prefix(count).allSatisfy(isLocale)
    }

    /// The path behind the language it begins with, if it does.
    static func withoutLanguage(_ path: [String]) -> ArraySlice<String> {
      guard let first = path.first, isLocale(first) else { return path[...] }
      let language = first.prefix(2).lowercased()
      return languages.contains(language) ? path.dropFirst() : path[...]
    }

    /// Two letters, and subtags of two to four letters or digits behind them.
    private static func isLocale(_ part: String) -> Bool {
      let subtags = part.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2D || $0 == 0x5F }
      guard let first = subtags.first, first.count == 2, first.allSatisfy(\.isLetter) else { return false }
      return subtags.count <= 3
        && subtags.dropFirst().allSatisfy {
          (2...4).contains($0.count) && $0.allSatisfy { $0.isLetter || $0.isDigit }
        }
    }

    /// ISO 639-1.
    private static let languages: Set<String> = Set(
      """
      aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
      en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu
      ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na
      nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so
      sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
      """.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}
