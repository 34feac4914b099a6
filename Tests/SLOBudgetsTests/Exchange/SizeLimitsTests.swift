import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Limits on sizes of size-limit, bundlesize and bundlewatch")
struct SizeLimitsTests {
  @Test("A kB of size-limit is 1000 bytes; its times are limits too")
  func sizeLimit() throws {
    let budget = try Imported(
      """
      [{"name": "app", "path": "dist/app-*.js", "limit": "100 kB"},
       {"path": "./dist/vendor.js", "limit": "1.5 KiB", "gzip": true},
       {"path": ["a.js", "b.js"], "limit": "512 B", "brotli": false}, {"path": "slow.js", "limit": "1.5 s"},
       {"path": "none.js"}, {"path": "odd.js", "limit": "many"}]
      """)
    #expect(budget.limits("sizes", "app") == ["size.value <= 100000"])
    #expect(budget.limits("sizes", "dist/vendor.js") == ["gzip.value <= 1536"])
    #expect(budget.limits("sizes", "a.js, b.js") == ["raw.value <= 512"])
    #expect(budget.limits("sizes", "slow.js") == ["time.value <= 1500"])
    #expect(budget.remarks(at: "2:2", "write size in place of gzip"))
    #expect(budget.remarks(at: "4:2", "none.js: it has no limit"))
    #expect(budget.remarks(at: "4:51", "odd.js: 'many' is no size and no time"))
  }

  @Test(
    "A kB of bundlesize and bundlewatch is 1024 bytes, compressed with gzip unless a file says otherwise",
    arguments: [
      #"[FILES]"#, #"{"files": [FILES]}"#, #"{"bundlesize": [FILES], "name": "x"}"#,
      #"{"bundlewatch": {"files": [FILES]}}"#,
    ])
  func bundleSize(form: String) throws {
    let files = """
      {"path": "./dist/a-*.js", "maxSize": "2kB"}, {"path": "b.js", "maxSize": "1 MB", "compression": "brotli"},
      {"path": "c.js", "maxSize": "10B", "compression": "none"}, {"path": "d.js", "maxSize": "1B", "compression": "zip"}
      """
    let budget = try Imported(form.replacing("FILES", with: files))
    #expect(budget.limits("sizes", "dist/a-*.js") == ["gzip.value <= 2048"])
    #expect(budget.limits("dist", "b.js") == ["brotli.value <= 1048576"])
    #expect(budget.limits("sizes", "c.js") == ["raw.value <= 10"])
    #expect(budget.remarks.count == 1 && budget.remarks[0].contains("d.js: the compression 'zip' is none of"))
  }

  @Test("bundlewatch names the compression of all files once, and a pattern that hashes need no more")
  func bundleWatch() throws {
    let budget = try Imported(
      #"{"files": [{"path": "a.js", "maxSize": "1kB"}], "defaultCompression": "none", "normalizeFilenames": "^.+?(-\\w+)"}"#
    )
    #expect(budget.limits("sizes", "a.js") == ["raw.value <= 1024"])
    #expect(budget.remarks.contains { $0.contains("normalizeFilenames is left out") })
  }

  @Test(
    "Sizes and times as their tools read them",
    arguments: [
      ("100", 100, 100), ("100 kB", 100_000, 102_400), ("1.5mb", 1_500_000, 1_572_864),
      ("1KiB", 1_024, 1_024), ("1 ki", nil, nil), ("kB", nil, nil), ("1 furlong", nil, nil),
      ("-1 kB", nil, nil),
    ] as [(String, Double?, Double?)])
  func bytes(text: String, decimal: Double?, binary: Double?) {
    #expect(SizeLimitsImport.bytes(text, kilo: 1_000) == decimal)
    #expect(SizeLimitsImport.bytes(text, kilo: 1_024) == binary)
  }

  @Test("What is exported for size-limit comes back as the same limits")
  func roundTrip() throws {
    let text = """
      sizes:
        "*": { raw: 1MB }
        app.js: { gzip: 100KB, time: 1.5s, size: { warn: 1KB } }
        "dist/*.css": { size: 30KiB }
      """
    let export = try exported(.sizeLimit, text)
    let back = try Imported(try #require(export.files.first).text)
    #expect(
      back.limits("sizes", "app.js") == [
        "gzip.value <= 100000", "time.value <= 1500", "raw.value <= 1000000",
      ])
    #expect(back.limits("sizes", "dist/a.css") == ["size.value <= 30720", "raw.value <= 1000000"])
    #expect(
      export.notes.contains { $0.contains("size.value <= 1 kB") && $0.contains("none that only warns") })
  }
}
