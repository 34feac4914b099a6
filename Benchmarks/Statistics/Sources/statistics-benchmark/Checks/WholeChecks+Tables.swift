extension WholeChecks {
  /// The checks of one world and size, whatever the length of the history.
  struct Row {
    var world: World.Kind
    var endpoints: Int
    var outcome: CheckOutcomes

    /// Series of a check.
    var series: Int { outcome.series / max(1, outcome.blocked.checks) }
  }

  static func rows(of outcomes: [(cell: Cell, outcome: CheckOutcomes)]) -> [Row] {
    World.Kind.allCases.flatMap { world in
      sizes.map { size in
        let cells = outcomes.filter { $0.cell.world == world && $0.cell.endpoints == size }
        return Row(
          world: world, endpoints: size, outcome: cells.reduce(into: CheckOutcomes()) { $0.add($1.outcome) })
      }
    }
  }

  /// Shows every cell, and what a world comes to.
  static func show(_ outcomes: [(cell: Cell, outcome: CheckOutcomes)]) {
    var table = Table(
      title: "Whole checks in one step → in two: blocked or found, in per cent",
      header: [
        "world", "endpoints", "commits", "unchanged: blocked", "by error rates alone", "second run needed",
        "one +10 %", "+20 %", "+50 %", "all +10 %", "errors +2 points",
      ])
    table.rows = outcomes.map { cell, outcome in
      [cell.world.rawValue, "\(cell.endpoints)", "\(cell.commits)"] + cells(of: outcome)
    }
    table.show()
    table.title = "The same over 8, 15 and 30 commits"
    table.header[2] = "series"
    table.rows = rows(of: outcomes).map { row in
      [row.world.rawValue, "\(row.endpoints)", "\(row.series)"] + cells(of: row.outcome)
    }
    table.show()
  }

  private static func cells(of outcome: CheckOutcomes) -> [String] {
    let checks = Double(outcome.blocked.checks)
    let shares = [outcome.blockedByFailures, outcome.suspects].map { fixed(100 * Double($0) / checks) }
    let power = [Build.slower10, .slower20, .slower50, .all10, .failing].map { build in
      outcome.found[build, default: StepCounts()].cell(0)
    }
    return [outcome.blocked.cell(1)] + shares + power
  }

  /// The rows that slogate's reports state where a history is too short, as the Swift file that holds them.
  func showSource() {
    let rows = WholeChecks.rows(of: outcomes())
    print(
      """
      extension SimulatedFalseBlocks {
        /// What `nice swift run -c release --package-path Benchmarks/Statistics statistics-benchmark --checks --table --seed \(seed) --draws \(cases)`
        /// prints: histories of 8, 15 and 30 commits together, \(grouped(cases)) unchanged checks of each; of 100 endpoints a third.
        package static let rows: [Row] = [
      """)
    for row in rows {
      let checks = Double(row.outcome.blocked.checks)
      let shares = [row.outcome.blocked.oneStep, row.outcome.blocked.twoSteps, row.outcome.suspects]
        .map { fixed(Double($0) / checks, 3) }
      print(
        """
            Row(
              "\(row.world.rawValue)", endpoints: \(row.endpoints), series: \(row.series), oneStep: \(shares[0]), twoSteps: \(shares[1]),
              secondRuns: \(shares[2])),
        """)
    }
    print("  ]\n}")
  }
}
