@testable import SLOBudgets

/// A budget in which `⟨1⟩`, `⟨2⟩` … mark where problems have to be reported, so that no test counts lines.
struct MarkedSource {
  /// The budget without its marks.
  var text = ""
  /// The marked places, in the order of the text.
  var places: [Place] = []

  init(_ marked: String, file: String = "b.yaml") {
    var (line, column) = (1, 1)
    var characters = marked.unicodeScalars.makeIterator()
    while let character = characters.next() {
      if character == "⟨" {
        places.append(Place(file: file, line: line, column: column))
        while let inner = characters.next(), inner != "⟩" {}
        continue
      }
      text.unicodeScalars.append(character)
      (line, column) = character == "\n" ? (line + 1, 1) : (line, column + 1)
    }
  }
}

/// The problems of a budget; none where it can be read.
func problems(
  in text: String, file: String = "b.yaml", knownMetrics: [String: Set<String>]? = nil
) -> [BudgetProblem] {
  do throws(BudgetProblems) {
    _ = try Budgets.parse(text, file: file, knownMetrics: knownMetrics)
    return []
  } catch {
    return error.problems
  }
}

/// Several files read as one budget.
func parse(files: [(name: String, text: String)]) throws(BudgetProblems) -> Budgets {
  var loader = BudgetLoader(vocabulary: Vocabulary())
  for file in files { loader.add(bytes: Array(file.text.utf8), file: file.name) }
  return try loader.finish()
}
