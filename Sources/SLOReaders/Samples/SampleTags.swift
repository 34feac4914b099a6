internal import SLOModel

/// Reads the tags of a kind from the bytes of its file.
enum SampleTags {
  /// NDJSON: a flat object of strings, proven valid when the kind was met.
  case json
  /// CSV: the fields behind the value.
  case csv(CSVHeader)

  /// The tags by name.
  func tags(of raw: UnsafeRawBufferPointer) -> [String: String] {
    switch self {
    case .json: ComposedText.composed(SampleTags.members(of: raw))
    case .csv(let header):
      ComposedText.composed(Dictionary(header.tags(of: Array(raw))) { first, _ in first })
    }
  }

  private static func members(of raw: UnsafeRawBufferPointer) -> [String: String] {
    guard !raw.isEmpty, let object = try? JSONDocument(Bytes(ByteStore(lending: raw)), file: "").root.object()
    else { return [:] }
    let pairs = object.members.compactMap { member in (try? member.value.string()).map { (member.key, $0) } }
    return Dictionary(pairs) { _, last in last }
  }
}
