internal import SLOBudgets
internal import SLOGate
internal import SLOModel
internal import SLOReaders
internal import SLOSupport

/// The JSON Schema of the budget language, for editors and validators.
///
/// Draft 7, which both yaml-language-server and check-jsonschema know whole; next to a `$ref` it allows nothing, so
/// that descriptions of what is referred to stand around an `allOf`. Keys, units and metrics are the reader's own.
package func budgetSchema() -> String {
  JSONText.object([
    ("$schema", .string("http://json-schema.org/draft-07/schema#")),
    ("title", .string("slogate budget")),
    (
      "description",
      .string(
        "Limits a release is held to: one line a limit, units written out. See slogate"
          + " budgets --help.")
    ),
    ("type", .string("object")),
    ("additionalProperties", .bool(false)),
    ("properties", SchemaPart.fields(BudgetKeys.sections, BudgetSchema.section)),
    ("definitions", .object(BudgetSchema.definitions)),
  ]).document
}

enum BudgetSchema {
  /// A section of a file.
  static func section(_ name: String) -> JSONText? {
    switch name {
    case "version":
      SchemaPart.described(
        "The version of the budget language: 1, the only one.",
        [("enum", .inline(.array([.int(1), .string("1")])))])
    case "service":
      SchemaPart.text(
        "The service the limits are for; runs of other services have a history of their own.", ["shop"])
    case "owner":
      SchemaPart.text("Who decides about limits whose entry names no owner.", ["platform-team"])
    case "repetitions":
      SchemaPart.wholeNumber(
        "How many results each profile needs; with fewer the verdict is inconclusive. Their"
          + " median is judged.", BudgetKeys.repetitions,
        usual: GatePolicy().repetitions)
    case "environments": environments
    case "profiles", "min_samples", "load", "k6_thresholds", "hosts", "metrics": GeneralSchema.section(name)
    case "defaults":
      SchemaPart.reference(
        "profiles", "Limits of the run as a whole and of every endpoint without one of its own, by profile.")
    case "run":
      SchemaPart.reference(
        "runProfiles", "Limits of the run as a whole alone, which reach no endpoint, by profile.")
    case "endpoints": entries("endpoint", "Limits of endpoints, which go before the defaults, key by key.")
    case "rules":
      SchemaPart.list(
        "Relations between figures, such as spike.p95 <= 3 * baseline.p95. A"
          + " broken rule blocks as a limit does.", of: "rule")
    case "regression":
      SchemaPart.reference("regression", "How a change against the history is judged.")
    case "waivers":
      SchemaPart.list(
        "Looser limits until a day. What they let through is shown as waived.", of: "waiver")
    default: subjects(name)
    }
  }

  /// The section of a kind of evidence.
  private static func subjects(_ name: String) -> JSONText? {
    EvidenceKind.sectioned.first { $0.section == name }.map { kind in
      entries(
        MetricsSchema(kind).subjectName,
        "Limits of \(kind.subject.plural), as \(kind.source) measures them.")
    }
  }

  /// What is referred to by name.
  static var definitions: [(String, JSONText)] {
    [
      ("profiles", SchemaPart.described("Limits by profile.", profiles(beside: []))),
      (
        "runProfiles",
        SchemaPart.described("Limits by load profile.", profiles(beside: [], isWholeRun: true))
      ),
      ("endpoint", SchemaPart.described("An endpoint, by profile; \"*\" is every load profile.", endpoint)),
    ] + EvidenceKind.sectioned.map { (MetricsSchema($0).subjectName, MetricsSchema($0).subject) }
      + EvidenceKind.all.map { (MetricsSchema($0).name, MetricsSchema($0).limits) } + [
        ("rule", SettingsSchema.rule), ("regression", SettingsSchema.regression),
        ("waiver", SettingsSchema.waiver),
      ] + BoundForm.definitions
  }

  private static var environments: JSONText {
    SchemaPart.described(
      "Named sizings: the facts of an environment that runs must share to be compared."
        + " --environment NAME selects one.",
      [
        ("type", SchemaPart.objectOrNothing),
        (
          "additionalProperties",
          .object([
            ("type", .string("object")), ("minProperties", .int(1)),
            ("properties", demands), ("additionalProperties", SchemaPart.scalar),
          ])
        ),
        (
          "examples",
          .inline(
            .array([
              .object([("perf", .object(["stage": "perf", "instance": "c6i.large", "memory": "1024MB"]))])
            ]))
        ),
      ])
  }

  /// What an environment asks of results besides its facts.
  private static var demands: JSONText {
    .object([
      (
        BudgetKeys.requires,
        SchemaPart.names(
          "Facts without which a run is compared with no other: of the environment, of the results, or given"
            + " with --set.", ["rds_class"])
      ),
      (
        BudgetKeys.rows,
        SchemaPart.described(
          "How many rows tables have, by table. A count of rows that differs by more than the tolerance, 10 %"
            + " where none is written, is another scale: such runs are not compared with those of this one.",
          [
            ("type", .inline(.array([.string("object"), .string("string"), .string("number")]))),
            ("additionalProperties", SchemaPart.scalar),
            ("examples", .inline(.array([.object(["messages": "20M ±5%"])]))),
          ])
      ),
    ])
  }

  /// Entries by name, in which `*` stands for any text.
  private static func entries(_ definition: String, _ description: String) -> JSONText {
    SchemaPart.described(
      description + " A * in a name stands for any text.",
      [
        ("type", SchemaPart.objectOrNothing),
        ("additionalProperties", SchemaPart.reference(definition)),
      ])
  }

  private static var endpoint: [(String, JSONText)] {
    profiles(
      beside: BudgetKeys.endpoint.map { key in
        switch key {
        case "owner": (key, SchemaPart.text("Who decides about these limits.", ["search-team"]))
        case "match": (key, match)
        default: (key, GeneralSchema.minimumSamples)
        }
      })
  }

  private static var match: JSONText {
    let tags = BudgetWords.endpointTags.joined(separator: ", ")
    return SchemaPart.described(
      "The \(EvidenceKind.load.source) tags the limits are for. A tag that names endpoints"
        + " (\(tags)) may have a glob and stands alone; others"
        + " are of sub-metrics of the run as a whole.",
      [
        ("type", .string("object")), ("minProperties", .int(1)), ("additionalProperties", SchemaPart.scalar),
        (
          "examples",
          .inline(.array([.object(["endpoint": "search"]), .object(["method": "GET", "status": "200"])]))
        ),
      ])
  }

  /// Profiles have free names; those of some kinds of evidence begin alike and have other metrics.
  /// - Parameter isWholeRun: whether the limits are of the run as a whole, which some kinds do not have.
  private static func profiles(
    beside fixed: [(String, JSONText)], isWholeRun: Bool = false
  ) -> [(String, JSONText)] {
    let usual = BudgetWords.profiles.map { ($0, "Limits of the profile \($0).") }
    let every = [("*", "Limits of every load profile.")]
    let named = (usual + every).map { ($0, SchemaPart.reference("loadLimits", $1)) }
    return [
      ("type", fixed.isEmpty ? SchemaPart.objectOrNothing : .string("object")),
      ("properties", .object(fixed + named)),
      (
        "patternProperties",
        .object(
          EvidenceKind.sectioned.map { kind in
            let limits = SchemaPart.reference(MetricsSchema(kind).name)
            return (
              kind.profiles.pattern,
              isWholeRun && !kind.judging.hasWholeRun ? .bool(false) : limits
            )
          })
      ),
      ("additionalProperties", SchemaPart.reference("loadLimits")),
    ]
  }
}

extension ProfileNames {
  /// The names as a regular expression: those that begin with the prefix, and usual ones that do not.
  fileprivate var pattern: String {
    let prefix = prefix ?? ""
    let others = usual.filter { !$0.hasPrefix(prefix) }.map { $0 + "$" }
    return others.isEmpty ? "^" + prefix : "^(" + (others + [prefix]).joined(separator: "|") + ")"
  }
}
