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
        "Settings of profiles, by name. Naming a profile here also says that its name is no"
          + " misspelling.",
        examples: .object([("spike", .object([("optional", .bool(true))]))]), profile)
    case "min_samples": minimumSamples
    case "load": load
    case "k6_thresholds":
      SchemaPart.described(
        "What a crossed threshold of the \(EvidenceKind.load.source) script does on a figure"
          + " that has no limit.",
        [
          ("enum", .inline(.array(ScriptThresholds.allCases.map { .string($0.rawValue) }))),
          ("default", .string("block")),
        ])
    case "hosts":
      entries(
        "Names of hosts, by host: its endpoints carry the name, as in admin/health. An empty"
          + " text is no name.",
        examples: .object(["admin.example": "admin"]), SchemaPart.scalarOrEmpty)
    case "metrics":
      entries(
        "The unit and the direction of custom metrics, where their names do not say them.",
        examples: .object([("cdn_hit_rate", .object(["unit": "percent", "better": "higher"]))]), metric)
    default: nil
    }
  }

  static var minimumSamples: JSONText {
    SchemaPart.wholeNumber(
      "How many samples a limit on a percentile or a rate needs; of fewer it is inconclusive."
        + " An entry goes before its profile, that before the file.", BudgetKeys.samples,
      usual: Budgets.builtIn.minimumSamples(profile: "", endpoint: ""))
  }

  /// The query parameters of a page.
  static var query: JSONText {
    SchemaPart.names("The query parameters that belong to the page's name: one, or a list.", ["q"])
  }

  private static var profile: JSONText {
    SchemaPart.mapping("Settings of a profile.", BudgetKeys.profile) { key in
      switch key {
      case "optional":
        SchemaPart.flag(
          "Whether a check may lack results of the profile; else it is"
            + " inconclusive.", usual: false)
      case "min_samples": minimumSamples
      case BudgetKeys.requires:
        SchemaPart.names(
          "What has to be given with its results: a profile, a kind of evidence, or a built-in policy. Without it"
            + " the check is inconclusive.", ["dataset-quality"])
      default: nil
      }
    }
  }

  private static var load: JSONText {
    let usual = LoadSettings()
    let dropped = SchemaPart.mapping(
      "The share of iterations that were due and could not begin (`dropped_iterations`).",
      BudgetKeys.dropped
    ) { key in
      switch key {
      case "warn":
        BoundForm.share("A larger share warns.", usual: usual.droppedWarning, isPositive: false)
      case "inconclusive":
        BoundForm.share(
          "A larger share makes the verdict inconclusive.", usual: usual.droppedInconclusive,
          isPositive: false)
      default: nil
      }
    }
    return SchemaPart.mapping(
      "How much of the planned load may be missing.", BudgetKeys.load, mayBeEmpty: true
    ) {
      $0 == "dropped" ? dropped : nil
    }
  }

  private static var metric: JSONText {
    let mapping = SchemaPart.mapping("A custom metric, by its name without tags.", BudgetKeys.metric) { key in
      switch key {
      case "unit":
        SchemaPart.described(
          "The unit that its values come in: 3.2 in s is 3200 ms. none takes away a unit that"
            + " the name only seems to say.",
          [("enum", .inline(.array(BudgetWords.sourceUnits.map { .string($0) })))])
      case "better":
        SchemaPart.described(
          "Which way its values are better, for the comparison with the history.",
          [("enum", .inline(.array([.string("lower"), .string("higher")])))])
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
