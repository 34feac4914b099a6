import Foundation
import SLOReports
import Testing

// What a reader makes of a document, and what in it has an effect that a document of ours must not have.

/// Characters that a terminal, a log or a parser would obey.
func effects(in text: String) -> [String] {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A }) { return [] }
  return text.unicodeScalars.filter(hasEffect).map { "U+\(String($0.value, radix: 16))" }
}

private func hasEffect(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control: scalar != "\n"
  case .format: scalar.value != 0x200D
  case .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

// MARK: JSON

/// Every key and every string of a JSON document.
func strings(in json: String) throws -> [String] {
  strings(of: try JSONSerialization.jsonObject(with: Data(json.utf8)))
}

private func strings(of value: Any) -> [String] {
  switch value {
  case let text as String: [text]
  case let list as [Any]: list.flatMap(strings)
  case let object as [String: Any]: Array(object.keys) + object.values.flatMap(strings)
  default: []
  }
}

// MARK: GitHub

/// A line that GitHub obeys.
struct WorkflowCommand {
  var name: String
  var properties: [(key: String, value: String)]
  var message: String

  /// Everything it says.
  var reading: String { (properties.map(\.value) + [message]).joined(separator: " ") }

  /// What is not as our commands are.
  var flaws: [String] {
    let keys = properties.map(\.key)
    var flaws = ["notice", "error", "warning"].contains(name) ? [] : [name]
    if keys != ["title"], keys != ["file", "line", "title"] { flaws.append("\(keys)") }
    if properties.contains(where: { $0.key == "line" && (Int($0.value) ?? 0) < 1 }) { flaws.append("line") }
    return flaws
  }
}

/// The commands of a step's output, `::name key=value,key=value::message`, beside lines of text and groups of them.
func workflowCommands(_ output: String) throws -> [WorkflowCommand] {
  let syntax = /^::([a-z-]+) ((?:[a-z]+=[^:,]*)(?:,[a-z]+=[^:,]*)*)::(.*)$/.matchingSemantics(.unicodeScalar)
  let lines = output.unicodeScalars.split(separator: "\n").filter { line in
    let text = String(line.drop { $0.properties.isWhitespace })
    return text.hasPrefix("::") && !text.hasPrefix("::group::") && text != "::endgroup::"
  }
  return try lines.map { line in
    let match = try #require(String(line).wholeMatch(of: syntax), "\(String(line))")
    let properties = match.2.unicodeScalars.split(separator: ",").map { pair in
      let key = pair.prefix { $0 != "=" }
      return (key: String(key), value: unescaped(String(pair.dropFirst(key.count + 1))))
    }
    return WorkflowCommand(
      name: String(match.1), properties: properties, message: unescaped(String(match.3)))
  }
}

private func unescaped(_ text: String) -> String {
  [("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")].reduce(text) {
    $0.replacing($1.0, with: $1.1)
  }
}

// MARK: Markdown

/// Markup, links, calls and rows in Markdown that are not ours.
func markdownFlaws(_ text: String) -> [String] {
  let (bare, flaws) = withoutMarkup(Array(withoutCode(text).utf8))
  let rows = bare.split(separator: UInt8(ascii: "\n")).filter { $0.first == UInt8(ascii: "|") }
  let wrong = rows.filter { row in row.count { $0 == UInt8(ascii: "|") } != 7 }
  return effects(in: text) + flaws + live(bare) + wrong.map { String(decoding: $0, as: UTF8.self) }
}

/// A page without what is preformatted, as far as that has no markup in it.
private func withoutCode(_ text: String) -> String {
  text.replacing(/<pre>[^<>]*<\/pre>/.matchingSemantics(.unicodeScalar), with: "")
}

/// Markdown with NUL in place of what it escapes and of our own markup, and what markup there is beside.
private func withoutMarkup(_ text: [UInt8]) -> (bare: [UInt8], flaws: [String]) {
  let tags = ["code", "br", "sub", "details", "summary"].flatMap { ["<\($0)>", "</\($0)>"] }
  let ours = (tags + ["<!-- -->"]).map { Array($0.utf8) }
  var (bare, flaws): ([UInt8], [String]) = ([], [])
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte == UInt8(ascii: "\\") {
      (bare, index) = (bare + [0], index + 2)
    } else if byte == UInt8(ascii: "<"), let tag = ours.first(where: { text[index...].starts(with: $0) }) {
      bare.append(0)
      index += tag.count
    } else {
      if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") { flaws.append("HTML") }
      bare.append(byte)
      index += 1
    }
  }
  return (bare, flaws)
}

/// Where bytes of prose make a mention, a reference, an emoji's name, an address, or markup.
private func live(_ text: [UInt8]) -> [String] {
  let calls: [(String, before: String)] = [
    ("@", "A-Z"), ("#", "0-9"), ("!", "0-9"), ("://", ""), ("www.", ""), ("GH-", "0-9"), (":+1:", ""),
    ("~", ""), ("`", ""), ("_", ""), ("](", ""),
  ]
  let found = calls.filter { call in
    let needle = Array(call.0.utf8)
    return text.indices.contains { index in
      guard text[index] == needle[0], text[index...].starts(with: needle) else { return false }
      let next = index + needle.count < text.count ? text[index + needle.count] : 0
      switch call.before {
      case "A-Z": return isLetter(next)
      case "0-9": return isDigit(next) && (index == 0 || text[index - 1] != UInt8(ascii: "&"))
      default: return true
      }
    }
  }
  let names = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).dropFirst()
    .dropLast()
  let emoji = names.filter { !$0.isEmpty && ($0.allSatisfy(isLetter) || Array($0) == Array("100".utf8)) }
  return found.map(\.0) + emoji.map { String(decoding: $0, as: UTF8.self) }
}

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// What a reader of rendered Markdown sees of prose.
func readMarkdown(_ text: String) -> String {
  var shown = text.replacing(/<!-- -->/.matchingSemantics(.unicodeScalar), with: "")
  shown.replace(/\\([!-\/:-@\[-`{-~])/.matchingSemantics(.unicodeScalar)) { String($0.1) }
  shown.replace(/&#([0-9]+);/) { UInt32($0.1).flatMap(Unicode.Scalar.init).map(String.init) ?? "" }
  shown.replace(/&lt;/.matchingSemantics(.unicodeScalar), with: "<")
  shown.replace(/&gt;/.matchingSemantics(.unicodeScalar), with: ">")
  shown.replace(/&amp;/.matchingSemantics(.unicodeScalar), with: "&")
  return shown
}

/// A page without its explanations, whose lines break where names end.
func withoutExplanations(_ page: String) -> String {
  page.replacing(/<pre>[^<>]*<\/pre>/.matchingSemantics(.unicodeScalar), with: "")
}

/// The lines of a step's output that are commands.
func onlyCommands(_ output: String) -> String {
  output.split(separator: "\n").filter { $0.hasPrefix("::") }.map { $0 + "\n" }.joined()
}
