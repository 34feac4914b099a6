import Testing

@testable import SLOBudgets

@Suite("Names that other tools take")
struct SlugTests {
  @Test("A name keeps what it can, and two texts never share one")
  func slugs() {
    #expect(Slug.text("shop-1") == "shop-1")
    let names = ["Shop", "shop ", "-shop", "shop", "é", "", String(repeating: "a", count: 200)].map {
      Slug.text($0)
    }
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.utf8.count <= 63 && !name.hasPrefix("-") && !name.hasSuffix("-"))
      #expect(name.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 })
    }
  }
}
