/// A compose file, as far as it says where its service answers.
package enum ComposeFile {
  /// The port of the host that the service publishes first: of the one that is built from the repository, else of the
  /// first that publishes any. Nil where none does, or the file cannot be read.
  package static func publishedPort(of bytes: [UInt8], named name: String) -> Int? {
    guard let text = try? YAMLText(bytes: bytes, file: name), var composer = try? YAMLComposer(text),
      let root = try? composer.document()
    else { return nil }
    let services = root["services"]?.pairs.map(\.value) ?? []
    let built = services.filter { $0["build"] != nil }
    return (built + services).lazy.flatMap { $0["ports"]?.items ?? [] }.compactMap(port).first
  }

  /// `"8080:80"`, `127.0.0.1:8080:80`, `9000-9001:80-81`, `${PORT:-8080}:80/tcp`, or `{ published: 8080 }`.
  private static func port(_ node: YAMLNode) -> Int? {
    if let published = node["published"]?.text { return number(published[...]) }
    guard let text = node.text else { return nil }
    // The default of a variable has the colon that parts the ports too.
    let parts = text.replacing(":-", with: "-").split(separator: "/")[0].split(separator: ":")
    return parts.count > 1 ? number(parts[parts.count - 2]) : nil
  }

  /// The first of a range; of a variable its default.
  private static func number(_ text: Substring) -> Int? {
    let isVariable = text.contains("$")
    let parts = text.split(separator: "-")
    let part = (isVariable ? parts.last : parts.first)?.filter { $0.isASCII && $0.isNumber } ?? ""
    return Int(part).flatMap { (1...65_535).contains($0) ? $0 : nil }
  }
}
