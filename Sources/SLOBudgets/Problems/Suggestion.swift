/// Finds the word somebody probably meant.
package enum Suggestion {
  /// The nearest of the words: at most two edits away, or the only one that begins as the word does.
  static func nearest(to word: String, among words: some Sequence<String>) -> String? {
    misspelt(word, among: words) ?? completion(of: word, among: words)
  }

  /// The nearest of the words at most two edits away.
  /// - Parameter most: fewer edits than two, where that is too far.
  static func misspelt(
    _ word: String, among words: some Sequence<String>, most: Int = 2
  ) -> String? {
    let letters = Array(word.utf8)
    let near = words.lazy.filter { $0 != word }
      .map { (word: $0, edits: distance(letters, Array($0.utf8))) }
      .filter { $0.edits <= min(most, letters.count / 2) }
      .min { ($0.edits, $0.word) < ($1.edits, $1.word) }
    return near?.word
  }

  /// `did you mean 'x'?`, or the whole list where nothing is near and the list is short.
  package static func hint(for word: String, among words: [String]) -> String? {
    if let nearest = nearest(to: word, among: words) { return "did you mean '\(nearest)'?" }
    return words.isEmpty || words.count > 40 ? nil : "known here: " + words.joined(separator: ", ")
  }

  private static func completion(of word: String, among words: some Sequence<String>) -> String? {
    guard word.count >= 3 else { return nil }
    let begins = words.filter { ($0.hasPrefix(word) || word.hasPrefix($0) && $0.count >= 3) && $0 != word }
    return Set(begins).count == 1 ? begins.first : nil
  }

  /// Edits between two words: insertions, deletions, replacements and swaps of neighbours
  /// (optimal string alignment). Words too different in length are not compared.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard abs(left.count - right.count) <= 2 else { return .max }
    var older: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let same = left[row] == right[column]
        var best = min(previous[column] + (same ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, older[column - 1] + 1)
        }
        current.append(best)
      }
      (older, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
