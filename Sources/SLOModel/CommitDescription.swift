/// What git says of a commit to a person: what it did, and who wrote it. Texts of others, to be escaped.
public struct CommitDescription: Sendable, Hashable {
  /// The first line of its message.
  public var subject: String
  /// The name of its author.
  public var author: String

  /// Creates a description.
  public init(subject: String, author: String) { (self.subject, self.author) = (subject, author) }
}
