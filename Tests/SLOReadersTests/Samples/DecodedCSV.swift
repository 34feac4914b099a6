import Foundation

@testable import SLOReaders

/// All that a text of k6's CSV says, however it was cut into blocks.
struct DecodedCSV: Equatable {
  struct Sample: Hashable {
    var metric: String
    var tags: [String: String]
    var rawTags: [UInt8]
    /// Nanoseconds since 1970.
    var time: Int64
    var value: Double
  }

  var samples: [Sample] = []
  var declarations: [[UInt8]] = []
  var lines = 0
  var consoleLines = 0
  var isCut = false
  /// What the tags of each kind were found to say.
  private var tags: [[UInt8]: [String: String]] = [:]

  /// Decodes a text in pieces that end at the given offsets.
  init(_ text: [UInt8], cutAt cuts: [Int] = [], usesTemplates: Bool = true) throws(InputError) {
    var decoder = CSVDecoder(file: "test.csv", usesTemplates: usesTemplates)
    try self.init(text, cutAt: cuts, by: &decoder)
  }

  /// Decodes a text by a decoder that stays to be asked.
  init(
    _ text: [UInt8], cutAt cuts: [Int] = [], by decoder: inout CSVDecoder
  ) throws(InputError) {
    var block = SampleBlock()
    for (start, end) in zip([0] + cuts, cuts + [text.count]) {
      block.clear()
      let piece = Bytes(Array(text[start..<end]))
      do throws(InputError) {
        defer { withExtendedLifetime(piece.store) {} }
        try decoder.decode(piece.buffer, into: &block, isLast: end == text.count)
      } catch {
        throw error.shifted(byLines: lines)
      }
      add(block, decoder.kinds)
      block.index += 1
    }
  }

  private mutating func add(_ block: SampleBlock, _ kinds: borrowing SampleSeriesTable) {
    declarations += block.declarations
    lines += block.lines
    consoleLines += block.consoleLines
    isCut = isCut || block.isCut
    let header = CSVHeader(declarations.first ?? [])
    var time: Int64 = 0
    var moments = block.moments[...]
    for (sample, value) in block.values.enumerated() {
      if moments.first?.start == sample { time = moments.removeFirst().time }
      let kind = block.kinds[Int(block.places[sample])]
      let raw = Array(kinds.tags(of: kind))
      let tags = tags[raw] ?? Dictionary(header.tags(of: raw)) { _, last in last }
      self.tags[raw] = tags
      samples.append(
        Sample(metric: kinds.metric(of: kind), tags: tags, rawTags: raw, time: time, value: value))
    }
  }
}

extension Fixtures {
  /// The text of one of our own files.
  static func text(_ name: String) throws -> [UInt8] { try text(atPath: path(name)) }

  /// The text of a file, inflated where need be.
  static func text(atPath path: String) throws -> [UInt8] {
    try SourceFile(opening: path).text().withBytes { Array($0) }
  }
}
