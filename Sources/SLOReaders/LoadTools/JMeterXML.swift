import SLOModel
import SLOSupport

/// JMeter's results in XML, one element a sample, read tag by tag: a file of hundreds of megabytes is never held as a tree.
///
/// A sample inside another one is a part of it (a redirect, an image of a page) and is not counted again. Those inside a
/// transaction controller's sample are its requests.
struct JMeterXML: LoadToolReader {
  static let title = "a JMeter result in XML"

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    let isResult = start.withBytes { text in
      let first = text.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
      return first == UInt8(ascii: "<") && text.prefix(2_048).contains("<testResults".utf8)
    }
    return isResult ? .results(JMeterXML()) : nil
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var walk = JMeterWalk()
    let text = try file.text()
    let isWhole = try text.withBytes { text throws(InputError) in try walk.read(text, file.path) }
    var run = walk.samples.run(format: "jmeter-xml", hasOutcome: walk.hasOutcome, options.naming)
    if !isWhole { run.failure = walk.samples.cut("without </testResults>") }
    if walk.parts > 0 {
      run.notices.append(
        "samples within others, which are no requests of their own: \(walk.parts) (redirects, or what a page loads)"
      )
    }
    return [try run.reading(of: file, profile: profile, options)]
  }
}

/// Reads the samples of `<testResults>`.
private struct JMeterWalk {
  private(set) var samples = JMeterSamples()
  /// How many samples lie within others.
  private(set) var parts = 0
  /// Whether every sample says whether it failed.
  private(set) var hasOutcome = true

  /// What is open: its samples count where it is the document, or a transaction.
  private enum Element {
    case document, transaction, other
  }

  /// - Returns: whether the document is whole.
  mutating func read(_ text: UnsafeRawBufferPointer, _ file: String) throws(InputError) -> Bool {
    var tags = XMLTags(text, file: file)
    var open: [(name: Range<Int>, element: Element)] = []
    while try tags.next() {
      switch tags.kind {
      case .end:
        guard let last = open.popLast(), tags.isName(last.name) else {
          throw tags.fault(
            found: "an end tag of another element", expected: "the end of the one that is open")
        }
        if open.isEmpty { return true }
      case .start, .empty:
        guard open.count < XMLParser.depth else {
          throw tags.fault(
            found: "elements more than \(XMLParser.depth) deep", expected: "fewer within each other")
        }
        let element = try element(tags, in: open.last?.element)
        if tags.kind == .start { open.append((tags.name, element)) }
      }
    }
    return false
  }

  private mutating func element(_ tags: XMLTags, in parent: Element?) throws(InputError) -> Element {
    guard let parent else {
      guard tags.isNamed("testResults") else {
        throw tags.fault(found: "another element", expected: "<testResults>")
      }
      return .document
    }
    guard tags.isNamed("httpSample") || tags.isNamed("sample") || tags.isNamed("sampleResult") else {
      return .other
    }
    if parent == .other {
      parts += 1
      return .other
    }
    let isTransaction = tags.raw("rm")?.starts(with: JMeterSamples.transaction.bytes) == true
    try add(tags, isTransaction: isTransaction)
    return isTransaction ? .transaction : .other
  }

  private mutating func add(_ tags: XMLTags, isTransaction: Bool) throws(InputError) {
    guard let elapsed = try tags.number("t") else {
      throw tags.fault(
        found: "a sample without its time", expected: "the attribute t",
        remedy: "set jmeter.save.saveservice.time=true and run the test again")
    }
    let start = try tags.number("ts").map { time throws(InputError) in
      let range =
        Double(
          Timestamp.plausible.lowerBound.milliseconds)...Double(
          Timestamp.plausible.upperBound.milliseconds)
      guard range.contains(time), let time = Int64(exactly: time) else {
        throw tags.fault(found: "the time \(time)", expected: "milliseconds since 1970")
      }
      return time * 1_000_000  // fits
    }
    if let threads = try tags.number("na"), threads > samples.threads ?? -1 { samples.threads = threads }
    let success = tags.raw("s")
    hasOutcome = hasOutcome && success != nil
    samples.add(
      try tags.text("lb"), start: start, elapsed: elapsed,
      isFailed: success.map { !$0.elementsEqual("true".utf8) } ?? false, isTransaction: isTransaction)
  }
}
