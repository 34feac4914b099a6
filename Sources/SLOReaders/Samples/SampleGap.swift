/// Lines between samples that are none: what is left where samples were damaged. Before the first sample and
/// behind the last, k6 may write what it likes.
enum SampleGap {
  /// The first such line, as an error in its place in the text.
  static func first(in tallies: [SampleCollector.Tally], file: String) -> InputError? {
    let samples = tallies.reduce(into: [:]) { $0.merge($1.samples) { first, _ in first } }
    let strangers = tallies.reduce(into: [:]) { $0.merge($1.strangers) { first, _ in first } }
    let filled = samples.filter { $0.value > 0 }.keys
    guard let first = filled.min(), let last = filled.max() else { return nil }
    for (block, found) in strangers.sorted(by: { $0.key < $1.key }) where (first...last).contains(block) {
      let stranger = block == first ? found.first { $0.samplesBefore > 0 } : found.first
      guard let stranger, block < last || stranger.samplesBefore < samples[block] ?? 0 else { continue }
      let lines = tallies.flatMap(\.lines).filter { $0.key < block }.reduce(0) { $0 + $1.value }
      return InputError(
        .malformed, file: file, place: .text(line: lines + stranger.line, column: 1, path: nil),
        found: "\(stranger.start) between samples",
        expected: "a sample in every line from the first to the last",
        remedy: "fetch the file again, and keep other output out of it")
    }
    return nil
  }
}
