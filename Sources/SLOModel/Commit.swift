/// The commit a run measured, as far as flags, the CI's variables and git say.
public struct Commit: Sendable, Hashable {
  /// The full SHA, or `unknown`.
  public var sha: String
  /// The branch it was measured on.
  public var branch: String?
  /// When it was committed.
  public var committedAt: Timestamp?
  /// Its first parent.
  public var firstParent: String?

  /// Creates a commit.
  public init(
    sha: String, branch: String? = nil, committedAt: Timestamp? = nil, firstParent: String? = nil
  ) {
    self.sha = sha
    self.branch = branch
    self.committedAt = committedAt
    self.firstParent = firstParent
  }

  /// The SHA of a commit without a known name; such a run is never reference for others.
  public static let unknownSHA = "unknown"

  /// Whether a text can be a SHA, or the beginning of one that no other has: 7 to 64 hexadecimal digits.
  public static func isSHA(_ text: String) -> Bool {
    (7...64).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  /// Whether the commit has a name.
  public var isKnown: Bool { sha != Commit.unknownSHA }

  /// At most the first ten characters of the SHA, for people.
  public var shortSHA: String { String(sha.prefix(10)) }
}
