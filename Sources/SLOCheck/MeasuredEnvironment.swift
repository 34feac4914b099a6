import SLOBudgets
import SLOModel
import SLOReaders

/// The environment of a check as its results know it: what they say of it becomes conditions of every run, and what it
/// asks for and nobody states makes it unknown.
struct MeasuredEnvironment {
  /// The environment; unknown where a fact is missing that it requires.
  private(set) var environment: Environment
  /// What does not fit together, a sentence each.
  private(set) var warnings: [String] = []
  /// What results say of the environment of all runs.
  private var facts: [String: String] = [:]
  /// The facts that are required and that results may have, each for itself.
  private var required: [String] = []

  /// - Parameters:
  ///   - environment: as it was named and refined.
  ///   - settings: tuning knobs of the whole check.
  init(
    _ environment: Environment, _ demand: EnvironmentDemand, settings: [String: String],
    stated readings: [Reading]
  ) {
    self.environment = environment
    for reading in readings where !reading.sizing.isEmpty { add(reading) }
    for (table, count) in demand.rows.sorted(by: { $0.key < $1.key }) {
      check(table, count, against: readings)
    }
    for fact in demand.requires where environment.sizing[fact] == nil && facts[fact] == nil {
      if let setting = settings[fact] { facts[fact] = setting } else { required.append(fact) }
    }
    demandFacts(of: readings)
  }

  /// A reading under the conditions of this environment.
  func conditioned(_ reading: Reading) -> Reading {
    guard environment.isKnown else { return reading }
    var reading = reading
    for fact in required { reading.conditions[fact] = reading.statement(of: fact) }
    reading.conditions.merge(facts) { own, _ in own }
    return reading
  }

  /// Takes what one result says; where the environment is declared otherwise, the two are different environments.
  private mutating func add(_ reading: Reading) {
    let names = EvidenceKind.of(profile: reading.profile).profiles
    let scope = names.usual.contains(reading.profile) ? "" : names.shortName(of: reading.profile) + "."
    for (name, value) in reading.sizing.sorted(by: { $0.key < $1.key }) {
      let fact = scope + name
      guard let declared = environment.sizing[fact] ?? facts[fact] else {
        facts[fact] = value
        continue
      }
      guard declared != value else { continue }
      facts[MeasuredEnvironment.measured(fact)] = value
      warnings.append(
        "\(reading.source.path): \(fact) is \(value), \(title) says \(declared): such runs are not compared with those"
          + " of \(declared)")
    }
  }

  /// The name of a fact that was measured otherwise than it is declared.
  private static func measured(_ fact: String) -> String { fact + ".measured" }

  private var title: String { environment.name.map { "the environment \($0)" } ?? "the environment" }

  /// Holds the rows of a table against what the environment declares.
  private mutating func check(
    _ table: String, _ count: EnvironmentDemand.RowCount, against readings: [Reading]
  ) {
    let counts = readings.flatMap(\.measurements).filter(\.series.isRowCount)
    guard !counts.isEmpty else { return }
    guard let measured = counts.first(where: { $0.series.isOf(table: table) })?.value else {
      warnings.append("no count of rows of the table \(table) was given, of which \(title) says \(count)")
      return
    }
    guard !count.admits(measured) else { return }
    let rows = fixed(measured, 0)
    facts[MeasuredEnvironment.measured("\(BudgetKeys.rows).\(table)")] = rows
    warnings.append(
      "the table \(table) has \(rows) rows, \(title) says \(count): such runs are not compared with those at that scale"
    )
  }

  /// Facts that no result has either leave the environment unknown.
  private mutating func demandFacts(of readings: [Reading]) {
    let missing = required.filter { fact in readings.allSatisfy { $0.statement(of: fact) == nil } }
    guard !missing.isEmpty else { return }
    let facts = missing.map { "--env \($0)=…" }.joined(separator: " ")
    warnings.append(
      "\(title) requires \(missing.joined(separator: ", ")), which nothing states: its runs are compared with no other;"
        + " pass \(facts)")
    environment = Environment(name: environment.name, sizing: [:])
  }
}

extension Reading {
  /// What a result says of a fact that an environment requires; nil where it says nothing.
  fileprivate func statement(of fact: String) -> String? {
    conditions[fact] ?? facts[fact] ?? (fact == Reading.versionFact ? toolVersion : nil)
  }

  /// The fact that is the version of the tool.
  private static let versionFact = "tool_version"
}

extension Series {
  /// Whether it is of a table, named with or without its schema.
  fileprivate func isOf(table name: String) -> Bool {
    table.map { $0 == name || $0.hasSuffix("." + name) } ?? false
  }
}
