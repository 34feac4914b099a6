/// Turns the lines of one format into blocks of samples.
protocol SampleDecoder: ~Copyable {
  /// The kinds met so far.
  var kinds: KindTable { get }

  /// Decodes the whole lines of a block.
  /// - Parameter isLast: whether the text ends with them.
  /// - Throws: `malformed` for a line that does not belong there, placed within these lines.
  mutating func decode(
    _ text: UnsafeRawBufferPointer, into block: inout SampleBlock, isLast: Bool
  ) throws(InputError)

  /// Forgets the kinds, whose numbers start anew.
  mutating func forget()
}
