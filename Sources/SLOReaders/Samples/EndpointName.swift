/// The name of an endpoint, in which requests that differ only in identifiers fall together.
///
/// k6 tags a request with its URL unless the script names it, so that `/users/17` and `/users/18` would be
/// two endpoints. Names that people gave, `search` or `checkout step 2`, stay as they are.
struct EndpointName: Hashable, Sendable {
  /// Method, where the value has one, and path: `/users/{id}`, `GET /users/{id}`. Never query, fragment or
  /// user info.
  var name: String
  /// Host and port in lower case, for they are the same in any; nil where the value names none.
  var host: String?

  /// The name with its host in front of the path, which tells the endpoints of several hosts apart.
  var nameWithHost: String {
    guard let host, let path = name.utf8.firstIndex(of: UInt8(ascii: "/")) else { return name }
    return name[..<path] + host + name[path...]
  }
}

extension EndpointName {
  /// Reads a tag's value: a URL with its scheme, or an absolute path, each perhaps behind a method and a
  /// blank. Any other text is a name already.
  ///
  /// The name of a name is the same name. Slashes stay as written, a doubled or trailing one too: servers tell
  /// them apart.
  init(collapsing value: String) {
    var value = value
    self =
      value.withUTF8 { EndpointAddress($0).map(EndpointName.init) } ?? EndpointName(name: value, host: nil)
  }

  private init(_ address: EndpointAddress) {
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
  }
}

/// The parts of a URL that name an endpoint, as bytes of the text they stand in.
private struct EndpointAddress {
  typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  /// The method with the blank behind it, or nothing.
  var method: Text
  /// Host and port without user info, or nothing.
  var host: Text
  /// Nothing, or a slash and what follows it up to query or fragment.
  var path: Text

  /// - Returns: nil for a text that is no URL.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    method = EndpointAddress.method(bytes[...])
    var rest = bytes[method.endIndex...]
    host = rest.prefix(0)
    if let scheme = EndpointAddress.scheme(rest) {
      rest = rest[scheme.endIndex...]
      let authority = rest.prefix { !EndpointAddress.endsAuthority($0) }
      host = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] } ?? authority
      rest = rest[authority.endIndex...]
    } else if rest.first != UInt8(ascii: "/") {
      return nil
    }
    path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
  }

  /// The methods of RFC 9110, section 9, and RFC 5789, which are case-sensitive.
  private static let methods: [StaticString] = [
    "GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", "OPTIONS ", "TRACE ", "CONNECT ",
  ]

  private static func method(_ text: Text) -> Text {
    guard let first = text.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else {
      return text.prefix(0)
    }
    let method = methods.first {
      text.starts(with: UnsafeBufferPointer(start: $0.utf8Start, count: $0.utf8CodeUnitCount))
    }
    return text.prefix(method?.utf8CodeUnitCount ?? 0)
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
