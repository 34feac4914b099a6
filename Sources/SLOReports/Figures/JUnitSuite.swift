import SLOModel
import SLOSupport

/// A test of JUnit's XML.
struct JUnitCase {
  enum Result {
    case passed
    case failure(type: String, message: String, text: String)
    case error(type: String, message: String, text: String)
    case skipped(message: String)
  }

  var className: String
  var name: String
  var result: Result
  /// What is worth reading though no test fails by it.
  var output = ""

  var text: String {
    let start = "<testcase classname=\"\(xmlText(className))\" name=\"\(xmlText(name))\""
    var elements: [String] = []
    switch result {
    case .passed: break
    case .failure(let type, let message, let text): elements = [element("failure", type, message, text)]
    case .error(let type, let message, let text): elements = [element("error", type, message, text)]
    case .skipped(let message): elements = ["<skipped message=\"\(xmlText(message))\"/>"]
    }
    if !output.isEmpty { elements.append("<system-out>\(lines(output))</system-out>") }
    if elements.isEmpty { return "    \(start)/>\n" }
    return "    \(start)>\n" + elements.map { "      \($0)\n" }.joined() + "    </testcase>\n"
  }

  private func element(_ name: String, _ type: String, _ message: String, _ text: String) -> String {
    "<\(name) type=\"\(xmlText(type))\" message=\"\(xmlText(message))\">\(lines(text))</\(name)>"
  }

  private func lines(_ text: String) -> String {
    text.split(separator: "\n").map { xmlText(String($0)) }.joined(separator: "\n")
  }
}

/// A suite of tests of JUnit's XML, in the dialect that Ant wrote and Jenkins and GitLab read.
struct JUnitSuite {
  var name: String
  var cases: [JUnitCase]
  var timestamp: Timestamp?

  func text(properties: String) -> String {
    // Of ISO 8601 the dialect wants no zone.
    let start = timestamp.map { " timestamp=\"\($0.description.prefix(19))\"" } ?? ""
    return "  <testsuite name=\"\(xmlText(name))\"\(JUnitSuite.counts(cases))\(start)>\n\(properties)"
      + cases.map(\.text).joined() + "  </testsuite>\n"
  }

  static func properties(_ facts: [(String, String)]) -> String {
    let lines = facts.map { "      <property name=\"\(xmlText($0.0))\" value=\"\(xmlText($0.1))\"/>\n" }
    return "    <properties>\n\(lines.joined())    </properties>\n"
  }

  /// How many tests there are, by what they came to, as attributes.
  static func counts(_ cases: [JUnitCase]) -> String {
    var (failures, errors, skipped) = (0, 0, 0)
    for test in cases {
      switch test.result {
      case .passed: break
      case .failure: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }
    return " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
  }
}
