import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Endpoint names of any text")
struct EndpointNamePropertyTests {
  private static let seeds = 1...8 as ClosedRange<UInt64>
  private static let parts = [
    "http://", "https://", "wss://", "jo:secret@", "h.example", ":8080", "/", "//", "/users/", "17",
    "2026-11-20",
    "T10:00", "550e8400-e29b-41d4-a716-446655440000", "3f2a9c81", "pi_3MtwBwLkdIwHu7ix28a3tqPa",
    "jo@example.com",
    "${}", "$", "{", "}", "{id}", ":id", "?q=1", "#f", "%", "%2", "%40", "-", "_", ".", "GET ", "POST ", " ",
    "\n",
    "\0", "é", "e\u{301}", "日本語", "🏳️‍🌈", "\u{202E}", "(", ")", "a", "Z", "9",
  ]

  private func text(using random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...12, using: &random))
      .map { _ in Self.parts.randomElement(using: &random) ?? "" }.joined()
  }

  private func mutated(_ text: String, using random: inout SeededGenerator) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("The name of a name is the same name", arguments: seeds)
  func idempotence(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let text = mutated(text(using: &random), using: &random)
      let once = EndpointName(collapsing: text).name
      let twice = EndpointName(collapsing: once)
      #expect(Array(twice.name.utf8) == Array(once.utf8), "\(text.debugDescription)")
      #expect(twice.host == nil)
    }
  }

  @Test("Neither query nor user info is ever shown", arguments: seeds)
  func secrets(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      let path = text(using: &random)
      let endpoint = EndpointName(collapsing: "https://jo:hidden@h/\(path)?key=hidden#hidden")
      #expect(!endpoint.name.contains("hidden"))
      #expect(endpoint.host == "h")
    }
  }

  @Test("Requests that differ in an identifier have one name", arguments: seeds)
  func identifiers(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let hexadecimal = Array("0123456789abcdef")
    func digits(_ count: Int) -> String {
      String((0..<count).map { _ in hexadecimal.randomElement(using: &random) ?? "0" })
    }
    for _ in 0..<300 {
      let number = UInt64.random(in: 0...UInt64.max, using: &random)
      let uuid = [8, 4, 4, 4, 12].map { digits($0) }.joined(separator: "-")
      #expect(EndpointName(collapsing: "http://h/a/\(number)/b").name == "/a/{id}/b")
      #expect(EndpointName(collapsing: "http://h/a/\(uuid)/b").name == "/a/{uuid}/b")
      #expect(EndpointName(collapsing: "http://h/a/\(uuid.uppercased()).pdf").name == "/a/{uuid}.pdf")
      #expect(EndpointName(collapsing: "http://h/a/\(digits(40))").name == "/a/{hash}")
    }
  }

  @Test(
    "Of random tokens nearly all are found",
    arguments: [(16, 0.85), (22, 0.9), (43, 0.97)])
  func tokens(length: Int, share: Double) {
    var random = SeededGenerator(seed: UInt64(length))
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    let found = (0..<2_000).filter { _ in
      let token = String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "0" })
      return EndpointName(collapsing: "/" + token).name == "/{token}"
    }
    #expect(Double(found.count) / 2_000 >= share)
  }

  @Test(
    "The time taken grows with the length alone: a hundred kilobytes are read at once, whatever they repeat",
    arguments: [
      "a", "A-", "A_b", "1-", "%41", "@", "{}", "$", "${}", "/", "a1", "2026-11-20T", "é", ":", "0-0-",
    ])
  func longTexts(unit: String) {
    let long = "/" + String(repeating: unit, count: 100_000 / unit.utf8.count)
    var name = ""
    #expect(ContinuousClock().measure { name = EndpointName(collapsing: long).name } < .seconds(2))
    #expect(EndpointName(collapsing: name).name == name)
  }
}
