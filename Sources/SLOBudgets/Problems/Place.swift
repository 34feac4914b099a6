/// Where something is in a budget file.
public struct Place: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The file's path as it was given.
  public var file: String
  /// The line, counted from 1; 0 stands for the file as a whole.
  public var line: Int
  /// The column in characters, counted from 1; 0 stands for the file as a whole.
  public var column: Int

  /// Names a place; without line and column, the file as a whole.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, or the file alone.
  public var description: String { line == 0 ? file : "\(file):\(line):\(column)" }

  /// By file, then line, then column.
  public static func < (left: Place, right: Place) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

/// A value together with the place it was written at.
struct Placed<Value: Sendable>: Sendable {
  var value: Value
  var place: Place
}
