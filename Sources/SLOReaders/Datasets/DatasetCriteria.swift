internal import SLOModel

/// What a data set has to be like to be worth a load test: skewed as real ones are, varied, safe and whole.
///
/// The one place of these numbers: the built-in policy is written from them, and what a report claims of itself is
/// recomputed by them.
struct DatasetCriterion: Sendable {
  /// How a value has to relate to the bound.
  enum Relation: String, Sendable {
    case atLeast = ">=", above = ">", none = "<="
  }

  /// The figure, as `datasets` of a budget file names it.
  let metric: String
  let relation: Relation
  /// In the unit of the figure.
  let bound: Double
  /// The bound as a budget file writes it.
  let written: String

  private init(_ metric: String, _ relation: Relation, _ bound: Double, _ written: String) {
    (self.metric, self.relation, self.bound, self.written) = (metric, relation, bound, written)
  }

  /// Whether a value meets it.
  /// - Parameter tolerance: how far the exact value may be from the one that is written, in favour of the criterion.
  func holds(_ value: Double, within tolerance: Double = 0) -> Bool {
    switch relation {
    case .atLeast: value + tolerance >= bound
    case .above: value + tolerance > bound
    case .none: value - tolerance <= bound
    }
  }

  /// The criteria of numbers in the report.
  static let all = [
    DatasetCriterion("top1_share", .atLeast, 0.15, "15%"),
    DatasetCriterion("top5_share", .atLeast, 0.30, "30%"),
    DatasetCriterion("p99_to_p50", .above, 10, "10"),
    DatasetCriterion("types", .above, 1, "1"),
    DatasetCriterion("diurnal_ratio", .above, 1.5, "1.5"),
    DatasetCriterion("real_emails", .none, 0, "0"),
    DatasetCriterion("orphans", .none, 0, "0"),
    DatasetCriterion("out_of_order", .none, 0, "0"),
    DatasetCriterion("null_keys", .none, 0, "0"),
    DatasetCriterion("passed_tests", .atLeast, 1, "100%"),
  ]

  /// What a report claims of itself and its numbers do not bear out.
  static let noFalseClaims = DatasetCriterion("false_claims", .none, 0, "0")

  /// The criterion of a figure; nil for one that says only how large the data set is.
  static func of(_ metric: String) -> DatasetCriterion? { all.first { $0.metric == metric } }

  /// The criteria as a budget file.
  static var policy: String {
    let limits = (all + [noFalseClaims]).map { "    \($0.metric): \"\($0.relation.rawValue) \($0.written)\"" }
    return "datasets:\n  \"*\":\n" + limits.joined(separator: "\n") + "\n"
  }
}

extension DatasetNumbers {
  /// Whether no number breaks its criterion, as it is written.
  var holdEveryCriterion: Bool {
    figures.allSatisfy { metric, figure in
      DatasetCriterion.of(metric)?.holds(figure.value, within: 0) ?? true
    }
  }
}
