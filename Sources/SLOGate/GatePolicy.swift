package import SLOBudgets
package import SLOModel
import SLOReaders
package import SLOStatistics

/// How strictly a check judges: what the budgets leave open and what the regression test asks for.
package struct GatePolicy: Sendable {
  /// Room below a limit, as a share of it, from which on a value is "near": 3 %.
  package static let nearShare = 0.03
  /// Days before its end at which a waiver is announced.
  package static let waiverNoticeDays = 14
  /// Commits whose median stands for the present level where slow drift is judged, the candidate among them.
  package static let creepLevel = 5

  /// Repetitions a profile needs to be judged at all.
  package var repetitions = 1
  /// Whether a regression blocks; otherwise it warns.
  package var regressionBlocks = true
  /// Whether what one run cannot tell from a spike is suspect, and blocks only what a second run shows again.
  package var isTwoStep = false
  /// Whether a comparison with too little history is inconclusive.
  package var requiresHistory = false
  /// Whether the history is known to be young: what only lacks comparable commits is then no reason for an
  /// inconclusive verdict.
  package var historyIsYoung = false
  /// Whether somebody said so, and is told when it is no longer true.
  package var saysYoung = false
  /// The profiles the check is about, and those alone; empty: every one that was measured or is asked for.
  package var profiles: Set<String> = []
  /// The regression test's own constants.
  package var test = RegressionPolicy()
  /// The changes too small to matter, where the budget file names them.
  package var settings = RegressionSettings()

  /// The defaults.
  package init() {}

  /// What budget files ask for, and the defaults where they say nothing.
  package init(_ budgets: Budgets) {
    settings = budgets.regression
    repetitions = budgets.repetitions
    regressionBlocks = settings.blocks
    isTwoStep = settings.isTwoStep
    test.window = settings.window ?? test.window
    test.minimumReferences = settings.minimumHistory ?? test.minimumReferences
    test.falseDiscoveryRate = settings.falseDiscoveryRate ?? test.falseDiscoveryRate
    test.relativeFloor = settings.relativeChange ?? test.relativeFloor
  }

  /// Whether a check of some profiles alone is about a profile. A kind's family stands for
  /// each of its profiles.
  /// - Parameter only: the profiles; empty: every one.
  package static func isAbout(_ profile: String, only: Set<String>) -> Bool {
    only.isEmpty || only.contains(profile)
      || EvidenceKind.of(profile: profile).profiles.family.map(only.contains) ?? false
  }

  /// The smallest change of a series that may be a finding, in the series' unit.
  package func floor(of series: Series, unit: MetricUnit) -> Double {
    settings.absoluteChange(in: unit) ?? MetricCatalogue.metric(named: series.metric, in: series.kind)?.floor
      ?? GatePolicy.usualFloor(in: unit)
  }

  /// How long before its commit a result may have been measured, in milliseconds: an hour.
  package static let clockTolerance: Int64 = 3_600_000

  private static func usualFloor(in unit: MetricUnit) -> Double {
    switch unit {
    case .milliseconds: 1
    case .bytes: 1_000
    case .ratio: 0.002
    case .score: 0.03
    case .perSecond, .count, .unitless: 0
    }
  }
}
