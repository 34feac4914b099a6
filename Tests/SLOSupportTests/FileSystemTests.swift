import Foundation
import Testing

@testable import SLOSupport

@Suite("Files are written whole or not at all")
struct FileSystemTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "whole-\(UUID().uuidString)")
    .path

  private func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  private func isRefused(_ body: () throws(FileError) -> Void) -> Bool {
    do { try body() } catch { return true }
    return false
  }

  @Test("Folders are made, and nothing is left beside the file", arguments: [true, false])
  func folders(isSynced: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/a/b/report.json"
    try FileSystem.tryToWrite(to: path)
    #expect(text(path) == nil)
    for written in ["one", "two"] {
      try FileSystem.write(written, to: path, isSynced: isSynced)
      #expect(text(path) == written)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b") == ["report.json"])
  }

  @Test("A link that somebody laid where the temporary file would be is not followed")
  func plantedLink() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/report.json"
    try FileSystem.makeFolders(for: path)
    let planted = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
    try FileManager.default.createSymbolicLink(atPath: planted, withDestinationPath: folder + "/victim")
    try FileSystem.write("one", to: path)
    #expect(text(path) == "one")
    #expect(!FileManager.default.fileExists(atPath: folder + "/victim"))
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: planted)) != nil)
  }

  @Test("A link in the file's place stays one, and what it leads to is written")
  func link() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (path, target) = (folder + "/link", folder + "/target")
    #expect(isRefused { () throws(FileError) in try FileSystem.write("old", to: target) }, "no folder")
    try FileSystem.makeFolders(for: path)
    try FileSystem.write("old", to: target)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "target")
    try FileSystem.write("new", to: path)
    #expect(text(target) == "new")
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == "target")
    #expect(FileSystem.isLink(path) && !FileSystem.isLink(target))
    #expect(FileSystem.resolved(path) == FileSystem.resolved(folder + "/./target"))
    #expect(try FileSystem.identity(of: path) == FileSystem.identity(of: target))
  }

  @Test("What cannot be written is reported beforehand", arguments: ["/file/x.json", "", "/."])
  func refused(end: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.makeFolders(for: folder + "/file")
    try FileSystem.write("", to: folder + "/file")
    #expect(isRefused { () throws(FileError) in try FileSystem.tryToWrite(to: folder + end) })
  }

  @Test("Devices are written as they are")
  func device() throws {
    try FileSystem.tryToWrite(to: "/dev/null")
    try FileSystem.write("x", to: "/dev/null")
    #expect(throws: FileError(path: "/dev/full", code: ENOSPC)) { try FileSystem.write("x", to: "/dev/full") }
  }

  @Test("A folder is made with those above it, and a file in its way is named")
  func makeFolder() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.makeFolder(folder + "/a/b/")
    try FileSystem.makeFolder(folder + "/a/b")
    #expect(FileSystem.isFolder(folder + "/a/b"))
    try FileSystem.write("", to: folder + "/file")
    #expect(throws: FileError(path: folder + "/file", code: ENOTDIR)) {
      try FileSystem.makeFolder(folder + "/file/c")
    }
  }

  @Test("What lies at a path is distinguished")
  func occupants() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.makeFolder(folder)
    try FileSystem.write("four", to: folder + "/file")
    #expect(FileSystem.occupant(of: folder) == .folder)
    #expect(FileSystem.occupant(of: folder + "/file") == .file(size: 4))
    #expect(FileSystem.occupant(of: folder + "/none") == nil)
    #expect(FileSystem.occupant(of: folder + "/file/none") == nil)
    #expect(FileSystem.occupant(of: "/dev/null") == .special)
    #expect(try FileSystem.names(in: folder).sorted() == [".", "..", "file"])
    #expect(throws: FileError(path: folder + "/none", code: ENOENT)) {
      try FileSystem.names(in: folder + "/none")
    }
  }

  @Test("A file is read whole, up to a limit", arguments: [0, 1, 262_144, 262_145, 600_000])
  func read(size: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.makeFolder(folder)
    let written = String(repeating: "x", count: size)
    try FileSystem.write(written, to: folder + "/file")
    #expect(try FileSystem.bytes(of: folder + "/file").count == size)
    #expect(try FileSystem.bytes(of: folder + "/file", limit: 1_000).count == min(size, 1_000))
    #expect(FileSystem.holds(written, at: folder + "/file"))
    #expect(!FileSystem.holds(written + "x", at: folder + "/file"))
    #expect(!FileSystem.holds("", at: folder))
    #expect(throws: FileError(path: folder, code: EISDIR)) { try FileSystem.bytes(of: folder) }
  }
}
