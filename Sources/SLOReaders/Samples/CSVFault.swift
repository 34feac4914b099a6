/// What can be wrong in k6's CSV, placed in the text.
struct CSVFault {
  /// The file's name.
  let file: String
  /// The text from the beginning of a record.
  let text: UnsafeRawBufferPointer
  /// The lines before it.
  let lines: Int

  /// A sample that has not one value for each column of the header.
  func columns(_ count: Int, expected: Int) -> InputError {
    error(at: 0, found: "a sample of \(count) columns", expected: "\(expected), as in the header")
  }

  /// A line with the right number of columns but no time.
  func time(_ range: Range<Int>) -> InputError {
    error(
      at: range.lowerBound, found: quoted(range),
      expected: "a time: a count since 1970 or one such as 2026-11-20T23:17:12Z")
  }

  /// A value that is no number; k6 writes no NaN.
  func value(_ range: Range<Int>) -> InputError {
    error(at: range.lowerBound, found: quoted(range), expected: "a decimal number, +Inf or -Inf")
  }

  /// Two files in one: their samples are not those of one run.
  func secondHeader() -> InputError {
    error(
      at: 0, found: "a second header", expected: "the samples of one run",
      remedy: "pass the file of each run by itself")
  }

  /// A quote that was opened and not closed for too long.
  func endless(limit: Int) -> InputError {
    error(at: 0, found: "a record of more than \(limit >> 20) MiB", expected: "a closing quote before that")
  }

  private func quoted(_ range: Range<Int>) -> String {
    UntrustedText.quoted(UnsafeRawBufferPointer(rebasing: text[range]))
  }

  private func error(
    at offset: Int, found: String, expected: String,
    remedy: String = "pass the file that k6 run --out csv=FILE writes"
  ) -> InputError {
    let (line, column) = JSONPlace.lineAndColumn(of: offset, in: text)
    return InputError(
      .malformed, file: file, place: .text(line: lines + line, column: column, path: nil), found: found,
      expected: expected, remedy: remedy)
  }
}
