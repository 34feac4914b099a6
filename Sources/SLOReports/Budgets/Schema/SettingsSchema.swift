import SLOBudgets
import SLOGate
import SLOModel
import SLOStatistics
import SLOSupport

/// Rules, waivers and how regressions are judged.
enum SettingsSchema {
  private static let relation = "^\\s*[^<>=!~\\s][^<>=!~]*(<=|>=|<|>)[^<>=!~]*[^<>=!~\\s]\\s*$"

  static var rule: JSONText {
    let relation = SchemaPart.text(
      "FIGURE <= NUMBER * FIGURE, or FIGURE >= QUANTITY. It holds for each endpoint that has both.",
      pattern: relation,
      ["spike.p95 <= 3 * baseline.p95", "vus_max >= 500"])
    let mapping = SchemaPart.mapping("A rule with settings.", BudgetKeys.rule, required: ["rule"]) { key in
      switch key {
      case "rule": relation
      case "severity":
        SchemaPart.described(
          "Whether a broken rule blocks or only warns.",
          [("enum", .inline(.array([.string("block"), .string("warn")]))), ("default", .string("block"))])
      case "optional":
        SchemaPart.flag("Whether results may lack the rule's figures; else it is inconclusive.", usual: false)
      case "owner": SchemaPart.text("Who decides about it; else the owner of the file.", ["platform-team"])
      default: nil
      }
    }
    return .object([("anyOf", .array([relation, mapping]))])
  }

  static var regression: JSONText {
    let policy = GatePolicy().test
    return SchemaPart.mapping(
      "How a change against the history is judged.", BudgetKeys.regression, mayBeEmpty: true
    ) { key in
      switch key {
      case "block": SchemaPart.flag("Whether a regression blocks a release; else it warns.", usual: true)
      case "two_step":
        SchemaPart.flag("Whether a regression blocks only once a second run shows it again.", usual: false)
      case "false_discovery_rate":
        BoundForm.share(
          "The share of false alarms among the regressions that only warn (Benjamini and"
            + " Hochberg).", usual: policy.falseDiscoveryRate, isPositive: true)
      case "min_change": minimumChange
      case "window":
        SchemaPart.wholeNumber(
          "How many comparable commits are looked back on.", BudgetKeys.window, usual: policy.window)
      case "min_history":
        SchemaPart.wholeNumber(
          "How many comparable commits a comparison needs; with fewer nothing is compared. No"
            + " more than window.", BudgetKeys.window,
          usual: policy.minimumReferences)
      case "creep": creep
      default: nil
      }
    }
  }

  private static var minimumChange: JSONText {
    let absolute = SchemaPart.mapping(
      "In the unit of the metric, for each kind of unit.", BudgetKeys.absoluteChange
    ) { key in
      switch key {
      case "time": BoundForm.quantity("The smallest change of a time.", .time, usual: floor(.milliseconds))
      case "ratio":
        BoundForm.share(
          "The smallest change of a share, in points: 0.2% is 0.2 points.",
          usual: GatePolicy().floor(of: anySeries, unit: .ratio), isPositive: false)
      case "size": BoundForm.quantity("The smallest change of a size.", .size, usual: floor(.bytes))
      default: nil
      }
    }
    return SchemaPart.mapping(
      "Changes that are too small to be a finding. Both bounds count:"
        + " a finding is beyond the relative and the absolute one.", BudgetKeys.minimumChange
    ) { key in
      switch key {
      case "relative":
        BoundForm.share(
          "As a share of the typical value of the history.", usual: GatePolicy().test.relativeFloor,
          isPositive: false)
      case "absolute": absolute
      default: nil
      }
    }
  }

  /// A metric that has no floor of its own.
  private static let anySeries = Series(profile: "", metric: "", statistic: .p95)

  private static func floor(_ unit: MetricUnit) -> String {
    BoundText.quantity(GatePolicy().floor(of: anySeries, unit: unit), unit)
  }

  private static var creep: JSONText {
    SchemaPart.mapping(
      "The drift since a pinned release that blocks, in steps however small: the median of the"
        + " last five commits is held against the level at the anchor.", BudgetKeys.creep,
      required: BudgetKeys.creep,
      examples: [.object(["anchor": "v1.4.0", "max": "10%"])]
    ) { key in
      switch key {
      case "anchor":
        SchemaPart.text("The release to measure from: a tag, a commit or a day.", ["v1.4.0", "2026-06-30"])
      case "max":
        BoundForm.share("The worsening since then that is allowed, as a share.", usual: nil, isPositive: true)
      default: nil
      }
    }
  }

  static var waiver: JSONText {
    SchemaPart.mapping(
      "A looser limit until a day, never none.", BudgetKeys.waiver + [BudgetKeys.waiverProfile],
      required: BudgetKeys.waiver,
      examples: [
        .object([
          "endpoint": "auth.login", "metric": "p95", "profile": "spike", "max": "1.2s", "until": "2026-12-31",
          "owner": "ops", "reason": "SRE-812 token cache rollout",
        ])
      ]
    ) { key in
      switch key {
      case "endpoint":
        SchemaPart.text(
          "The endpoint or page it is for. A * in the name is any text; alone it is the run as"
            + " a whole.", ["auth.login"])
      case "metric": SchemaPart.text("The metric, as a limit names it.", ["p95", "error_rate"])
      case "max": SchemaPart.reference("waivedBound", "The looser bound, without an operator.")
      case "until":
        SchemaPart.text(
          "The last day it holds, in UTC.", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", ["2026-12-31"])
      case "owner": SchemaPart.text("Who answers for it.", ["ops"])
      case "reason": SchemaPart.text("Why, and where it is followed up.", ["SRE-812 token cache rollout"])
      case BudgetKeys.waiverProfile:
        SchemaPart.text("The profile it is for; every profile without it.", ["spike"])
      default: nil
      }
    }
  }
}
