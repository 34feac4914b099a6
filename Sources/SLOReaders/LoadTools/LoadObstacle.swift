import SLOModel

/// Options that results of load tools cannot be read with.
enum LoadObstacle {
  /// Why nothing can be left out of a result: which requests belong to the warm-up, or to a group, is said by raw samples
  /// of a script alone.
  static func obstacle(
    to options: ReadOptions, in path: String, _ title: String
  ) -> (title: String, error: InputError)? {
    guard options.discard > 0 || !options.discardedGroups.isEmpty else { return nil }
    let (what, option) =
      options.discard > 0 ? ("the beginning of the run", "--discard") : ("groups", "--discard-groups")
    return (
      title + ", of which nothing can be left out",
      InputError(
        .malformed, file: path, found: title, expected: "a result of which \(what) can be left out",
        remedy: "leave out \(option), and let the load tool leave out the warm-up")
    )
  }
}
