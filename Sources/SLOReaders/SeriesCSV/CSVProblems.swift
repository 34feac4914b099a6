/// Everything that is wrong with a CSV text: the first problems with their places, the rest by their number.
struct CSVProblems {
  /// Problems beyond this are counted: whoever sees twenty knows what is wrong.
  private static let most = 20

  private let file: String
  private let text: UnsafeRawBufferPointer
  private var errors: [InputError] = []
  private var count = 0

  init(file: String, text: UnsafeRawBufferPointer) {
    self.file = file
    self.text = text
  }

  /// Notes what was found at an offset.
  mutating func add(
    at offset: Int, found: String, expected: String,
    remedy: String = "correct the line, or write the file again"
  ) {
    count += 1
    guard count <= CSVProblems.most else { return }
    errors.append(error(at: offset, found: found, expected: expected, remedy: remedy))
  }

  /// The problems as they are reported.
  var all: [InputError] {
    guard count > CSVProblems.most else { return errors }
    let rest = InputError(
      .malformed, file: file, found: "\(count - CSVProblems.most) more such lines",
      expected: "none", remedy: "correct the first ones and try again")
    return errors + [rest]
  }

  /// A header that lacks a column.
  func header(_ found: [String], expected: [String]) -> InputError {
    let names = UntrustedText.quoted(found.joined(separator: ","), limit: 120)
    return error(
      at: 0, found: "the header \(names)",
      expected: "the columns \(expected.joined(separator: ",")) among its own",
      remedy: "write the header \(expected.joined(separator: ",")) as the first line")
  }

  private func error(at offset: Int, found: String, expected: String, remedy: String) -> InputError {
    let (line, column) = JSONPlace.lineAndColumn(of: offset, in: text)
    return InputError(
      .malformed, file: file, place: .text(line: line, column: column, path: nil), found: found,
      expected: expected, remedy: remedy)
  }
}
