import Foundation
import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("A folder of a build is measured itself")
struct FolderSizesTests {
  private static let repeated = Array(String(repeating: "let x = 1;\n", count: 10_000).utf8)

  /// Bytes of a linear congruential generator (the constants of ANSI C), as Python made them for the sizes below.
  private static func bytes(_ count: Int, seed: Int) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
      state = (state * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
      return UInt8(state >> 16 & 0xFF)
    }
  }

  private static func words(_ count: Int, seed: Int) -> [UInt8] {
    bytes(count, seed: seed).map { $0 % 7 == 0 ? 32 : 97 + $0 % 16 }
  }

  private func read(_ paths: String..., as name: String = "dist") -> ReadResult {
    var result = Readers.read(paths: paths, as: .named(name))
    result.usable = Readers.settled(result.usable)
    return result
  }

  /// Writes files, and the folders they lie in.
  private func write(_ files: [String: [UInt8]], in folder: String) throws {
    for (name, bytes) in files {
      let path = URL(filePath: folder).appending(path: name)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: path)
    }
  }

  @Test(
    "Sizes are those of Python's gzip at level 9, whatever the length",
    arguments: [
      (Self.repeated, 264), ([], 20), ([UInt8(ascii: "x")], 21),
      ([UInt8](repeating: 0, count: 1_000_000), 1_003),
      (Self.bytes(70_000, seed: 1), 70_043), (Self.words(131_072, seed: 2), 75_711),
      (Self.words(131_073, seed: 3), 75_655),
      (Self.words(400_000, seed: 4), 229_930),
    ])
  func gzip(bytes: [UInt8], expected: Double) throws {
    try Fixtures.withFolder { folder in
      try write(["a.bin": bytes], in: folder)
      let result = read(folder)
      #expect(result.figure("raw", of: "a.bin") == Double(bytes.count))
      #expect(result.figure("gzip", of: "a.bin") == expected)
    }
  }

  @Test("Every regular file counts, in folders of folders; the identity is that of sha256sum's list")
  func whole() throws {
    try Fixtures.withFolder { folder in
      try write(["a.js": Self.repeated, "b/c.css": [UInt8(ascii: "x")], "b/d.txt": []], in: folder)
      let result = read(folder)
      #expect(result.usable.map(\.profile) == ["dist"] && result.usable.first?.source.format == "files")
      #expect(result.figure("raw") == 110_001 && result.figure("gzip") == 305 && result.figure("files") == 3)
      // sha256sum a.js b/c.css b/d.txt | sha256sum
      #expect(
        result.usable.first?.source.sha256
          == "7a79a914e18b169ebbcdd56b1f7919054f1f765319362437c78649ef9589e479")
    }
  }

  @Test("A source map and compressed copies are not counted; the size of a .br is the brotli of its file")
  func companions() throws {
    try Fixtures.withFolder { folder in
      try write(
        [
          "app-DiwrgTda.js": Self.repeated, "app-DiwrgTda.js.map": [1], "app-DiwrgTda.js.br": [1, 2],
          "app-DiwrgTda.js.gz": [1, 2, 3], "release.tar.gz": [1, 2, 3, 4], "alone.map": [1],
        ], in: folder)
      let result = read(folder)
      #expect(result.figure("brotli", of: "app-*.js") == 2 && result.figure("gzip", of: "app-*.js") == 264)
      #expect(result.figure("raw") == 110_005 && result.figure("files") == 3)
      #expect(
        result.usable.first?.notices == [
          "1 file *.map beside the files they belong to not counted",
          "1 file *.gz beside the files they belong to not counted",
          "1 file *.br beside the files they belong to not counted",
          "the total of brotli is of 1 of 3 bundles: the others have none",
        ])
    }
  }

  @Test("Links are not followed and pipes not opened; both are named")
  func special() throws {
    try Fixtures.withFolder { folder in
      try write(["a.js": [1]], in: folder + "/dist")
      try write(["secret": [1, 2]], in: folder)
      let files = FileManager.default
      try files.createSymbolicLink(atPath: folder + "/dist/out", withDestinationPath: "../secret")
      try files.createSymbolicLink(atPath: folder + "/dist/up", withDestinationPath: "..")
      #expect(mkfifo(folder + "/dist/pipe", 0o600) == 0)
      let result = read(folder + "/dist")
      #expect(result.figure("files") == 1)
      #expect(result.usable.first?.notices == ["left out 3 links or files that are not regular: out …"])
      try files.removeItem(atPath: folder + "/dist/a.js")
      #expect(read(folder + "/dist").errors.map(\.found) == ["no regular file (links are not followed)"])
    }
  }

  @Test("An empty folder is an error, and so is a file that is no report")
  func nothing() throws {
    try Fixtures.withFolder { folder in
      #expect(
        read(folder).errors.map(\.description) == [
          "\(folder): found no file; expected at least one file to measure; check that the build has run"
        ])
      try write(["app.js": Self.repeated], in: folder)
      let error = try #require(read(folder + "/app.js").errors.first)
      #expect(error.found.hasPrefix("text that is no JSON") && error.expected == "a report of bundle sizes")
    }
  }

  @Test("A pattern measures what it matches, with ** in any depth, by names behind its first sign")
  func patterns() throws {
    try Fixtures.withFolder { folder in
      try write(
        ["b/a.js": [1], "b/c/d/e.js": [1, 2], "b/c/f.css": [1, 2, 3], "b/.hidden/g.js": [1], "h.js": [1]],
        in: folder)
      #expect(read(folder + "/b/**/*.js").usable.first.map(names) == ["a.js", "c/d/e.js"])
      #expect(read(folder + "/**/c/**/*").usable.first.map(names) == ["b/c/d/e.js", "b/c/f.css"])
      #expect(read(folder + "/*/c").usable.first.map(names) == ["b/c/d/e.js", "b/c/f.css"])
      #expect(read(folder + "/**").usable.first.map(names) == ["b/a.js", "b/c/d/e.js", "b/c/f.css", "h.js"])
      #expect(read(folder + "/**/*.wasm").errors.map(\.found) == ["no file that matches this pattern"])
      // Two patterns are parts of one build.
      let parts = read(folder + "/b/**/*.js", folder + "/b/**/*.css")
      #expect(parts.usable.count == 1 && parts.figure("raw") == 6 && parts.figure("files") == 3)
    }
  }

  @Test("A pattern of reports is one of reports")
  func reports() throws {
    try Fixtures.withFolder { folder in
      try write(["a/sizes.json": Array(#"[{"name":"a","size":5}]"#.utf8)], in: folder)
      #expect(read(folder + "/*/sizes.json", as: "sizes").figure("size", of: "a") == 5)
      #expect(read(folder + "/**/sizes.json", as: "web").figure("size", of: "a") == 5)
    }
  }

  @Test("Only a name of the kind measures a folder: another has results in it")
  func otherNames() throws {
    try Fixtures.withFolder { folder in
      try write(["a.js": [1]], in: folder)
      #expect(read(folder, as: "app").errors.map(\.found) == ["a folder without JSON files"])
      #expect(
        read(folder, as: "app").errors[0].description.hasSuffix(
          "; what a build wrote is measured under the name dist or sizes-NAME, as in --evidence dist=DIR or compare"
            + " --profile dist A B"))
      #expect(read(folder, as: "sizes-app").figure("files") == 1)
    }
  }

  @Test("Files that get one name are added up")
  func oneName() throws {
    try Fixtures.withFolder { folder in
      try write(["chunk-5BQZ7QLI.js": [1], "chunk-Q2W3E4R5.js": [1, 2]], in: folder)
      #expect(read(folder).figure("raw", of: "chunk-*.js") == 3 && read(folder).figure("files") == 2)
    }
  }

  private func names(_ reading: Reading) -> [String] {
    Set(reading.measurements.map(\.series.endpoint)).subtracting(["*"]).sorted()
  }
}
