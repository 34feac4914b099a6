/// Why gzip data could not be inflated, and where in the compressed bytes.
struct GzipFault: Error, Equatable {
  /// What is wrong.
  enum Reason: Equatable {
    case truncated
    case corrupt(String)
    case trailing
    case tooLarge(limit: Int)
  }

  var reason: Reason
  /// Offset into the compressed bytes.
  var offset: Int
}

extension GzipFault {
  /// The fault as a message about a file.
  func inputError(file: String) -> InputError {
    let again = "fetch or write the file again"
    let (found, expected, remedy) =
      switch reason {
      case .truncated:
        ("the end of a gzip file that was cut off", "the rest of its data", "let the run finish, or \(again)")
      case .corrupt(let message):
        ("damaged gzip data (\(UntrustedText.escaped(message)))", "intact gzip data", again)
      case .trailing: ("bytes after the gzip data", "the end of the file", again)
      case .tooLarge(let limit):
        (
          "more than \(limit >> 20) MiB of inflated data", "a result of at most that",
          "pass the tool's summary"
        )
      }
    return InputError(
      .malformed, file: file, place: .byte(offset), found: found, expected: expected, remedy: remedy)
  }
}
