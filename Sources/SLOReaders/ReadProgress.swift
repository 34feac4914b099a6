/// How far the reading of a large input has come.
public struct ReadProgress: Sendable, Hashable {
  /// Takes a report of progress; it may be called from several threads, never from two at once.
  public typealias Handler = @Sendable (ReadProgress) -> Void

  /// The input as it was named.
  public var path: String
  /// Bytes read of the file as it lies on disk, or out of the pipe.
  public var taken: Int
  /// The file's size in bytes; nil for a pipe.
  public var size: Int?
  /// Whether this is the last report of this input.
  public var isLast: Bool

  /// Creates a report.
  public init(path: String, taken: Int, size: Int?, isLast: Bool = false) {
    self.path = path
    self.taken = taken
    self.size = size
    self.isLast = isLast
  }
}
