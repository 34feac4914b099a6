import Foundation
import SLOBudgets
import SLOModel
import SLOReaders
import Testing

@testable import SLOReports

@Suite("The schema of the budget language")
struct BudgetSchemaTests {
  private let schema: [String: Any]

  init() throws {
    let root = try JSONSerialization.jsonObject(with: Data(budgetSchema().utf8))
    schema = try #require(root as? [String: Any])
  }

  private func properties(_ definition: String) throws -> [String: [String: Any]] {
    let definitions = try #require(schema["definitions"] as? [String: [String: Any]])
    return try #require(definitions[definition]?["properties"] as? [String: [String: Any]])
  }

  @Test("It has the reader's keys and no others")
  func keys() throws {
    let sections = try #require(schema["properties"] as? [String: Any])
    #expect(Set(sections.keys) == Set(BudgetKeys.sections))
    #expect(Set(try properties("regression").keys) == Set(BudgetKeys.regression))
    #expect(Set(try properties("waiver").keys) == Set(BudgetKeys.waiver + [BudgetKeys.waiverProfile]))
    #expect(Set(try properties("endpoint").keys).isSuperset(of: BudgetKeys.endpoint + BudgetWords.profiles))
    #expect(Set(try properties("pageEntry").keys).isSuperset(of: BudgetKeys.subject(of: .page)))
  }

  @Test("Every key that an editor offers is described")
  func descriptions() throws {
    let keys = described(schema, at: "$")
    #expect(keys.count > 80)
    for (key, description) in keys { #expect(description?.hasSuffix(".") == true, "\(key)") }
  }

  /// The properties anywhere in a schema, with their descriptions.
  private func described(_ node: Any, at path: String) -> [(String, String?)] {
    if let list = node as? [Any] { return list.flatMap { described($0, at: path) } }
    guard let object = node as? [String: Any] else { return [] }
    let properties = (object["properties"] as? [String: Any]) ?? [:]
    return properties.map { ("\(path).\($0)", ($1 as? [String: Any])?["description"] as? String) }
      + object.flatMap { described($1, at: "\(path).\($0)") }
  }

  @Test("Every reference leads somewhere")
  func references() throws {
    let definitions = try #require(schema["definitions"] as? [String: Any])
    let names = budgetSchema().matches(of: /#\/definitions\/(\w+)/).map { String($0.1) }
    #expect(Set(names).subtracting(definitions.keys).isEmpty && names.count > 50)
  }

  @Test("Every metric it offers is one a budget may name, in the form its bound has")
  func metrics() throws {
    for kind in EvidenceKind.all {
      for key in kind.keys { _ = try NamedFigure(parsing: key.name, of: kind) }
    }
    let text = try budget(of: EvidenceKind.load.keys.map(\.name), under: "run: { baseline:", of: .load)
    _ = try Budgets.parse(text, file: "load.yaml")
    let pages = try budget(
      of: ["performance", "lcp", "cls", "resource.script.size", "seo"], under: "pages: { \"/\":",
      of: .page)
    _ = try Budgets.parse(pages, file: "pages.yaml")
  }

  /// A budget with the first example of each bound; `p50` and `med` are two names of one figure to people alone.
  private func budget(of keys: [String], under section: String, of kind: EvidenceKind) throws -> String {
    let definitions = try #require(schema["definitions"] as? [String: [String: Any]])
    let limits = try keys.map { key in
      let figure = try NamedFigure(parsing: key)
      let traits = try #require(MetricCatalogue.traits(of: figure.metric))
      let form = BoundForm(traits, figure.statistic, in: kind)
      let examples = try #require(definitions[form.name + "Bound"]?["examples"] as? [String])
      return "\"\(key)\": \"\(examples[0])\""
    }
    return "\(section) { \(limits.joined(separator: ", ")) } }"
  }

  @Test("The defaults it tells are those that hold")
  func defaults() throws {
    let regression = try properties("regression")
    #expect(regression["window"]?["default"] as? Int == 30)
    #expect(regression["min_history"]?["default"] as? Int == 4)
    #expect(regression["false_discovery_rate"]?["default"] as? String == "20%")
  }
}
