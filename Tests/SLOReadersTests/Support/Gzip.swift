import CISAL
import Testing

@testable import SLOReaders

extension Fixtures {
  /// A text as one gzip member.
  static func gzipped(_ text: [UInt8]) -> [UInt8] {
    var text = text
    var output = [UInt8](repeating: 0, count: text.count * 2 + 1_024)
    var stream = isal_zstream()
    isal_deflate_stateless_init(&stream)
    stream.gzip_flag = UInt16(IGZIP_GZIP)
    stream.end_of_stream = 1
    let (size, capacity) = (text.count, output.count)
    let code = text.withUnsafeMutableBufferPointer { text in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = text.baseAddress
        stream.avail_in = UInt32(size)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(capacity)
        return isal_deflate_stateless(&stream)
      }
    }
    #expect(code == COMP_OK)
    return Array(output.prefix(Int(stream.total_out)))
  }
}
