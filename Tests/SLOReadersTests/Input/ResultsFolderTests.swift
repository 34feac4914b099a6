import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("Results of a folder, told by their names")
struct ResultsFolderTests {
  /// A folder with empty files at these paths, made in this order an hour apart, and what is found in it as
  /// `profile: name name`.
  private func found(_ paths: [String]) throws -> [String] {
    try Fixtures.withFolder { root in
      for (hour, path) in paths.enumerated() {
        let file = root + "/" + path
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Fixtures.write("{}", to: file)
        let time = Date(timeIntervalSince1970: Double(hour) * 3_600)
        if folder != root {
          try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: folder)
        }
      }
      return try Readers.resultsFolder(root).map { request, paths in
        let names = paths.map { $0.dropFirst(root.count + 1) }
        return (request.profile ?? "-") + ": " + names.joined(separator: " ")
      }
    }
  }

  @Test("Each file goes to the profile its name begins with, other files to none")
  func names() throws {
    let files = [
      "spike.json", "baseline-2.json", "baseline-1.json.gz", "lhr-1.json", "lighthouse-home.json",
      "notes.json",
      "baseline.txt", ".baseline.json", "my-baseline.json", "spike-old.json/x",
    ]
    #expect(
      try found(files) == [
        "baseline: baseline-1.json.gz baseline-2.json", "spike: spike.json",
        "-: lhr-1.json lighthouse-home.json",
      ])
  }

  @Test("Files that may be results and are named as none are told, and not read")
  func unread() throws {
    try Fixtures.withFolder { root in
      for name in ["baseline.json", "incidents.json", "notes.md", ".hidden.json", "settings.csv"] {
        try Fixtures.write("{}", to: root + "/" + name)
      }
      #expect(
        try Readers.resultsFolderContents(root).unread == [root + "/incidents.json", root + "/settings.csv"])
    }
  }

  @Test("What lies in the folder itself goes before any sub-folder")
  func ownFirst() throws {
    #expect(try found(["baseline.json", "2026/spike.json"]) == ["baseline: baseline.json"])
  }

  @Test("Of sub-folders named by time the last by name counts, whenever it was copied")
  func newestByName() throws {
    let files = ["20260302-1000/baseline.json", "20260301-1000/baseline.json", ".git/spike.json", "log.json"]
    #expect(try found(files) == ["baseline: 20260302-1000/baseline.json"])
  }

  @Test(
    "Of others the one that changed last",
    arguments: [["run-b/", "run-a/"], ["10/", "9/"], ["2026-03-02/", "latest/"]])
  func newestByTime(folders: [String]) throws {
    #expect(try found(folders.map { $0 + "spike.json" }) == ["spike: \(folders[1])spike.json"])
  }

  @Test(
    "Without results there, an older folder is never taken instead",
    arguments: [
      ["2026-01/baseline.json", "2026-02/notes.txt"], ["a/baseline.json", "b/notes.json"], ["notes.json"], [],
    ])
  func nothing(files: [String]) {
    let error = #expect(throws: InputError.self) { try found(files) }
    #expect(error?.kind == .malformed && error?.found == "no file named as a result")
  }

  @Test("A folder that is none cannot be read", arguments: ["/no/such", #filePath])
  func missing(path: String) {
    let error = #expect(throws: InputError.self) { try Readers.resultsFolder(path) }
    #expect(error?.kind == .unreadable && error?.file == path)
  }

  @Test("What is found can be read")
  func readable() throws {
    try Fixtures.withFolder { folder in
      try Fixtures.write(ReadersTests.summary, to: folder + "/spike-1.json")
      for (request, paths) in try Readers.resultsFolder(folder + "/") {
        let result = Readers.read(paths: paths, as: request)
        #expect(result.errors.isEmpty && result.usable.map(\.profile) == ["spike"])
        #expect(paths == [folder + "/spike-1.json"])
      }
    }
  }
}
