/// Why one input could not be used: the file, the place in it, what was found, what was expected, what to do.
public struct InputError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, as far as the exit code is concerned.
  public enum Kind: Sendable, Hashable {
    /// The file does not exist or cannot be read.
    case unreadable
    /// The file was read and is not what it should be.
    case malformed
  }

  /// Where in a file something is wrong.
  public enum Place: Sendable, Hashable, CustomStringConvertible {
    /// A place in text: line and column from 1, columns counted in Unicode scalars, and the JSON path
    /// (`$.metrics.http_reqs`) where the text is JSON.
    case text(line: Int, column: Int, path: String?)
    /// An offset into the bytes on disk, from 0.
    case byte(Int)

    /// `:12:5 ($.metrics)`, or ` at byte 512`.
    public var description: String {
      switch self {
      case .text(let line, let column, let path): ":\(line):\(column)" + (path.map { " (\($0))" } ?? "")
      case .byte(let offset): " at byte \(offset)"
      }
    }
  }

  /// Unreadable or malformed.
  public var kind: Kind
  /// The file as it was named on the command line, or found in a folder; `-` for standard input.
  public var file: String
  /// Where in the file, if anywhere in particular.
  public var place: Place?
  /// What is there.
  public var found: String
  /// What should be there.
  public var expected: String
  /// What the user can do about it.
  public var remedy: String

  /// Creates an error. Text taken from a file must already have gone through `UntrustedText`.
  public init(
    _ kind: Kind, file: String, place: Place? = nil, found: String, expected: String, remedy: String
  ) {
    self.kind = kind
    self.file = file
    self.place = place
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// The same error in a text of which these are not the first lines.
  func shifted(byLines lines: Int) -> InputError {
    guard case .text(let line, let column, let path) = place else { return self }
    var shifted = self
    shifted.place = .text(line: line + lines, column: column, path: path)
    return shifted
  }

  /// The same error in a text of which these are a part that begins at a line and column.
  func shifted(to origin: (line: Int, column: Int)) -> InputError {
    var shifted = self
    shifted.place = place?.shifted(to: origin)
    return shifted
  }

  /// One message on one line.
  public var description: String {
    let name = file == "-" ? "standard input" : UntrustedText.escaped(file, limit: 4_096)
    return "\(name)\(place?.description ?? ""): found \(found); expected \(expected); \(remedy)"
  }
}

extension InputError.Place {
  /// The same place in a text of which these are a part that begins at a line and column.
  func shifted(to origin: (line: Int, column: Int)) -> InputError.Place {
    guard case .text(let line, let column, let path) = self else { return self }
    return .text(
      line: line + origin.line - 1, column: line == 1 ? column + origin.column - 1 : column, path: path)
  }
}

/// Everything that kept some inputs from being used.
public struct InputErrors: Error, Sendable, Hashable, CustomStringConvertible {
  /// The errors, never none, in the order of the inputs.
  public var all: [InputError]

  /// One message a line.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}
