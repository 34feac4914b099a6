internal import SLOSupport

/// The services of a repository, as `slogate.yaml` at its root names them.
///
/// ```yaml
/// version: 1
/// defaults: { environment: perf }
/// services:
///   orders: { profiles: { baseline: results/orders/baseline-*.json.gz } }
///   search: { profiles: { baseline: results/search/baseline.json } }
/// ```
package struct ServicesFile: Sendable {
  /// What the file is called. Commands look for it in the folder they run in.
  package static let usualName = "slogate.yaml"

  /// The services, in the order of the file.
  package let services: [ServiceSettings]

  /// Reads the file.
  /// - Returns: nil where there is none.
  /// - Throws: everything that is wrong in it.
  package static func read(_ path: String = usualName) throws(BudgetProblems) -> ServicesFile? {
    guard FileSystem.exists(path) else {
      let other = path.hasSuffix(".yaml") ? String(path.dropLast(4)) + "yml" : path
      guard other != path, FileSystem.exists(other) else { return nil }
      throw BudgetProblems([BudgetProblem("is not read", at: Place(file: other), hint: "call it \(path)")])
    }
    let bytes: [UInt8]
    do throws(BudgetProblem) { bytes = try BudgetFiles.contents(of: path) } catch {
      throw BudgetProblems([error])
    }
    return try ServicesFile(parsing: bytes, file: path)
  }

  /// Reads the bytes of a file.
  /// - Parameter file: the name its problems are reported under.
  package init(parsing bytes: [UInt8], file: String) throws(BudgetProblems) {
    var problems: [BudgetProblem] = []
    var services: [ServiceSettings] = []
    do throws(BudgetProblem) {
      guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
        throw BudgetProblem(
          "is empty, expected services", at: Place(file: file, line: 1, column: 1),
          hint: "write services: { orders: { profiles: { baseline: results/orders.json } } }")
      }
      var composer = try YAMLComposer(YAMLText(bytes: bytes, file: file))
      let root = try composer.document()
      var reader = BudgetReader(vocabulary: Vocabulary())
      services = reader.services(root)
      problems = composer.problems + reader.problems
    } catch {
      problems.append(error)
    }
    guard problems.isEmpty else { throw BudgetProblems(problems) }
    self.services = services
  }

  /// The service of a name.
  package subscript(name: String) -> ServiceSettings? { services.first { $0.name == name } }

  /// What to say to a name that the file does not have.
  package func hint(for name: String) -> String? { Suggestion.hint(for: name, among: services.map(\.name)) }

  /// Where the budgets are of a service whose entry names none: `budgets/NAME/` or `budgets/NAME.yaml`, whichever is
  /// there; none: where a command looks for them by itself.
  package static func usualBudgets(of service: String) -> [String] {
    ["budgets/\(service)", "budgets/\(service).yaml", "budgets/\(service).yml"].first(
      where: FileSystem.exists
    )
    .map { [$0] } ?? []
  }
}
