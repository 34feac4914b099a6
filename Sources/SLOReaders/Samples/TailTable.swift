internal import Glibc

/// Runs of bytes by number: a hash table with open addressing whose every answer is proven by comparison.
///
/// The bytes belong to somebody else, and outlive the table.
struct TailTable {
  private struct Entry {
    var hash: UInt64
    var bytes: UnsafeRawBufferPointer
    var number: Int
  }

  private var slots: [Int32] = Array(repeating: -1, count: 256)
  private var entries: [Entry] = []

  /// The number of some bytes.
  @inline(__always)
  func find(_ bytes: UnsafeRawBufferPointer) -> Int? {
    let hash = TailTable.hash(bytes)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.bytes.count == bytes.count,
        bytes.isEmpty
          || memcmp(
            entry.bytes.baseAddress.unsafelyUnwrapped, bytes.baseAddress.unsafelyUnwrapped, bytes.count) == 0
      {
        return entry.number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds bytes that are not in the table.
  mutating func insert(_ bytes: UnsafeRawBufferPointer, _ number: Int) {
    if entries.count * 2 >= slots.count { grow() }
    entries.append(Entry(hash: TailTable.hash(bytes), bytes: bytes, number: number))
    place(entries.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for entry in entries.indices { place(entry) }
  }

  private mutating func place(_ entry: Int) {
    var slot = Int(truncatingIfNeeded: entries[entry].hash) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(entry)
  }

  /// Two lanes of multiply and rotate over sixteen bytes at a time.
  @inline(__always)
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var (left, right) = (UInt64(truncatingIfNeeded: bytes.count), 0x9E37_79B9_7F4A_7C15 as UInt64)
    var at = 0
    while at + 16 <= bytes.count {
      left = (left ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0x9FB2_1C65_1E98_DF25
      right = (right ^ bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)) &* 0xD6E8_FEB8_6659_FD93
      left ^= left >> 32
      right ^= right >> 29
      at += 16
    }
    while at < bytes.count {
      left = (left ^ UInt64(bytes[at])) &* 0x9FB2_1C65_1E98_DF25
      at += 1
    }
    left ^= right &* 0x2545_F491_4F6C_DD1D
    return left ^ left >> 31
  }
}
