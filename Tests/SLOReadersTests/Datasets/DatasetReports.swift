import SLOModel

@testable import SLOReaders

/// Reports on the quality of a data set: a good one, with what a test is about in place of one of its parts.
struct DatasetReports {
  var heavyRooms = "\"top_1_percent_share\":0.182,\"top_5_percent_share\":0.41,\"verdict\":\"PASS\""
  var tail = "\"p50\":12,\"p99\":480,\"p99_p50_ratio\":40,\"verdict\":\"PASS\""
  var types = "\"conversation_types\":{\"dm\":0.6,\"group\":0.4},\"verdict\":\"PASS\""
  var temporal = "\"diurnal_ratio\":2.4,\"verdict\":\"PASS\""
  var pii = "\"real_email_count\":0,\"verdict\":\"PASS\""
  var references =
    "\"orphaned_messages\":0,\"orphaned_attachments\":0,\"out_of_order_messages\":0,\"null_sender_ids\":0,"
    + "\"verdict\":\"PASS\""
  var overall = "\"verdict\":\"PASS\",\"passed_tests\":8,\"total_tests\":8,\"ready_for_phase2\":true"

  /// A part, for tests of several.
  enum Part {
    case heavyRooms, tail, types, temporal, pii, references, overall

    var path: WritableKeyPath<DatasetReports, String> {
      switch self {
      case .heavyRooms: \.heavyRooms
      case .tail: \.tail
      case .types: \.types
      case .temporal: \.temporal
      case .pii: \.pii
      case .references: \.references
      case .overall: \.overall
      }
    }
  }

  /// The report, a section a line.
  var text: String {
    """
    {"validation_timestamp":"2025-11-02T10:00:00Z",
    "dataset_summary":{"users":250000,"conversations":1200000,"messages":300000000,"attachments":15000000},
    "distribution_analysis":{"heavy_rooms":{\(heavyRooms)},
    "power_law_tail":{\(tail)}},
    "type_distributions":{\(types)},
    "temporal_analysis":{\(temporal)},
    "integrity_checks":{"pii_safety":{\(pii)},
    "referential_integrity":{\(references)}},
    "overall_assessment":{\(overall)},
    "recommendations":["orphans: 7"]}
    """
  }

  /// What is read of it.
  func read() throws -> ReadResult { try FactFiles.read(text) }

  /// What is read of a report that differs in this.
  static func read(_ change: (inout DatasetReports) -> Void) throws -> ReadResult {
    var report = DatasetReports()
    change(&report)
    return try report.read()
  }
}

extension ReadResult {
  /// A figure of the data set.
  func quality(_ metric: String) -> Double? { figure(metric, of: "dataset") }

  /// The claims that numbers contradict; nil where the figure does not say how many there are.
  var falseClaims: [String]? {
    let found = details("false_claims", of: "dataset")
    return quality("false_claims") == Double(found.count) ? found : nil
  }
}
