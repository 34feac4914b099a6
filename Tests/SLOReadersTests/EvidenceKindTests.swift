import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("The kinds of evidence, and the readers of their formats")
struct EvidenceKindTests {
  private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("Ids, sections and prefixes are distinguished")
  func distinct() {
    for name in [\EvidenceKind.id, \.section, \.profiles.every] {
      #expect(Set(EvidenceKind.all.map { $0[keyPath: name] }).count == EvidenceKind.all.count)
    }
    #expect(EvidenceKind.all.filter { $0.profiles.prefix == nil } == [.load])
  }

  @Test("Every kind has a reader, and every reader a kind that is listed", arguments: EvidenceKind.all)
  func readers(kind: EvidenceKind) {
    #expect(Readers.all.contains { $0.kind == kind })
    #expect(Readers.all.allSatisfy { EvidenceKind.all.contains($0.kind) })
  }

  @Test("What a kind shows, offers and tracks are metrics that it has", arguments: EvidenceKind.all)
  func figures(kind: EvidenceKind) throws {
    let display = kind.display
    let shown =
      display.columns.map(\.figure) + display.headline + display.readingOrder + display.leads.joined()
    for figure in shown {
      let traits = try #require(MetricCatalogue.traits(of: figure.metric, in: kind), "\(figure.metric)")
      #expect(traits.shape.has(figure.statistic), "\(figure.metric).\(figure.statistic)")
    }
    #expect(Set(kind.metrics.all.map(\.name)).count == kind.metrics.all.count)
  }

  @Test(
    "A profile is of the kind its name says, and of a load where it says none",
    arguments: [
      ("baseline", "load"), ("test", "load"), ("lighthouse", "load"), ("lighthouse-mobile", "page"),
      ("tests", "test"), ("tests-e2e", "test"), ("testsuite", "load"), ("sizes", "size"), ("size", "load"),
      ("dist", "size"), ("sizes-app", "size"), ("dist-app", "load"), ("snapshot", "snapshot"),
      ("snapshot-gateway", "snapshot"), ("snapshots", "load"), ("facts", "fact"), ("fact", "load"),
      ("facts-cdn", "fact"), ("dataset", "dataset"), ("dataset-messages", "dataset"), ("datasets", "load"),
      ("db", "database"), ("database", "load"), ("db-audit", "database"), ("dba", "load"),
    ])
  func profiles(profile: String, id: String) {
    #expect(EvidenceKind.of(profile: profile).id == id)
  }

  @Test("The manual names every kind, its section and its files", arguments: EvidenceKind.all)
  func manual(kind: EvidenceKind) throws {
    let text = try String(
      contentsOf: Self.package.appendingPathComponent("docs/inputs.md"), encoding: .utf8)
    #expect(text.contains("`\(kind.id)`") && text.contains("`\(kind.section)`"))
  }

  @Test("No tool is named outside its reader's folder, the importers and the exporters")
  func names() throws {
    let sources = Self.package.appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
    #expect(files.count > 300)
    let tools =
      /(?i)lighthouse|k6|playwright|junit|jmeter|gatling|locust|artillery|vegeta|size-limit|bundlewatch|bundlesize|webpack|esbuild|rollup|vite\b/
    for file in files where file.hasSuffix(".swift") && !Self.mayNameTools(file) {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      // The budget language and the command line have words that stay as they are.
      let rest = text.replacing(/k6_thresholds|k6Name/, with: "")
      let line = rest.split(separator: "\n").first { $0.contains(tools) }
      #expect(line == nil, "\(file): \(line ?? "")")
    }
  }

  /// Readers, importers and exporters, what names the options, and the reports that are JUnit's own.
  private static func mayNameTools(_ file: String) -> Bool {
    [
      "SLOReaders/K6/", "SLOReaders/Samples/", "SLOReaders/LoadTools/", "SLOReaders/Lighthouse/",
      "SLOReaders/Tests/", "/Exchange/", "SLOReaders/Sizes/",
      "/Exports/", "SLOExchange/", "slogate/Commands/Init", "slogate/Commands/Budgets/BudgetsImport",
      "slogate/Commands/Budgets/BudgetsExport", "slogate/Options/", "slogate/Usage/", "slogate/Starter/",
      "SLOBudgets/Services/",
      "SLOReports/Services/",
      "SLOReports/Figures/JUnit", "SLOReports/ReportFormat", "SLOReaders/ForeignJSON",
      "SLOReaders/MetricCatalogue",
      "SLOReaders/Readers",
    ].contains { file.contains($0) }
  }
}
