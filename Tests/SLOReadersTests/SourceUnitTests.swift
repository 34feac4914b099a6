import SLOModel
import SLOReaders
import Testing

@Suite("Units that values come in")
struct SourceUnitTests {
  @Test(
    "The end of a name says the unit",
    arguments: [
      ("wait_s", "s"), ("render_seconds", "s"), ("wait_ms", "ms"), ("db_us", "us"), ("gc_ns", "ns"),
      ("payload_kb", "KB"), ("heap_mb", "MB"), ("sent_bytes", "B"), ("pool_percent", "percent"),
      ("hit_ratio", "ratio"), ("Payload_KB", "KB"), ("a_b_seconds{x:y}", "s"),
    ])
  func suffixes(name: String, unit: String) {
    #expect(MetricCatalogue.sourceUnit(ofCustom: name)?.name == unit)
  }

  @Test(
    "No other name does",
    arguments: [
      "orders_per_s", "frames_per_ms", "seconds", "s", "wait", "status", "items", "wait_s_total", "ms",
    ])
  func others(name: String) { #expect(MetricCatalogue.sourceUnit(ofCustom: name) == nil) }

  @Test("A declaration goes before what k6 says it contains, and that before the name")
  func order() {
    let declared: DeclaredMetrics = ["wait_s": DeclaredMetric(unit: SourceUnit(named: "min"))]
    #expect(MetricCatalogue.sourceUnit(ofCustom: "wait_s", contents: .milliseconds)?.name == "ms")
    #expect(MetricCatalogue.sourceUnit(ofCustom: "wait_s", contents: .bytes)?.name == "B")
    #expect(
      MetricCatalogue.sourceUnit(ofCustom: "wait_s{a:b}", contents: .milliseconds, declared: declared)?.name
        == "min")
    let none: DeclaredMetrics = ["wait_s": DeclaredMetric(unit: SourceUnit(named: "none"))]
    #expect(MetricCatalogue.sourceUnit(ofCustom: "wait_s", declared: none)?.canonical == .unitless)
    let better: DeclaredMetrics = ["wait_s": DeclaredMetric(better: .higher)]
    #expect(MetricCatalogue.sourceUnit(ofCustom: "wait_s", declared: better)?.name == "s")
    #expect(MetricCatalogue.direction(ofCustom: "wait_s", shape: .distribution, declared: better) == .higher)
  }

  @Test(
    "Values become canonical",
    arguments: [
      ("s", 3.2, 3_200), ("us", 18_000, 18), ("ns", 5e6, 5), ("percent", 71, 0.71),
      ("percent", 0.275, 0.00275),
      ("KB", 1.5, 1_500), ("KiB", 1, 1_024), ("ratio", 3.5, 3.5), ("h", 1, 3_600_000), ("count", 7, 7),
      ("/s", 4, 4), ("/min", 120, 2), ("/h", 1_800, 0.5),
    ])
  func conversion(unit: String, value: Double, canonical: Double) throws {
    let found = try #require(SourceUnit(named: unit)).canonical(value)
    #expect(abs(found - canonical) <= canonical * 1e-15)
  }

  @Test("Every unit is read by its name, and takes its values back", arguments: SourceUnit.all)
  func round(unit: SourceUnit) {
    #expect(SourceUnit(named: unit.name) == unit)
    for value in [0, 1, 2.5, 71, 1e6] as [Double] {
      #expect(abs(unit.source(unit.canonical(value)) - value) <= value * 1e-15)
    }
    #expect(unit.isCanonical == (unit.canonical(3) == 3))
  }
}
