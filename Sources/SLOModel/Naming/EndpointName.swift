import SLOSupport

/// The name of an endpoint, in which requests that differ only in identifiers fall together.
///
/// A load tool tags a request with its URL unless the script names it, so that `/users/17` and `/users/18` would be
/// two endpoints. Names that people gave, `search` or `checkout step 2`, stay as they are.
package struct EndpointName: Hashable, Sendable {
  /// Method, where the value has one, and path: `/users/{id}`, `GET /users/{id}`. Never query, fragment or
  /// user info.
  package var name: String
  /// Host and port in lower case, for they are the same in any; nil where the value names none.
  package var host: String?
  /// The method the value begins with; nil where it has none.
  package var method: String?
  /// What is between `?` and `#`; nil where nothing does.
  package var query: String?
  /// Whether the value is an address, and no name that people gave.
  package var isAddress = false

  /// The path without its method.
  package var path: String { method.map { String(name.dropFirst($0.count + 1)) } ?? name }
}

extension EndpointName {
  /// Reads a tag's value: a URL with its scheme, or an absolute path, each perhaps behind a method and a
  /// blank. Any other text is a name already.
  ///
  /// The name of a name is the same name. Slashes stay as written, a doubled or trailing one too: servers treat
  /// them as different paths.
  package init(collapsing value: String) {
    var value = value
    self =
      value.withUTF8 { AddressParts($0).map(EndpointName.init) } ?? EndpointName(name: value, host: nil)
  }

  /// The methods of RFC 9110, section 9, and RFC 5789, which are case-sensitive.
  package static let methods: Set<String> = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT",
  ]

  private init(_ address: AddressParts) {
    var name = Array(address.method)
    name.reserveCapacity(address.method.count + address.path.count + 32)
    if address.path.isEmpty { name.append(UInt8(ascii: "/")) }
    var rest = address.path
    while let slash = rest.first {
      name.append(slash)
      rest = rest.dropFirst()
      let segment = rest.prefix { $0 != UInt8(ascii: "/") }
      PathSegment.append(UnsafeBufferPointer(rebasing: segment), to: &name)
      rest = rest[segment.endIndex...]
    }
    self.name = String(decoding: name, as: UTF8.self)
    host =
      address.host.isEmpty ? nil : String(decoding: address.host.lazy.map(\.lowercased), as: UTF8.self)
    method = address.method.isEmpty ? nil : String(decoding: address.method.dropLast(), as: UTF8.self)
    query = address.query.isEmpty ? nil : String(decoding: address.query, as: UTF8.self)
    isAddress = true
  }
}

/// The parts of a URL that name an endpoint, as bytes of the text they are in.
private struct AddressParts {
  typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  /// The method with the blank behind it, or nothing.
  var method: Text
  /// Host and port without user info, or nothing.
  var host: Text
  /// Nothing, or a slash and what follows it up to query or fragment.
  var path: Text
  /// What is between `?` and `#`, or nothing.
  var query: Text

  /// - Returns: nil for a text that is no URL.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    method = AddressParts.method(bytes[...])
    var rest = bytes[method.endIndex...]
    host = rest.prefix(0)
    if let scheme = AddressParts.scheme(rest) {
      rest = rest[scheme.endIndex...]
      let authority = rest.prefix { !AddressParts.endsAuthority($0) }
      host = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] } ?? authority
      rest = rest[authority.endIndex...]
    } else if rest.first != UInt8(ascii: "/") {
      return nil
    }
    path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    rest = rest[path.endIndex...]
    query =
      rest.first == UInt8(ascii: "?") ? rest.dropFirst().prefix { $0 != UInt8(ascii: "#") } : rest.prefix(0)
  }

  private static func method(_ text: Text) -> Text {
    let word = text.prefix(8).prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    guard !word.isEmpty, word.endIndex < text.endIndex, text[word.endIndex] == UInt8(ascii: " "),
      EndpointName.methods.contains(String(decoding: word, as: UTF8.self))
    else { return text.prefix(0) }
    return text[word.startIndex...word.endIndex]
  }

  /// `scheme://`, spelled as in RFC 3986, section 3.1.
  private static func scheme(_ text: Text) -> Text? {
    guard let first = text.first, first.isLetter else { return nil }
    let scheme = text.prefix {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: ".")
    }
    let rest = text[scheme.endIndex...]
    guard rest.count >= 3, rest[rest.startIndex] == UInt8(ascii: ":"),
      rest[rest.startIndex + 1] == UInt8(ascii: "/"), rest[rest.startIndex + 2] == UInt8(ascii: "/")
    else { return nil }
    return text[..<(rest.startIndex + 3)]
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }
}
