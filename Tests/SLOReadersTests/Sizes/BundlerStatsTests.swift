import SLOModel
import Testing

@testable import SLOReaders

@Suite("What bundlers write of the files they made")
struct BundlerStatsTests {
  private func reading(_ text: String, ext: String = "json") throws -> Reading {
    let result = try TestReports.read([text], ext: ext)
    return try #require(result.usable.first, "\(result.errors)")
  }

  private func names(_ reading: Reading) -> [String] {
    Set(reading.measurements.map(\.series.endpoint)).subtracting(["*"]).sorted()
  }

  @Test("webpack: assets count, source maps and compressed copies do not, wherever they are listed")
  func webpack() throws {
    let reading = try reading(
      """
      {"version": "5.97.0", "chunks": [{"files": ["app.js"], "size": 7}], "errors": [], "children": [{"assets": [{"name": "inner.js", "size": 9}]}],
       "assets": [{"name": "app.3f2a9c1b.js?v=1", "size": 600, "info": {"contenthash": "3f2a9c1b"},
         "related": [{"name": "app.3f2a9c1b.js.map", "size": 2000, "type": "sourceMap"}, {"name": "app.3f2a9c1b.js.gz", "size": 200},
           {"name": "app.3f2a9c1b.js.br", "size": 150}]},
        {"name": "app.77aa00ff.css", "size": 40}, {"name": "app.77aa00ff.css.map", "size": 90}]}
      """)
    #expect(names(reading) == ["app.*.css", "app.*.js"] && reading.toolVersion == "5.97.0")
    #expect(reading.value("raw", .value) == 640 && reading.value("files", .count) == 2)
    #expect(reading.value("gzip", .value, endpoint: "app.*.js") == 200)
    #expect(reading.value("brotli", .value, endpoint: "app.*.js") == 150)
    #expect(reading.notices.contains("2 files *.map beside the files they belong to not counted"))
  }

  @Test("webpack: several compilations are distinguished by their names, and grouped assets are found")
  func compilations() throws {
    let reading = try reading(
      """
      {"children": [{"name": "client", "chunks": [], "assets": [{"children": [{"name": "main.js", "size": 5}], "size": 5}]},
        {"name": "server", "chunks": [], "filteredAssets": 2, "assets": [{"name": "main.js", "size": 7}]}]}
      """)
    #expect(names(reading) == ["client/main.js", "server/main.js"] && reading.value("raw", .value) == 12)
    #expect(
      reading.warnings == [
        "2 assets left out by the options of the stats: sizes are not those of the whole build"
      ])
  }

  @Test(
    "webpack: a build that failed is no measurement",
    arguments: [#""Module not found""#, #"{"message": "Module not found", "stack": "…"}"#])
  func failed(error: String) throws {
    let text = #"{"chunks":[],"assets":[{"name":"a.js","size":1}],"errors":[\#(error)]}"#
    #expect(try reading(text).failure == "the build failed: Module not found")
  }

  @Test("esbuild: outputs by their paths, maps not counted")
  func esbuild() throws {
    let reading = try reading(
      """
      {"inputs": {"src/a.ts": {"bytes": 9, "imports": []}}, "outputs": {
        "dist/app-5BQZ7QLI.js.map": {"bytes": 900, "inputs": {}, "imports": [], "exports": []},
        "dist/app-5BQZ7QLI.js": {"bytes": 300, "inputs": {}, "imports": [], "exports": []},
        "dist/chunk-ABCDEFGH.js": {"bytes": 20, "inputs": {}}, "dist/chunk-Q2W3E4R5.js": {"bytes": 22, "inputs": {}}}}
      """)
    #expect(names(reading) == ["dist/app-*.js", "dist/chunk-*.js"])
    #expect(reading.value("raw", .value, endpoint: "dist/chunk-*.js") == 42)
    #expect(reading.value("raw", .value) == 342 && reading.value("files", .count) == 3)
  }

  @Test("rollup-plugin-visualizer: sums over modules, of the compressions it was asked for")
  func visualizer() throws {
    let reading = try reading(
      """
      {"version": 2, "tree": {"name": "root", "children": [{"name": "assets/index-DiwrgTda.js", "children": [
        {"name": "src", "children": [{"name": "a.ts", "uid": "1"}, {"name": "b.ts", "uid": "2"}]}]}]},
       "nodeParts": {"1": {"renderedLength": 100, "gzipLength": 40, "brotliLength": 0, "metaUid": "x"},
         "2": {"renderedLength": 50, "gzipLength": 30, "brotliLength": 0}}, "nodeMetas": {},
       "options": {"gzip": true, "brotli": false, "sourcemap": false}}
      """)
    #expect(reading.value("raw", .value, endpoint: "assets/index-*.js") == 150)
    #expect(reading.value("gzip", .value) == 70 && reading.value("brotli", .value) == nil)
    #expect(
      reading.notices.first?.hasPrefix("sizes are those of the modules before they were minified") == true)
  }

  private static let log = """
    > vite build

    \u{1B}[36mvite v5.4.2 \u{1B}[32mbuilding for production...\u{1B}[39m
    ✓ 34 modules transformed.
    computing gzip size...
    \u{1B}[2mdist/\u{1B}[22mindex.html                   0.46 kB │ gzip:  0.30 kB
    dist/assets/index-B1c2D3e4.css    1.39 kB │ gzip:  0.72 kB
    dist/assets/logo-4sK3x9Qb.png     4.00 kB
    dist/assets/index-4sK3x9Qa.js 1,143.40 kB │ gzip: 46.11 kB │ map: 350.12 kB

    """

  @Test("Vite's log: rounded sizes, colours left out")
  func log() throws {
    // One blank is no column: the name has to stand two before its size.
    let text = Self.log.replacing("Qa.js 1,", with: "Qa.js  1,") + "✓ built in 812ms\n"
    let reading = try reading(text, ext: "txt")
    #expect(reading.toolVersion == "5.4.2" && reading.failure == nil && reading.warnings.isEmpty)
    #expect(
      names(reading) == [
        "dist/assets/index-*.css", "dist/assets/index-*.js", "dist/assets/logo-*.png", "dist/index.html",
      ])
    #expect(reading.value("raw", .value, endpoint: "dist/assets/index-*.js") == 1_143_400)
    #expect(reading.value("gzip", .value, endpoint: "dist/assets/index-*.js") == 46_110)
    // 300 + 720 + 46,110: the picture has none.
    #expect(reading.value("gzip", .value) == 47_130)
    #expect(reading.notices.contains("the total of gzip is of 3 of 4 bundles: the others have none"))
    #expect(
      reading.notices.first
        == "sizes of a build's log are rounded: the folder of the build has them to the byte")
  }

  @Test("Vite's log: one that ends early, or is of a build that failed, is none to judge by")
  func broken() throws {
    #expect(
      try reading(Self.log, ext: "txt").failure == "the log does not say that the build came to its end")
    let failed = "vite v5.4.2 building for production...\nerror during build:\nnot found\n"
    #expect(try reading(failed, ext: "txt").failure == "the build failed")
    #expect(
      try reading("vite v5.4.2 building for production...\n✓ built in 1s\n", ext: "txt").failure
        == "the log of the build lists no file")
  }
}
