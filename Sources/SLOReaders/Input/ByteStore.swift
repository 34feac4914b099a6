/// Bytes that stay where they are for as long as someone holds the store. A file is never mapped: one that becomes
/// shorter meanwhile would end the process.
final class ByteStore {
  /// The bytes.
  let bytes: UnsafeRawBufferPointer
  private let isOwner: Bool

  /// Copies bytes to the heap.
  init(copying source: UnsafeRawBufferPointer) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, source.count), alignment: 16)
    block.copyMemory(from: source)
    bytes = UnsafeRawBufferPointer(rebasing: block.prefix(source.count))
    isOwner = true
  }

  /// Fills a block of the heap.
  /// - Parameter fill: returns how much of the block it filled.
  init<Failure: Error>(
    capacity: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, capacity), alignment: 16)
    do {
      bytes = UnsafeRawBufferPointer(rebasing: block.prefix(try fill(block)))
      isOwner = true
    } catch {
      block.deallocate()
      throw error
    }
  }

  /// Looks at bytes of somebody else, who keeps them for as long as the store is used.
  init(lending source: UnsafeRawBufferPointer) {
    bytes = source
    isOwner = false
  }

  deinit { if isOwner { bytes.baseAddress?.deallocate() } }
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
