public import SLOBudgets
package import SLOModel

/// Where the budgets of a gate are.
///
/// ```swift
/// let gate = try Gate(history: .none, budgets: .paths(["budgets/shop.yaml"]))
/// ```
public struct BudgetSource: Sendable {
  private let given: [String]?
  private let parsed: Budgets?

  private init(_ given: [String]?, _ parsed: Budgets? = nil) { (self.given, self.parsed) = (given, parsed) }

  /// The folder `budgets` where it holds a budget file, else the limits that are built in.
  public static let usual = BudgetSource(nil)

  /// The budget files of a folder.
  public static func folder(_ path: String) -> BudgetSource { BudgetSource([path]) }

  /// Budget files and folders.
  public static func paths(_ paths: [String]) -> BudgetSource { BudgetSource(paths.isEmpty ? nil : paths) }

  /// Budgets that were read already.
  public static func budgets(_ budgets: Budgets) -> BudgetSource { BudgetSource([], budgets) }

  /// Where budget files are, or would be; none where they were read already.
  package var paths: [String] { given ?? ["budgets"] }

  /// The budgets.
  /// - Parameters:
  ///   - metrics: the metrics that the results have, by profile; nil where they are unknown.
  ///   - units: the units that the results have of custom metrics.
  ///   - endpointTag: a further tag that names endpoints.
  package func load(
    knowing metrics: [String: Set<String>]? = nil, units: [String: Set<MetricUnit>] = [:],
    endpointTag: String? = nil
  ) throws(BudgetProblems) -> Budgets {
    if let parsed { return parsed }
    guard given != nil || Budgets.hasFiles(in: "budgets") else { return .builtIn }
    return try Budgets.load(
      paths: paths, knownMetrics: metrics, knownUnits: units, endpointTag: endpointTag)
  }

  /// The budgets before it is known which metrics there are; of wrong ones the built-in ones, for they are reported
  /// later.
  package func draft(endpointTag: String?) -> Budgets { (try? load(endpointTag: endpointTag)) ?? .builtIn }
}

extension Budgets {
  /// The budgets of some paths, else of `budgets/` where it exists, else the built-in limits.
  package static func reading(_ paths: [String]) throws(GateError) -> Budgets {
    do {
      return try BudgetSource.paths(paths).load()
    } catch {
      throw GateError(error)
    }
  }

  /// The sizing of an environment that the budgets may name, refined by facts of it.
  package func environment(
    named name: String?, refinedBy facts: [String: String]
  ) throws(UnknownEnvironment) -> Environment {
    let facts = ComposedText.composed(facts)
    guard let name = name.map(ComposedText.composed) else { return Environment(name: nil, sizing: facts) }
    let named = try environment(named: name)
    return Environment(name: name, sizing: named.sizing.merging(facts) { _, given in given })
  }
}
