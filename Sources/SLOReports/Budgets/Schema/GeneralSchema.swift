import SLOBudgets
import SLOModel
import SLOReaders
import SLOSupport

/// The sections about profiles, samples, load, thresholds of the script, hosts and custom metrics.
enum GeneralSchema {
  static func section(_ name: String) -> JSONText? {
    switch name {
    case "profiles":
      entries(
        "What holds of a profile as a whole.",
        examples: .object([("spike", .object([("optional", .bool(true))]))]), profile)
    case "min_samples": minimumSamples
    case "load": load
    case "k6_thresholds":
      SchemaPart.described(
        "What a crossed threshold of the \(EvidenceKind.load.source) script does on a figure that has no limit.",
        [
          ("enum", .inline(.array(ScriptThresholds.allCases.map { .string($0.rawValue) }))),
          ("default", .string("block")),
        ])
    case "hosts":
      entries(
        "Names of hosts, which their endpoints carry: admin/health.",
        examples: .object(["admin.example": "admin"]), SchemaPart.scalar)
    case "metrics":
      entries(
        "What a custom metric's name does not say.",
        examples: .object([("cdn_hit_rate", .object(["unit": "percent", "better": "higher"]))]), metric)
    default: nil
    }
  }

  static var minimumSamples: JSONText {
    SchemaPart.wholeNumber(
      "Fewer samples than this make a limit on a percentile or a rate inconclusive.", BudgetKeys.samples,
      usual: Budgets.builtIn.minimumSamples(profile: "", endpoint: ""))
  }

  /// The query parameters of a page.
  static var query: JSONText {
    SchemaPart.described(
      "The query parameters that belong to the page's name: one, or a list.",
      [
        (
          "anyOf",
          .array([
            SchemaPart.scalar, .object([("type", .string("array")), ("items", SchemaPart.scalar)]),
          ])
        )
      ] + SchemaPart.examples(["q"]))
  }

  private static var profile: JSONText {
    SchemaPart.mapping("Settings of a profile.", BudgetKeys.profile) { key in
      switch key {
      case "optional":
        SchemaPart.flag("Whether a check without results of the profile is good enough.", usual: false)
      case "min_samples": minimumSamples
      default: nil
      }
    }
  }

  private static var load: JSONText {
    let usual = LoadSettings()
    let dropped = SchemaPart.mapping(
      "The share of the iterations that were due and could not begin.", BudgetKeys.dropped
    ) { key in
      switch key {
      case "warn":
        BoundForm.share("More than this warns.", usual: usual.droppedWarning, isPositive: false)
      case "inconclusive":
        BoundForm.share(
          "More than this is inconclusive.", usual: usual.droppedInconclusive, isPositive: false)
      default: nil
      }
    }
    return SchemaPart.mapping("How much of the load may be left out.", BudgetKeys.load, mayBeEmpty: true) {
      $0 == "dropped" ? dropped : nil
    }
  }

  private static var metric: JSONText {
    let mapping = SchemaPart.mapping("A custom metric.", BudgetKeys.metric) { key in
      switch key {
      case "unit":
        SchemaPart.described(
          "The unit its values come in.",
          [("enum", .inline(.array(BudgetWords.sourceUnits.map { .string($0) })))])
      case "better":
        SchemaPart.described(
          "Which way it is better.", [("enum", .inline(.array([.string("lower"), .string("higher")])))])
      default: nil
      }
    }
    guard case .object(let members) = mapping else { return mapping }
    return .object(members + [("minProperties", .int(1))])
  }

  private static func entries(_ description: String, examples: JSONText, _ value: JSONText) -> JSONText {
    SchemaPart.described(
      description,
      [
        ("type", SchemaPart.objectOrNothing), ("additionalProperties", value),
        ("examples", .inline(.array([examples]))),
      ])
  }
}
