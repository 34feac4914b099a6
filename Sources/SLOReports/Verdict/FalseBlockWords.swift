import SLOGate
import SLOModel
import SLOSupport

extension Verdict {
  /// How often an unchanged build is blocked by a regression, as it was measured; nil where nothing was compared.
  var falseBlockSentence: String? {
    falseBlocks?.sentence(on: reference, blocks: policy.regressionBlocks)
  }
}

extension FalseBlockRate {
  /// The rate as a clause.
  /// - Parameters:
  ///   - reference: the branch whose checks were put again.
  ///   - blocks: whether a regression blocks; else it warns.
  func sentence(on reference: String, blocks: Bool) -> String {
    let steps = mode == .twoStep ? " in two steps" : ""
    switch ground {
    case .replayed(let checks):
      let would = blocks ? "would have blocked" : "would have been certain in"
      let blocked = checks.blocked == 0 ? "none" : "\(checks.blocked)"
      let second = mode == .twoStep ? ", and \(checks.suspect) would have needed a second run" : ""
      return
        "replayed\(steps), a regression \(would) \(blocked) of the last \(checks.unchanged) unchanged checks of"
        + " \(reference)\(second)"
    case .simulated(let lowest, let highest, let series):
      return "simulated\(steps), a regression \(blocks ? "blocks" : "is certain in") \(percent(lowest)) to"
        + " \(percent(highest)) of unchanged checks of \(series) series"
    }
  }

  /// The rate in JSON.
  var json: JSONText {
    let figures: [(String, JSONText)] =
      switch ground {
      case .replayed(let checks):
        [
          ("ground", .string("replayed")), ("unchanged", .int(checks.unchanged)),
          ("blocked", .int(checks.blocked)),
        ] + (mode == .twoStep ? [("second_runs", .int(checks.suspect))] : [])
      case .simulated(let lowest, let highest, let series):
        [
          ("ground", .string("simulated")), ("series", .int(series)), ("lowest", .number(lowest)),
          ("highest", .number(highest)),
        ]
      }
    return .object([("mode", .string(mode.rawValue))] + figures)
  }
}
