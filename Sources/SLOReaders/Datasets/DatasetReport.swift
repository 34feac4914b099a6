internal import SLOModel
internal import SLOSupport

/// The report that a validation of a data set writes in JSON: sections of numbers, with a verdict each.
///
/// The verdicts are not believed: they are recomputed from the numbers. `docs/datasets.md` describes the report.
struct DatasetReport: EvidenceReader {
  static var kind: EvidenceKind { .dataset }
  static let title = "a report on the quality of a data set"

  private let root: JSONObject

  /// The sections of a report; three of them make a document one.
  private static let sections: [StaticString] = [
    "dataset_summary", "distribution_analysis", "type_distributions", "temporal_analysis", "integrity_checks",
    "overall_assessment",
  ]

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard root.kind == .object, case let object = try root.object(),
      sections.count(where: object.contains) >= 3
    else { return nil }
    return .results(DatasetReport(root: object))
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let source = Reading.Source(path: file.path, format: "dataset-quality-json", sha256: try file.sha256())
    var reading = Reading(profile: profile ?? DatasetReport.kind.profiles.usual[0], source: source)
    // When a data set was validated says nothing of when the commit was measured: no start of a run.
    reading.facts["validated"] = try root.string("validation_timestamp").map { UntrustedText.cleaned($0) }
    var leaves: [DatasetLeaf] = []
    for member in root.members where member.key != "recommendations" {
      try DatasetReport.collect(member.value, at: [member.key], into: &leaves)
    }
    let numbers = try DatasetNumbers(leaves)
    let claims = DatasetClaims(leaves, numbers)
    // The data set is called as its profile is: `messages` of `dataset-messages`.
    let subject = DatasetReport.kind.profiles.shortName(of: reading.profile)
    for (metric, figure) in numbers.figures.sorted(by: { $0.key < $1.key }) {
      reading.add(figure.value, metric, of: subject, in: .dataset)
    }
    reading.add(
      Double(claims.contradicted.count), "false_claims", of: subject, in: .dataset,
      details: claims.contradicted)
    if let empty = ["users", "conversations", "messages"].first(where: { numbers.figures[$0]?.value == 0 }) {
      reading.failure = "the data set has no \(empty)"
    } else if let failed = claims.failed.first, numbers.holdEveryCriterion {
      reading.failure =
        "the report claims FAIL for \(failed), and its numbers hold every criterion: they do not say what failed, so the"
        + " data set is not known to be good"
    }
    reading.warnings = DatasetReport.first(claims.unfounded)
    reading.notices = DatasetReport.first(claims.notices)
    return [reading]
  }

  /// The first of many remarks, and how many more there are.
  private static func first(_ remarks: [String]) -> [String] {
    let more = remarks.count - 20
    return more > 0 ? remarks.prefix(20) + ["\(more) more verdicts of that kind"] : remarks
  }

  /// Collects what is neither an object nor a list, with the keys that lead to it.
  private static func collect(
    _ value: JSONValue, at path: [String], into leaves: inout [DatasetLeaf]
  ) throws(InputError) {
    switch value.kind {
    case .object:
      for member in try value.object().members {
        try collect(member.value, at: path + [member.key], into: &leaves)
      }
    case .array:
      for (index, element) in try value.elements().enumerated() {
        try collect(element, at: path + [try name(of: element) ?? "\(index)"], into: &leaves)
      }
    case .null: break
    case .string, .number, .boolean: leaves.append(DatasetLeaf(path: path, value: value))
    }
  }

  /// What an element of a list calls itself.
  private static func name(of element: JSONValue) throws(InputError) -> String? {
    guard element.kind == .object else { return nil }
    let object = try element.object()
    for value in [object["name"], object["check"], object["test"], object["type"]] {
      if let value, value.kind == .string { return try value.string() }
    }
    return nil
  }
}
