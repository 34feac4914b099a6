#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Bytes that stay where they are for as long as someone holds the store: a mapped file or a heap block.
final class ByteStore {
  /// The bytes.
  let bytes: UnsafeRawBufferPointer
  private let origin: Origin

  private enum Origin {
    case mapping
    case heap
    case lent
  }

  /// Takes over a mapping made by `mmap`.
  init(mapping: UnsafeMutableRawPointer, count: Int) {
    bytes = UnsafeRawBufferPointer(start: mapping, count: count)
    origin = .mapping
  }

  /// Copies bytes to the heap.
  init(copying source: UnsafeRawBufferPointer) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, source.count), alignment: 16)
    block.copyMemory(from: source)
    bytes = UnsafeRawBufferPointer(rebasing: block.prefix(source.count))
    origin = .heap
  }

  /// Fills a block of the heap.
  /// - Parameter fill: returns how much of the block it filled.
  init<Failure: Error>(
    capacity: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, capacity), alignment: 16)
    do {
      bytes = UnsafeRawBufferPointer(rebasing: block.prefix(try fill(block)))
      origin = .heap
    } catch {
      block.deallocate()
      throw error
    }
  }

  /// Looks at bytes of somebody else, who keeps them for as long as the store is used.
  init(lending source: UnsafeRawBufferPointer) {
    bytes = source
    origin = .lent
  }

  deinit {
    switch origin {
    case .lent: break
    case .mapping: munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    case .heap: bytes.baseAddress?.deallocate()
    }
  }
}

/// A part of a store that keeps the store alive.
struct Bytes {
  /// Who owns the bytes.
  let store: ByteStore
  /// The part meant. Only for those who hold `store` for as long as they look: everyone else calls `withBytes`.
  let buffer: UnsafeRawBufferPointer

  /// The whole store.
  init(_ store: ByteStore) {
    self.store = store
    buffer = store.bytes
  }

  private init(_ store: ByteStore, _ buffer: Slice<UnsafeRawBufferPointer>) {
    self.store = store
    self.buffer = UnsafeRawBufferPointer(rebasing: buffer)
  }

  /// Whether there are none.
  var isEmpty: Bool { buffer.isEmpty }

  /// The same bytes without the first.
  func dropFirst(_ count: Int) -> Bytes { Bytes(store, buffer.dropFirst(count)) }

  /// The first of these bytes.
  func prefix(_ count: Int) -> Bytes { Bytes(store, buffer.prefix(count)) }

  /// Lends the bytes for the length of a call.
  func withBytes<Value, Fault: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Fault) -> Value
  ) throws(Fault) -> Value {
    defer { withExtendedLifetime(store) {} }
    return try body(buffer)
  }

  /// A copy of an array.
  init(_ array: [UInt8]) {
    self.init(array.withUnsafeBytes { ByteStore(copying: $0) })
  }
}
