/// The one text that stands for a dictionary of names: sorted by key, each word with its length in bytes in
/// front (a netstring), so that no choice of words can imitate another.
package func canonicalForm(of words: [String: String]) -> String {
  words.sorted { $0.key < $1.key }.map { canonicalForm(of: [$0.key, $0.value]) }.joined()
}

/// The one text that stands for a list of words.
package func canonicalForm(of words: [String]) -> String {
  words.map { "\($0.utf8.count):\($0)," }.joined()
}
