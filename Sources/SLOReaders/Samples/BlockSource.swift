internal import Glibc
internal import Synchronization

/// Deals out a text in blocks of whole lines, to as many readers as ask.
///
/// Block *n* holds the lines that begin in the *n*-th 4 MiB of the text, whether it is a file, a gzip file or a pipe:
/// a run has the same blocks from each of them.
final class BlockSource: Sendable {
  /// The length of text that a block's lines begin in, in bytes: 4 MiB. It is part of what a digest of raw
  /// samples is made of.
  static let blockSize = 4 << 20
  /// The longest line that is accepted.
  static let lineLimit = 64 << 20

  /// Where a block lies.
  struct Place {
    /// Its number, from 0; blocks that no line begins in have none.
    var index: Int
    /// Whether the text ends with it.
    var isLast: Bool
  }

  private let blockSize: Int
  private let state: Mutex<State>
  private let progress: ReadProgress.Handler?

  /// Takes over a stream, which only this source reads from then on.
  init(
    _ stream: TextStream, blockSize: Int = BlockSource.blockSize, progress: ReadProgress.Handler? = nil
  ) {
    state = Mutex(State(stream: stream))
    self.blockSize = blockSize
    self.progress = progress
  }

  /// Fills a buffer with the next block.
  /// - Returns: where it lies; nil at the end, or when another worker has stopped the reading.
  func next(into buffer: TextBuffer) throws(InputError) -> Place? {
    try state.withLock { state throws(InputError) in
      let place = try state.take(into: buffer, blockSize: blockSize)
      if place != nil { report(state, isLast: false) }
      return place
    }
  }

  /// No block is dealt out any more.
  func stop() { state.withLock { $0.isStopped = true } }

  /// Reports that everything is read.
  func finish() { state.withLock { report($0, isLast: true) } }

  /// Whether the text ended before its end.
  var isCut: Bool { state.withLock { $0.stream.isCut } }

  private func report(_ state: State, isLast: Bool) {
    guard let progress else { return }
    let (taken, size) = state.stream.progress
    progress(ReadProgress(path: state.stream.path, taken: taken, size: size, isLast: isLast))
  }
}

/// How far the text is dealt out. The stream in it is used under the lock of its source alone, so that it may go from
/// thread to thread.
private struct State: @unchecked Sendable {
  let stream: TextStream
  /// Where in the text the next block begins.
  private var offset = 0
  /// The beginning of the next block, read with the last one.
  private var rest: [UInt8] = []
  var isStopped = false

  init(stream: TextStream) { self.stream = stream }

  mutating func take(into buffer: TextBuffer, blockSize: Int) throws(InputError) -> BlockSource.Place? {
    guard !isStopped else { return nil }
    buffer.take(rest)
    let index = offset / blockSize
    // The last byte that can end the block's last line at the earliest.
    let earliest = (index + 1) * blockSize - 1 - offset
    var end = buffer.newline(from: earliest)
    while end == nil {
      let known = buffer.count
      buffer.grew(by: try stream.read(into: buffer.room(upTo: max(earliest + 4_096, known + 65_536))))
      if buffer.count == known { break }
      if buffer.count > earliest + BlockSource.lineLimit { throw State.endless(stream.path) }
      end = buffer.newline(from: max(earliest, known))
    }
    let length = end.map { $0 + 1 } ?? buffer.count
    guard length > 0 else { return nil }
    rest = Array(buffer.bytes[length...])
    offset += length
    buffer.count = length
    return BlockSource.Place(index: index, isLast: try isEnd())
  }

  /// Whether nothing is left; reads on where that must be found out.
  private mutating func isEnd() throws(InputError) -> Bool {
    guard rest.isEmpty else { return false }
    rest = try [UInt8](upTo: 1 << 16) { buffer throws(InputError) in try stream.read(into: buffer) }
    return rest.isEmpty
  }

  private static func endless(_ path: String) -> InputError {
    InputError(
      .malformed, file: path, found: "a line of more than \(BlockSource.lineLimit >> 20) MiB",
      expected: "one sample a line", remedy: "pass the file that k6 run --out json=FILE writes")
  }
}

/// Memory for one block, used again for the next; none before the first.
final class TextBuffer {
  /// How much of it is text.
  var count = 0
  private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private static let usualSize = BlockSource.blockSize + (1 << 17)

  deinit { release() }

  /// Gives the memory back until the next block.
  func release() {
    if let base = memory.baseAddress { munmap(base, memory.count) }
    memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    count = 0
  }

  /// Pages of their own: among smaller pieces a block that was freed leaves a hole that the next one does not fit in.
  private static func pages(_ size: Int) -> UnsafeMutableRawBufferPointer {
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    precondition(memory != MAP_FAILED, "out of memory")
    return UnsafeMutableRawBufferPointer(start: memory, count: size)
  }

  /// The text.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  /// Begins anew with some bytes.
  func take(_ bytes: [UInt8]) {
    reserve(bytes.count)
    memory.copyBytes(from: bytes)
    count = bytes.count
  }

  /// Memory behind the text.
  func room(upTo capacity: Int) -> UnsafeMutableRawBufferPointer {
    reserve(capacity)
    return UnsafeMutableRawBufferPointer(rebasing: memory[count..<capacity])
  }

  /// Takes bytes that were written behind the text for its own.
  func grew(by bytes: Int) { count += bytes }

  /// The first newline from an offset on.
  func newline(from start: Int) -> Int? {
    guard start < count, let base = memory.baseAddress else { return nil }
    return memchr(base + start, 10, count - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }

  private func reserve(_ capacity: Int) {
    guard capacity > memory.count else { return }
    let larger = TextBuffer.pages(max(capacity, memory.count * 2, TextBuffer.usualSize))
    let known = count
    larger.copyMemory(from: bytes)
    release()
    (memory, count) = (larger, known)
  }
}
