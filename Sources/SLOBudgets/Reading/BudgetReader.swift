internal import SLOModel

import SLOReaders

/// Reads the nodes of one file and collects everything that is wrong with them.
///
/// Each section has a file of its own; a section that is wrong is left out, and the next one is read.
struct BudgetReader {
  let vocabulary: Vocabulary
  /// What was wrong so far.
  private(set) var problems: [BudgetProblem] = []
  /// The keys read so far: most entries name the same few metrics.
  var keys: [EvidenceKind: [String: MetricKey]] = [:]
  /// The file's owner, for limits whose entry names none.
  private(set) var owner: String?

  init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// What the file says, as far as it can be understood.
  mutating func read(_ root: YAMLNode, path: String) -> BudgetFile {
    var file = BudgetFile(path: path)
    let sections = fields(of: root, in: "a budget file", known: BudgetKeys.sections)
    func section(_ name: String) -> YAMLNode? { sections[name].flatMap { $0.value.isNull ? nil : $0.value } }
    section("version").map { checkVersion($0) }
    if let node = section("owner"), let name = text(node, of: "owner") {
      owner = name
      file.settings.owner = Placed(value: name, place: node.place)
    }
    file.service = section("service").flatMap { node in
      text(node, of: "service").map { Placed(value: $0, place: node.place) }
    }
    file.environments = section("environments").map { environments($0) } ?? []
    file.repetitions = section("repetitions").flatMap { node in
      wholeNumber(node, of: "repetitions", in: BudgetKeys.repetitions).map {
        Placed(value: $0, place: node.place)
      }
    }
    for name in BudgetReader.settings { section(name).map { setting(name, $0, into: &file.settings) } }
    section("defaults").map { defaults($0, into: &file) }
    section("run").map { run($0, into: &file) }
    section("endpoints").map { endpoints($0, into: &file) }
    for kind in EvidenceKind.sectioned { section(kind.section).map { subjects(of: kind, $0, into: &file) } }
    file.rules = section("rules").map { rules($0) } ?? []
    for rule in file.rules where !rule.isOptional {
      for profile in rule.figures.compactMap(\.profile) { file.expectations.note(profile, at: rule.place) }
    }
    if let pair = sections["regression"], !pair.value.isNull {
      file.regression = Placed(value: regression(pair.value), place: pair.key.place)
    }
    file.waivers = section("waivers").map { waivers($0) } ?? []
    return file
  }

  /// Notes a problem.
  mutating func report(_ message: String, at place: Place, hint: String? = nil) {
    problems.append(BudgetProblem(message, at: place, hint: hint))
  }

  /// Notes problems found elsewhere.
  mutating func report(_ found: [BudgetProblem]) { problems += found }

  private mutating func checkVersion(_ node: YAMLNode) {
    guard let version = text(node, of: "version"), version != "1" else { return }
    report(
      "version '\(version)' of the budget language is unknown", at: node.place,
      hint: "this slogate reads version 1")
  }
}
