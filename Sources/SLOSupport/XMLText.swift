/// Text that strangers chose as character data or an attribute's value of XML, without what a reader could not see.
package func xmlText(_ text: String) -> String {
  let visible = VisibleText.escaped(text)
  guard visible.utf8.contains(where: { [0x26, 0x3C, 0x3E, 0x22, 0x27].contains($0) }) else { return visible }
  var escaped: [UInt8] = []
  escaped.reserveCapacity(visible.utf8.count + 32)
  for byte in visible.utf8 {
    switch byte {
    case 0x26: escaped += "&amp;".utf8
    case 0x3C: escaped += "&lt;".utf8
    case 0x3E: escaped += "&gt;".utf8
    case 0x22: escaped += "&quot;".utf8
    case 0x27: escaped += "&#39;".utf8
    default: escaped.append(byte)
    }
  }
  return String(decoding: escaped, as: UTF8.self)
}
