/// The two sides of an option's `KEY=VALUE`, cut at the first `=`; nil without one or without a key.
func keyAndValue(_ entry: String) -> (key: String, value: String)? {
  let halves = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
  return halves.count == 2 && !halves[0].isEmpty ? (halves[0], halves[1]) : nil
}
