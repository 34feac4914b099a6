import Foundation
import SLOSupport
import Testing

@Suite("Bytes as text")
struct Base64Tests {
  @Test("Base64 is what everybody else's is", arguments: 0..<40)
  func base64(length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 89 + length) }
    let text = Data(bytes).base64EncodedString()
    #expect(Base64.text(bytes) == text)
    #expect(Base64.bytes(text) == bytes)
    #expect(Base64.bytes(text + "=") == nil)
    #expect(Base64.bytes("A" + text) == nil)
  }
}
