import SLOModel

/// The reader of what a load tool writes of a run: requests with their durations and outcomes, or figures of them.
protocol LoadToolReader: EvidenceReader {}

extension LoadToolReader {
  static var kind: EvidenceKind { .load }

  /// Nothing can be left out of such a result: which requests belong to the warm-up, or to a group, is said by raw
  /// samples of a script alone.
  func obstacle(to options: ReadOptions, in path: String) -> (title: String, error: InputError)? {
    guard options.discard > 0 || !options.discardedGroups.isEmpty else { return nil }
    let (what, option) =
      options.discard > 0 ? ("the beginning of the run", "--discard") : ("groups", "--discard-groups")
    return (
      Self.title + ", of which nothing can be left out",
      InputError(
        .malformed, file: path, found: Self.title, expected: "a result of which \(what) can be left out",
        remedy: "leave out \(option), and let the load tool leave out the warm-up")
    )
  }
}
