import SLOBudgets
import SLOCheck
import SLOGate
import SLOModel
import Testing

@Suite("The environment as results know it")
struct MeasuredEnvironmentTests {
  private let shop: Shop

  init() throws { shop = try Shop() }

  /// What a database says of itself: a setting, and the rows of a table.
  private func database(
    _ sizing: [String: String] = [:], rows: Double? = nil, of table: String = "public.messages",
    profile: String = "tests"
  ) -> Reading {
    var reading = Reading(
      profile: profile, source: Reading.Source(path: "db.csv", format: "x", sha256: "\(sizing)\(rows ?? 0)"))
    reading.sizing = sizing
    reading.measurements =
      rows.map { rows in
        [
          MetricValue(
            series: Series(profile: profile, endpoint: "table \(table)", metric: "rows", statistic: .value),
            value: rows, unit: .count)
        ]
      } ?? []
    return reading
  }

  private func verdict(
    _ readings: [Reading], budget: String, environment: String? = "perf", settings: [String: String] = [:],
    sizing: [String: String] = [:]
  ) throws -> Verdict {
    shop.budget = budget
    var request = CheckRequest(service: "shop", commit: sha(1), environment: environment, sizing: sizing)
    request.settings = settings
    return try shop.gate().check(readings, of: request)
  }

  /// The conditions that the run of the baseline has.
  private func conditions(of verdict: Verdict) -> [String: String]? {
    verdict.runs.map(\.run).first { $0.profile == "baseline" }?.reading.conditions
  }

  private let perf = "environments: { perf: { stage: perf } }"

  @Test("What a database says of its settings is a condition of every run of the check")
  func settings() throws {
    let verdict = try verdict([shop.result(200), database(["pg_work_mem": "64MB"])], budget: perf)
    #expect(conditions(of: verdict) == ["pg_work_mem": "64MB"])
    #expect(verdict.environment.sizing == ["stage": "perf"], "what was named is named as before")
    #expect(verdict.warnings.isEmpty)
  }

  @Test("A database with a name of its own has facts of its own")
  func twoDatabases() throws {
    let billing = database(["pg_jit": "off"], profile: "tests-billing")
    let verdict = try verdict([shop.result(200), database(["pg_jit": "on"]), billing], budget: perf)
    #expect(conditions(of: verdict) == ["pg_jit": "on", "billing.pg_jit": "off"])
  }

  @Test("A setting that differs from the declared one is another environment, and is said")
  func drift() throws {
    let verdict = try verdict(
      [shop.result(200), database(["pg_work_mem": "4MB"])],
      budget: "environments: { perf: { pg_work_mem: 64MB } }")
    #expect(conditions(of: verdict) == ["pg_work_mem.measured": "4MB"])
    #expect(
      verdict.warnings == [
        "db.csv: pg_work_mem is 4MB, the environment perf says 64MB: such runs are not compared with those of 64MB"
      ])
  }

  @Test("Rows within the tolerance are those of the environment", arguments: [19e6, 20e6, 21e6])
  func scale(rows: Double) throws {
    let budget = "environments: { perf: { rows: { messages: 20M ±5% } } }"
    let verdict = try verdict([shop.result(200), database(rows: rows)], budget: budget)
    #expect(conditions(of: verdict) == [:] && verdict.warnings.isEmpty)
  }

  @Test("Rows outside the tolerance are another scale, which is compared with none of this one")
  func otherScale() throws {
    let budget = "environments: { perf: { rows: { messages: 20M } } }"
    let verdict = try verdict([shop.result(200), database(rows: 12e6)], budget: budget)
    #expect(conditions(of: verdict) == ["rows.messages.measured": "12000000"])
    #expect(
      verdict.warnings.first?.contains("has 12000000 rows, the environment perf says 20000000 ±10%") == true)
  }

  @Test("A table that was counted without the one declared is a warning")
  func uncounted() throws {
    let budget = "environments: { perf: { rows: { messages: 20M } } }"
    let verdict = try verdict([shop.result(200), database(rows: 5, of: "public.users")], budget: budget)
    #expect(verdict.warnings.first?.contains("no count of rows of the table messages") == true)
  }

  @Test("Without a required fact the environment is unknown, and the warning says what to pass")
  func missingFact() throws {
    let budget = "environments: { perf: { stage: perf, requires: [rds_class, memory] } }"
    let verdict = try verdict([shop.result(200)], budget: budget, sizing: ["memory": "1GB"])
    #expect(!verdict.environment.isKnown)
    #expect(
      verdict.warnings == [
        "the environment perf requires rds_class, which nothing states: its runs are compared with no other; pass"
          + " --env rds_class=…"
      ])
  }

  @Test("A fact that only a tuning knob or the results have becomes a condition")
  func promotedFacts() throws {
    let budget = "environments: { perf: { stage: perf, requires: [pool, tool_version, region] } }"
    var result = shop.result(200)
    (result.toolVersion, result.facts) = ("1.2.0", ["region": "eu"])
    let verdict = try verdict([result], budget: budget, settings: ["pool": "20"])
    #expect(conditions(of: verdict) == ["pool": "20", "tool_version": "1.2.0", "region": "eu"])
    #expect(verdict.environment.isKnown && verdict.warnings.isEmpty)
  }
}
