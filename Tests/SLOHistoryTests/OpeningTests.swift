import Foundation
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Opening a history")
struct OpeningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Reading a history that is not there makes nothing")
  func absent() throws {
    #expect(try History.openExisting(path: folder.history) == nil)
    #expect(try History.openExisting(path: folder.path + "/no/such/folder/h.sqlite") == nil)
    #expect(folder.contents.isEmpty)
  }

  @Test("An empty file is no history yet, and becomes one")
  func emptyFile() throws {
    try folder.write("", to: "history.sqlite")
    #expect(try History.openExisting(path: folder.history) == nil)
    #expect(try folder.history(of: [Sample.run("c1")]).summary().runs == 1)
  }

  @Test("Recording makes the folders it needs")
  func folders() throws {
    let path = folder.path + "/a/b/c/history.sqlite"
    try History.open(path: path).record([Sample.run("c1")], verdict: nil, at: Sample.day(1))
    #expect(try History.openExisting(path: path)?.summary().runs == 1)
  }

  @Test("A relative path is a path")
  func relative() throws {
    let here = FileManager.default.currentDirectoryPath
    let name = String(repeating: "../", count: here.split(separator: "/").count) + folder.history.dropFirst()
    _ = try History.open(path: name)
    #expect(try History.openExisting(path: name) != nil)
  }

  @Test("A file that is opened again holds what was recorded, and takes more")
  func reopen() throws {
    _ = try folder.history(of: [Sample.run("c1")])
    let history = try #require(try History.openExisting(path: folder.history))
    try history.record([Sample.run("c2")], verdict: nil, at: Sample.day(101))
    #expect(try history.summary() == HistorySummary(runs: 2, newest: Sample.day(101)))
  }

  @Test("When the last user closes it, one file holds it all")
  func oneFile() throws {
    do {
      let history = try folder.history(of: [Sample.run("c1")])
      #expect(folder.contents.contains("history.sqlite-wal"))
      try withExtendedLifetime(history) {
        _ = try History.openExisting(path: folder.history)?.window(Sample.query())
      }
    }
    #expect(folder.contents == ["history.sqlite"])
    try FileManager.default.moveItem(atPath: folder.history, toPath: folder.path + "/cached.sqlite")
    #expect(try History.openExisting(path: folder.path + "/cached.sqlite")?.summary().runs == 1)
  }

  @Test("The file's header says whose it is")
  func header() throws {
    _ = try folder.history(of: [])
    #expect(try folder.bytes(of: "history.sqlite")[68..<72] == Data("SLOG".utf8))
  }

  @Test("A newer schema is refused and left as it is")
  func newer() throws {
    _ = try folder.history(of: [Sample.run("c1")])
    try folder.tamper("PRAGMA user_version = 99")
    let error = try refusal()
    let newest = Schema.version
    #expect(error.kind == .newer(found: 99, supported: newest))
    #expect(error.message == "has schema version 99; this slogate knows versions up to \(newest)")
  }

  @Test(
    "The database of another application is refused and left as it is",
    arguments: [
      "CREATE TABLE contacts(name TEXT)", "PRAGMA application_id = 42", "PRAGMA user_version = 3",
    ])
  func foreign(script: String) throws {
    try folder.tamper("CREATE TABLE x(a); DROP TABLE x; " + script)
    let error = try refusal()
    #expect(error.kind == .foreign)
    #expect(error.description.hasPrefix(folder.history + ": is the database of another application; "))
  }

  @Test("A file that is no database is refused and left as it is", arguments: [2, 20, 5_000])
  func noDatabase(length: Int) throws {
    try folder.write(String(repeating: "{", count: length), to: "history.sqlite")
    #expect(try refusal().kind == .corrupt)
  }

  @Test("A truncated or scribbled database is an error, never a crash or an empty window", arguments: 0..<16)
  func damaged(seed: Int) throws {
    _ = try folder.history(of: (0..<50).map { (day: Int) in Sample.run("c\(day)", day: day) })
    var bytes = try folder.bytes(of: "history.sqlite")
    var generator = SeededGenerator(seed: UInt64(seed))
    if seed < 8 {
      bytes = bytes.prefix(4_096 * Int.random(in: 1...8, using: &generator) + seed)
    } else {
      for index in 4_096..<bytes.count { bytes[index] = UInt8.random(in: 0...255, using: &generator) }
    }
    try bytes.write(to: URL(filePath: folder.history))
    let error = #expect(throws: HistoryError.self) {
      _ = try History.openExisting(path: folder.history)?.window(Sample.query())
    }
    #expect(error?.kind == .corrupt)
  }

  @Test("A folder in place of the file is said so")
  func isFolder() throws {
    try FileManager.default.createDirectory(atPath: folder.history, withIntermediateDirectories: true)
    #expect(throws: HistoryError.self) { try History.openExisting(path: folder.history) }
    let error = #expect(throws: HistoryError.self) { try History.open(path: folder.history) }
    #expect(error?.kind == .unwritable)
    #expect(error?.message == "is a folder")
  }

  @Test("A file in place of a folder is said so")
  func underFile() throws {
    try folder.write("x", to: "file")
    let path = folder.path + "/file/deep/history.sqlite"
    let error = #expect(throws: HistoryError.self) { try History.open(path: path) }
    #expect(error?.kind == .unwritable)
    #expect(error?.message.contains("'\(folder.path)/file'") == true)
    #expect(try History.openExisting(path: path) == nil)
  }

  @Test(
    "A history nobody can write is read, and recording into it is refused",
    .enabled(if: getuid() != 0, "permissions do not hold root back"))
  func readOnly() throws {
    _ = try folder.history(of: [Sample.run("c1")])
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.history)
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
    let history = try #require(try History.openExisting(path: folder.history))
    #expect(try history.window(Sample.query()).commits.count == 1)
    let error = #expect(throws: HistoryError.self) {
      try history.record([Sample.run("c2")], verdict: nil, at: Sample.day(1))
    }
    #expect(error?.kind == .unwritable)
    #expect(throws: HistoryError.self) { try History.open(path: folder.history) }
    #expect(throws: HistoryError.self) { try History.open(path: folder.path + "/new.sqlite") }
  }

  @Test("A file that may not be read is unreadable", .enabled(if: getuid() != 0))
  func forbidden() throws {
    _ = try folder.history(of: [])
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.history)
    let error = #expect(throws: HistoryError.self) { try History.openExisting(path: folder.history) }
    #expect(error?.kind == .unreadable)
  }

  @Test("A file that stays locked is busy")
  func busy() throws {
    let holder = try folder.history(of: [])
    try holder.database.run("BEGIN IMMEDIATE")
    let error = #expect(throws: HistoryError.self) {
      try History.open(path: folder.history, busyTimeout: .milliseconds(20))
        .record([Sample.run("c1")], verdict: nil, at: Sample.day(1))
    }
    #expect(error?.kind == .busy)
  }

  /// The error of both ways to open the file, which stays as it was.
  private func refusal() throws -> HistoryError {
    let before = try folder.bytes(of: "history.sqlite")
    let reading = #expect(throws: HistoryError.self) { try History.openExisting(path: folder.history) }
    let writing = #expect(throws: HistoryError.self) { try History.open(path: folder.history) }
    #expect(reading == writing)
    #expect(try folder.bytes(of: "history.sqlite") == before)
    #expect(folder.contents == ["history.sqlite"])
    return try #require(reading)
  }
}
