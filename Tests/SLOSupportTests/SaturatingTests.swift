import Testing

@testable import SLOSupport

@Suite("Every number has an integer")
struct SaturatingTests {
  @Test(
    "The whole part, or the nearest that fits",
    arguments: [
      (0.0, 0), (-0.0, 0), (1.9, 1), (-1.9, -1), (1e308, Int.max), (-1e308, Int.min),
      (Double.infinity, Int.max),
      (-Double.infinity, Int.min), (Double.nan, 0), (0x1p63, Int.max), (-0x1p63, Int.min), (1e-300, 0),
    ])
  func saturating(number: Double, whole: Int) { #expect(Int(saturating: number) == whole) }

  @Test("A sum stays within what an integer holds")
  func sums() {
    #expect([1, 2, 3].saturatingSum() == 6 && [Int.max, 1, 1].saturatingSum() == .max)
    #expect([Int.min, -1].saturatingSum() == .min && [Int]().saturatingSum() == 0)
  }
}
