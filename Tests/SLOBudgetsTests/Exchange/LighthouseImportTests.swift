import Testing

@testable import SLOBudgets

@Suite("Lighthouse's budgets and assertions as a budget")
struct LighthouseImportTests {
  @Test("Sizes are KiB, timings milliseconds, paths prefixes; what is at the bound is within it")
  func budget() throws {
    let budget = try Imported(
      """
      [{"path": "/*",
        "resourceSizes": [{"resourceType": "script", "budget": 250}, {"resourceType": "wasm", "budget": 1}],
        "resourceCounts": [{"resourceType": "third-party", "budget": 10}],
        "timings": [{"metric": "interactive", "budget": 5000, "tolerance": 500}]},
       {"path": "/shop$", "resourceSizes": [{"resourceType": "total", "budget": 700.5}, {"budget": "many"}],
        "options": {"firstPartyHostnames": ["a.example"]}}]
      """)
    let everywhere: Set = [
      "resource.script.size <= 256000", "resource.third-party.count <= 10", "interactive.value <= 5000",
    ]
    #expect(budget.limits("lighthouse-mobile", "/about") == everywhere)
    #expect(
      budget.limits("lighthouse-desktop", "/shop") == everywhere.union(["resource.total.size <= 717312"]))
    #expect(budget.limits("lighthouse-mobile", "/shop/a") == everywhere)
    #expect(budget.remarks(at: "2:64", "unknown resource type in 'resource.wasm.size'"))
    #expect(budget.remarks(at: "4:15", "its tolerance of 500 has no counterpart"))
    #expect(budget.remarks(at: "5:83", "must have a resourceType and a budget in figures"))
    #expect(budget.remarks(at: "6:3", "'options' has no counterpart"))
    #expect(budget.remarks(at: "1:1", "of several paths that match"))
  }

  @Test("Assertions: errors block, warnings warn, what asks for nothing asks for a score of 0.9")
  func assertions() throws {
    let budget = try Imported(
      """
      ci:
        extends: ./base.json
        collect: { numberOfRuns: 3, settings: { preset: desktop } }
        assert:
          preset: lighthouse:recommended
          assertions:
            categories:performance: [warn, { minScore: 0.5, aggregationMethod: median }]
            categories:accessibility: error
            first-contentful-paint: [error, { maxNumericValue: 2000 }]
            resource-summary:script:size: [warn, { maxNumericValue: 125952, aggregationMethod: pessimistic }]
            dom-size: ["off"]
            viewport: error
            unused-javascript: [warn, { maxLength: 0 }]
            seo: fatal
      """)
    #expect(
      budget.limits("lighthouse-desktop", "/a?b=c") == [
        "performance.score >= 0.5?", "accessibility.score >= 0.9", "first-contentful-paint.value <= 2000",
        "resource.script.size <= 125952?", "viewport.score >= 0.9", "unused-javascript.count <= 0?",
      ])
    #expect(budget.limits("lighthouse-mobile", "/a").isEmpty)
    #expect(budget.remarks(at: "2:12", "it extends ./base.json"))
    #expect(budget.remarks(at: "3:28", "numberOfRuns is 3"))
    #expect(budget.remarks(at: "5:13", "the preset lighthouse:recommended asserts on a list of audits"))
    #expect(budget.remarks(at: "14:7", "its level must be error, warn or off, found 'fatal'"))
    #expect(budget.text.contains("minScore 0.9 (optimistic)") && !budget.text.contains("(median)"))
    #expect(
      budget.remarks.contains(
        "in: pessimistic: of several runs Lighthouse CI takes the worst value, slogate the median"))
  }

  @Test("Scores, items and user timings of any audit; what Lighthouse CI ignores is ignored")
  func audits() throws {
    let budget = try Imported(
      """
      assertions:
        firstContentfulPaint: [error, { minScore: 0.8, maxNumericValue: 2000 }]
        uses-text-compression: [error, { maxLength: 2 }]
        user-timings:Hero Image: [warn, { maxNumericValue: 1500 }]
        render-blocking-resources: [warn, { numericValue: 0 }]
        csp-xss: [warn, { minScore: 0 }]
        performance-budget: error
        seo: error
        user-timings.first.paint: [error, { maxNumericValue: 900 }]
        user-timings:late: error
      """)
    #expect(
      budget.limits("lighthouse-mobile", "/") == [
        "first-contentful-paint.score >= 0.8", "first-contentful-paint.value <= 2000",
        "uses-text-compression.count <= 2", "user-timings:hero-image.value <= 1500?",
        "render-blocking-resources.score >= 0.9?", "user-timings:first-paint.value <= 900",
      ])
    #expect(budget.remarks(at: "5:39", "numericValue is no option of Lighthouse CI"))
    #expect(budget.remarks(at: "6:3", "every score holds it"))
    #expect(budget.remarks(at: "7:3", "import budget.json"))
    #expect(budget.remarks(at: "8:3", "a category is asserted as categories:seo"))
    #expect(budget.remarks(at: "10:3", "no figure that slogate measures"))
  }

  @Test("A matrix is limits of the pages its patterns match")
  func matrix() throws {
    let budget = try Imported(
      """
      {"ci": {"assert": {"assertMatrix": [
        {"matchingUrlPattern": "^https://shop\\\\.example/cart$", "assertions": {"speed-index": ["error", {"maxNumericValue": 1}]}},
        {"matchingUrlPattern": "/blog/", "assertions": {"speed-index": ["error", {"maxNumericValue": 2}]}},
        {"matchingUrlPattern": "/(a|b)", "assertions": {"speed-index": ["error", {"maxNumericValue": 3}]}}
      ]}}}
      """)
    #expect(budget.limits("lighthouse-mobile", "/cart") == ["speed-index.value <= 1"])
    #expect(budget.limits("lighthouse-mobile", "/cart/2").isEmpty)
    #expect(budget.limits("lighthouse-mobile", "/de/blog/1") == ["speed-index.value <= 2"])
    #expect(budget.remarks(at: "4:3", "the pattern /(a|b) says more than a glob can"))
    #expect(budget.remarks.contains { $0.contains("holds a page to all") })
  }

  @Test(
    "Patterns of URLs as globs over path and query",
    arguments: [
      (".*", "*"), ("app", "*app*"), ("/app$", "*/app"), ("^http://localhost:8080/$", "/"),
      ("http://localhost/a/.*", "/a/*"), ("^https://a\\.example", "/*"), ("/x\\?y=1", "*/x?y=1*"),
      ("[^/]+", nil), ("a|b", nil), ("\\d", nil),
    ] as [(String, String?)])
  func pattern(pattern: String, glob: String?) {
    #expect(URLPattern.glob(pattern) == glob)
  }

  @Test("Budgets within the configuration are taken too")
  func nested() throws {
    let budget = try Imported(
      """
      {"ci": {"collect": {"settings": {"budgets": [{"resourceSizes": [{"resourceType": "script", "budget": 1}]}]}},
        "assert": {"budgetsFile": "./budget.json"}}}
      """)
    #expect(budget.limits("lighthouse-mobile", "/") == ["resource.script.size <= 1024"])
    #expect(budget.remarks(at: "2:29", "the budgets are in ./budget.json: import that too"))
  }
}
