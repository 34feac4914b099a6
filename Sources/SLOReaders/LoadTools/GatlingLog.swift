import SLOModel
import SLOSupport

internal import Glibc

/// Gatling's `simulation.log` as releases up to 3.12 write it: a line for each request and each pass through a group, fields
/// apart by tabs (`LogFileDataWriter`). Later releases write a binary form that each of them alone can read.
///
/// A request failed where its status is `KO`: no answer, a status of an error, or a check that did not hold.
struct GatlingLog: LoadToolReader {
  static let title = "a Gatling log"

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    if let release = start.withBytes(binaryRelease) {
      throw InputError(
        .malformed, file: file.path, found: "the binary log of Gatling \(release)",
        expected: "a log in text, as Gatling up to 3.12 writes it",
        remedy:
          "pass js/stats.json of its report (Gatling up to 3.13.4), for only the same release reads this log")
    }
    let isLog = start.withBytes { text in
      text.starts(with: "RUN\t".utf8)
        || text.starts(with: "ASSERTION\t".utf8) && text.contains("\nRUN\t".utf8)
    }
    return isLog ? .results(GatlingLog()) : nil
  }

  /// The release that a binary log begins with: a zero, the length of the release in four bytes, and the release.
  private static func binaryRelease(_ start: UnsafeRawBufferPointer) -> String? {
    guard start.count > 8, start.prefix(4).allSatisfy({ $0 == 0 }), (5...32).contains(start[4]) else {
      return nil
    }
    let release = start[5...].prefix(Int(start[4]))
    let isRelease = release.allSatisfy { $0.isDigit || $0.isLetter || $0 == 0x2E || $0 == 0x2D }
    return isRelease && release.first?.isDigit == true && release.contains(0x2E)
      ? String(decoding: release, as: UTF8.self) : nil
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let text = try file.text()
    var log = GatlingRecords(file.path)
    try text.withBytes { text throws(InputError) in try log.read(text) }
    var run = LoadRun(format: "gatling-log", tool: "Gatling")
    let figures = log.requests.figures()
    run.whole = .all(figures.map(\.figures))
    run.requests = figures.map { label, figures in
      (label.flatMap { LoadEndpoint($0, by: options.naming) }, figures)
    }
    run.groups = log.groups.figures().map { label, figures in
      (label.flatMap { LoadEndpoint($0, by: options.naming) }, figures)
    }
    (run.startedAt, run.duration) = (log.requests.start, log.requests.duration)
    run.version = log.release
    if log.isCut {
      run.failure = LoadRun.cut("within a line", after: log.requests.count)
    }
    if log.errors > 0 {
      run.notices.append(
        log.errors == 1
          ? "1 error of the script itself is in the log, of which no request was made"
          : "\(log.errors) errors of the script itself are in the log, of which no request was made")
    }
    return [try run.reading(of: file, profile: profile, options)]
  }
}

/// Reads the records of a log.
private struct GatlingRecords {
  private(set) var requests = LoadSamples()
  private(set) var groups = LoadSamples()
  private(set) var release: String?
  /// Errors of the script: a value that was not there, a request that could not be built.
  private(set) var errors = 0
  /// Whether the text ends within a line.
  private(set) var isCut = false
  private let file: String
  private var line = 0

  init(_ file: String) { self.file = file }

  mutating func read(_ text: UnsafeRawBufferPointer) throws(InputError) {
    var fields: [UnsafeRawBufferPointer] = []
    var start = 0
    while start < text.count, let base = text.baseAddress {
      guard let end = memchr(base + start, 0x0A, text.count - start).map({ UnsafeRawPointer($0) - base })
      else {
        isCut = true
        return
      }
      line += 1
      GatlingRecords.split(UnsafeRawBufferPointer(rebasing: text[start..<end]), into: &fields)
      try add(fields)
      start = end + 1
    }
  }

  private static func split(_ line: UnsafeRawBufferPointer, into fields: inout [UnsafeRawBufferPointer]) {
    fields.removeAll(keepingCapacity: true)
    var start = 0
    let count = line.last == 0x0D ? line.count - 1 : line.count
    for place in 0..<count where line[place] == 0x09 {
      fields.append(UnsafeRawBufferPointer(rebasing: line[start..<place]))
      start = place + 1
    }
    fields.append(UnsafeRawBufferPointer(rebasing: line[start..<count]))
  }

  private mutating func add(_ fields: [UnsafeRawBufferPointer]) throws(InputError) {
    switch fields[0].count {
    case 7 where fields[0].elementsEqual("REQUEST".utf8): try addRequest(fields)
    case 5 where fields[0].elementsEqual("GROUP".utf8): try addGroup(fields)
    case 5 where fields[0].elementsEqual("ERROR".utf8): errors += 1
    case 3 where fields[0].elementsEqual("RUN".utf8): try addRun(fields)
    case 4 where fields[0].elementsEqual("USER".utf8): break
    case 9 where fields[0].elementsEqual("ASSERTION".utf8): break
    case 0 where fields.count == 1: break
    default:
      throw fault(
        "a line that begins with \(UntrustedText.quoted(fields[0]))", "RUN, USER, REQUEST, GROUP or ERROR")
    }
  }

  private mutating func addRun(_ fields: [UnsafeRawBufferPointer]) throws(InputError) {
    guard release == nil else {
      throw fault("a second run", "the log of one", "pass the log of each run by itself")
    }
    release =
      fields.count > 5 ? UntrustedText.escaped(String(decoding: fields[5], as: UTF8.self), limit: 24) : ""
  }

  /// Fields are counted from the status back: releases differ in what stands before the groups.
  private mutating func addRequest(_ fields: [UnsafeRawBufferPointer]) throws(InputError) {
    guard let status = [5, 6, 7].first(where: { $0 < fields.count && GatlingRecords.isStatus(fields[$0]) })
    else { throw fault("a request without its status", "its start, end and status OK or KO") }
    let (start, end) = (try time(fields[status - 2]), try time(fields[status - 1]))
    guard end >= start else { throw fault("a request that ends before it begins", "times in order") }
    let duration = Double(end - start)
    let groups = GatlingName.groups(String(decoding: fields[status - 4], as: UTF8.self))
    requests.add(
      GatlingName.joined(groups + [String(decoding: fields[status - 3], as: UTF8.self)]), duration: duration,
      isFailed: fields[status][0] == UInt8(ascii: "K"))
    requests.note(start: start * 1_000_000, duration: duration)  // fits
  }

  private mutating func addGroup(_ fields: [UnsafeRawBufferPointer]) throws(InputError) {
    guard let status = [5, 6, 7].first(where: { $0 < fields.count && GatlingRecords.isStatus(fields[$0]) }),
      let taken = WrittenNumber(fields[status - 1])?.value, taken.isFinite, taken >= 0
    else { throw fault("a group without its time", "the time of its requests and its status OK or KO") }
    groups.add(
      GatlingName.joined(GatlingName.groups(String(decoding: fields[status - 4], as: UTF8.self))),
      duration: taken, isFailed: fields[status][0] == UInt8(ascii: "K"))
  }

  private static func isStatus(_ field: UnsafeRawBufferPointer) -> Bool {
    field.count == 2 && field[1] == UInt8(ascii: field[0] == UInt8(ascii: "O") ? "K" : "O")
      && (field[0] == UInt8(ascii: "O") || field[0] == UInt8(ascii: "K"))
  }

  /// A time in milliseconds since 1970.
  private func time(_ field: UnsafeRawBufferPointer) throws(InputError) -> Int64 {
    guard let time = Int64(String(decoding: field.prefix(20), as: UTF8.self)),
      Timestamp.plausible.contains(Timestamp(milliseconds: time))
    else {
      throw fault("the time \(UntrustedText.quoted(field))", "milliseconds since 1970")
    }
    return time
  }

  private func fault(
    _ found: String, _ expected: String, _ remedy: String = "pass the file as the tool wrote it"
  ) -> InputError {
    InputError(
      .malformed, file: file, place: .text(line: line, column: 1, path: nil), found: found,
      expected: expected, remedy: remedy)
  }
}

/// The names of Gatling's requests and groups, in its log and its report alike.
enum GatlingName {
  /// The groups that a log writes with commas between them, the outermost first.
  static func groups(_ text: String) -> [String] {
    text.split(separator: ",").map(String.init).filter { !$0.isEmpty }
  }

  /// A request behind the groups it is in, as reports write it: `checkout / pay`.
  static func joined(_ parts: [String]) -> String { parts.joined(separator: " / ") }
}
