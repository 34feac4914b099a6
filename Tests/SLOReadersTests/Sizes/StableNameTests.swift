import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Names of built files without the hashes of their content")
struct StableNameTests {
  @Test(
    "What bundlers write loses its hash",
    arguments: [
      ("assets/index-DiwrgTda.js", "assets/index-*.js"), ("assets/index-B_x-9k1Z.css", "assets/index-*.css"),
      ("assets/index--aBc123_.js", "assets/index-*.js"), ("app.3f9a1c2e.js", "app.*.js"),
      ("main.a06251101907c8f9d07d.js", "main.*.js"),
      ("static/js/787.0a1b2c3d.chunk.js", "static/js/787.*.chunk.js"),
      ("chunk-2ab34f.css", "chunk-*.css"), ("chunk-PKXYXMEN.js", "chunk-*.js"),
      ("main-30fa952d.js", "main-*.js"),
      ("_app/immutable/chunks/DiwrgTda.js", "_app/immutable/chunks/*.js"),
      ("css/0a1b2c3d4e5f6a7b.css", "css/*.css"),
      ("entry.client-BkT9sQ3e.js", "entry.client-*.js"), ("vendor_12345678.mjs", "vendor_*.mjs"),
      ("_next/static/VrDJ0e2fK9xQpL3mN8tZa/_buildManifest.js", "_next/static/*/_buildManifest.js"),
      ("./dist/app.3f9a1c2e.js", "dist/app.*.js"), ("index-4sK3x9Qa.js.map", "index-*.js.map"),
    ])
  func hashes(name: String, stable: String) {
    #expect(StableName.of(name) == stable)
  }

  @Test(
    "What only looks like one stays",
    arguments: [
      "index-settings.js", "jquery-3.7.1.min.js", "bootstrap-grid-rtl.css", "page-UserList.js",
      "FileSaver.js",
      "logo-1024.png", "icon-512x512.png", "polyfill.js", "chapter1.js", "my-component-a.js", "en-us-v2.json",
      "app-user-api.js", "SECURITY.md", "index.html", "react-dom.production.min.js", "Checkout.js",
      "es2015.js",
      "facade.js", "decade-facade.css", "chunk-vendors.js", "787.chunk.js", "workbox-window.prod.es5.mjs",
      "app (all chunks)", "Settings", "DiwrgTda", "sw.js", "a", "..", "x/y", "apple-touch-icon-180x180.png",
    ])
  func names(name: String) {
    #expect(StableName.of(name) == name)
  }

  @Test("No bundle is the run as a whole, and no name is lost", arguments: ["*", "", "./", "./*"])
  func wholeRun(name: String) {
    #expect(StableName.of(name) != Series.wholeRun && !StableName.of(name).isEmpty)
  }

  @Test("A user and a password are in no name")
  func secrets() {
    #expect(!StableName.of("https://user:s3cret@cdn.example/app.js?token=s3cret").contains("s3cret"))
  }

  private static let alphabets: [(name: String, signs: String, length: Int, most: Double)] = [
    ("hexadecimal", "0123456789abcdef", 8, 0.002), ("hexadecimal", "0123456789abcdef", 20, 0),
    ("base 32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 8, 0.004),
    ("base64url", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 8, 0.012),
  ]

  @Test("Random hashes of every usual alphabet are found", arguments: Self.alphabets)
  func random(name: String, signs: String, length: Int, most: Double) {
    var generator = SeededGenerator(seed: 20)
    let signs = Array(signs)
    let missed = (0..<5_000).count { _ in
      let hash = String((0..<length).map { _ in signs[Int.random(in: 0..<signs.count, using: &generator)] })
      return StableName.of("assets/index-\(hash).js") != "assets/index-*.js"
    }
    #expect(Double(missed) <= most * 5_000, "\(name): \(missed) of 5,000")
  }

  @Test("A stable name is its own: what was named once is named alike ever after")
  func idempotent() {
    var generator = SeededGenerator(seed: 21)
    let signs = Array("abzAZ019.-_~/*? é")
    for _ in 0..<5_000 {
      let name = String(
        (0..<Int.random(in: 0..<24, using: &generator)).map { _ in
          signs[Int.random(in: 0..<signs.count, using: &generator)]
        })
      let stable = StableName.of(name)
      #expect(StableName.of(stable) == stable, "\(name)")
    }
  }
}
