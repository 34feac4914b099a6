/// Raw samples that somebody wrote again in another layout, put back into lines as k6 writes them: a JSON array of
/// samples, samples over many lines, a CSV file that a spreadsheet saved.
///
/// The bytes it stands on never change, so that any thread may look at them.
struct RelaidText: @unchecked Sendable {
  /// One sample a line.
  private(set) var text: [UInt8] = []
  /// Where each line of it begins in the original.
  private(set) var starts: [Int] = []
  /// The text as it was found.
  let original: Bytes
  /// Whether the lines were the elements of a JSON array.
  let isArray: Bool

  /// What a person should know of the original's layout.
  var notice: String?

  /// Begins with no line.
  init(of original: Bytes, isArray: Bool = false) {
    self.original = original
    self.isArray = isArray
  }

  /// Adds a line without its end.
  mutating func append(_ line: some Sequence<UInt8>, from start: Int) {
    text.append(contentsOf: line)
    text.append(0x0A)
    starts.append(start)
  }

  /// Adds the beginning of a line that was cut off.
  mutating func append(cut line: some Sequence<UInt8>, from start: Int) {
    append(line, from: start)
    text.removeLast()
  }

  /// An error in a line, told of the original.
  func placed(_ error: InputError) -> InputError {
    guard case .text(let line, _, let path) = error.place, starts.indices.contains(line - 1) else {
      return error
    }
    let start = original.withBytes { JSONPlace.lineAndColumn(of: starts[line - 1], in: $0) }
    let inner = path.map { isArray ? "$[\(line - 1)]" + $0.dropFirst() : $0 }
    var placed = error
    placed.place = .text(line: start.line, column: start.column, path: inner)
    return placed
  }
}
