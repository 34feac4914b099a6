/// The values of an option that is given once for each run: `--baseline-shards a b --baseline-shards c d` are two runs
/// of two files.
///
/// ArgumentParser puts the values of all occurrences into one array. So each occurrence is marked before it sees them,
/// with a value that no command line can have.
enum ShardGroups {
  /// Stands before the values of each occurrence. No argument of a process holds this character.
  static let mark = "\0"

  /// The options that are given once for each run.
  static let options: Set<String> = [
    "--baseline-shards", "--spike-shards", "--profile-shards", "--against-shards",
  ]

  /// Arguments with every occurrence of these options marked.
  static func marked(_ arguments: [String]) -> [String] {
    let own = arguments.prefix { $0 != "--" }
    let marked = own.flatMap { argument -> [String] in
      if options.contains(argument) { return [argument, mark] }
      guard let (name, value) = keyAndValue(argument), options.contains(name) else { return [argument] }
      return [name, mark, value]
    }
    return marked + arguments.dropFirst(own.count)
  }

  /// The values of each occurrence; those without a mark are one.
  static func groups(_ values: [String]) -> [[String]] {
    let groups = values.split(separator: mark, omittingEmptySubsequences: false).map(Array.init)
    return values.first == mark ? Array(groups.dropFirst()) : groups.filter { !$0.isEmpty }
  }
}
