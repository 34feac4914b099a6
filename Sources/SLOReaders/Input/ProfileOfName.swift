import SLOSupport

/// The profile a file is named for: `spike-1.json`, `load_spike.csv.gz`.
enum ProfileOfName {
  /// The names of usual profiles; `load` and `average` say nothing, for every one of them is a load.
  private static let usual: Set<String> = ["baseline", "spike", "soak", "stress", "smoke", "breakpoint"]

  /// The profile that a file's name speaks of; nil where it speaks of none.
  static func profile(in path: String) -> String? {
    words(of: path.split(separator: "/").last ?? "").first(where: usual.contains)
  }

  /// The other profile that a file's name speaks of; nil where it speaks of its own, or of none.
  /// - Parameter profile: the profile the file was given for.
  static func other(than profile: String, in path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    let words = words(of: name)
    let own = Self.words(of: profile[...])
    if words.contains(where: own.contains) { return nil }
    return words.first(where: usual.contains)
  }

  /// The words of a name in lower case, without the numbers at their ends.
  private static func words(of name: Substring) -> [String] {
    name.utf8.split { !$0.isLetter && !$0.isDigit }.map { word in
      var word = word
      while word.last?.isDigit == true { word.removeLast() }
      return String(Substring(word)).lowercased()
    }
  }
}
