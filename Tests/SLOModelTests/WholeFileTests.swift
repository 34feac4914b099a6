import Foundation
import Testing

@testable import SLOModel

@Suite("Files are written whole or not at all")
struct WholeFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "whole-\(UUID().uuidString)")
    .path

  private func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  @Test("Folders are made, and nothing is left beside the file")
  func folders() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/a/b/report.json"
    #expect(WholeFile.canWrite(to: path))
    #expect(text(path) == nil)
    #expect(WholeFile.write("one", to: path) && text(path) == "one")
    #expect(WholeFile.write("two", to: path) && text(path) == "two")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b") == ["report.json"])
  }

  @Test("A link that somebody laid where the temporary file would be is not followed")
  func plantedLink() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/report.json"
    #expect(WholeFile.makeFolders(for: path))
    let planted = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
    try FileManager.default.createSymbolicLink(atPath: planted, withDestinationPath: folder + "/victim")
    #expect(WholeFile.write("one", to: path) && text(path) == "one")
    #expect(!FileManager.default.fileExists(atPath: folder + "/victim"))
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: planted)) != nil)
  }

  @Test("A link in the file's place stays one, and what it leads to is written")
  func link() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (path, target) = (folder + "/link", folder + "/target")
    #expect(WholeFile.write("old", to: target) == false)
    #expect(WholeFile.makeFolders(for: path) && WholeFile.write("old", to: target))
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "target")
    #expect(WholeFile.write("new", to: path) && text(target) == "new")
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == "target")
    #expect(WholeFile.resolved(path) == WholeFile.resolved(folder + "/./target"))
  }

  @Test("What cannot be written is told beforehand", arguments: ["/file/x.json", "", "/."])
  func refused(end: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(WholeFile.makeFolders(for: folder + "/file") && WholeFile.write("", to: folder + "/file"))
    #expect(!WholeFile.canWrite(to: folder + end))
  }

  @Test("Devices are written as they are")
  func device() {
    #expect(WholeFile.canWrite(to: "/dev/null") && WholeFile.write("x", to: "/dev/null"))
    #expect(!WholeFile.write("x", to: "/dev/full"))
  }
}
