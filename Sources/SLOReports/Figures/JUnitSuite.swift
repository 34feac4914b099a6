import SLOModel

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

  var text: String {
    let start = "<testcase classname=\"\(xml(className))\" name=\"\(xml(name))\""
    let outcome: String
    switch result {
    case .passed: return "    \(start)/>\n"
    case .failure(let type, let message, let text): outcome = element("failure", type, message, text)
    case .error(let type, let message, let text): outcome = element("error", type, message, text)
    case .skipped(let message): outcome = "<skipped message=\"\(xml(message))\"/>"
    }
    return "    \(start)>\n      \(outcome)\n    </testcase>\n"
  }

  private func element(_ name: String, _ type: String, _ message: String, _ text: String) -> String {
    let lines = text.split(separator: "\n").map { xml(String($0)) }.joined(separator: "\n")
    return "<\(name) type=\"\(xml(type))\" message=\"\(xml(message))\">\(lines)</\(name)>"
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
    return "  <testsuite name=\"\(xml(name))\"\(JUnitSuite.counts(cases))\(start)>\n\(properties)"
      + cases.map(\.text).joined() + "  </testsuite>\n"
  }

  static func properties(_ facts: [(String, String)]) -> String {
    let lines = facts.map { "      <property name=\"\(xml($0.0))\" value=\"\(xml($0.1))\"/>\n" }
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
