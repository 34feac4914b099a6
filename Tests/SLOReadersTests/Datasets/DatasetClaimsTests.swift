import SLOModel
import Testing

@testable import SLOReaders

@Suite("A report on the quality of a data set: what it claims of itself")
struct DatasetClaimsTests {
  /// The claims over all of it that one broken criterion contradicts as well. That a data set is ready speaks of people
  /// and references alone.
  private func overall(_ text: String, isCritical: Bool = false) -> [String] {
    (["overall_assessment.verdict"] + (isCritical ? ["overall_assessment.ready_for_phase2"] : []) + [
      "all 8 tests"
    ])
    .map { "the report claims PASS for \($0), but \(text)" }
  }

  @Test("A PASS that the numbers contradict is a false claim, and so is every PASS over it")
  func lie() throws {
    let result = try DatasetReports.read { $0.pii = "\"real_email_count\":3,\"verdict\":\"PASS\"" }
    let text = "real_email_count is 3 (criterion: <= 0)"
    #expect(
      result.falseClaims == ["the report claims PASS for pii_safety, but \(text)"]
        + overall(text, isCritical: true))
    #expect(result.quality("real_emails") == 3)
  }

  @Test(
    "Every criterion is recomputed, at its very bound",
    arguments: [
      (
        .heavyRooms, "\"top1_share\":0.149,\"top5_share\":0.3",
        "top1_share is 0.149 (criterion: >= 15%)"
      ),
      (.heavyRooms, "\"top1_share\":0.15,\"top5_share\":0.299", "top5_share is 0.299 (criterion: >= 30%)"),
      (.heavyRooms, "\"top1_share\":0.15,\"top5_share\":0.3", nil),
      (.tail, "\"p50\":1,\"p99\":10", "p99_to_p50 is 10 (criterion: > 10)"),
      (.tail, "\"p50\":1,\"p99\":11", nil),
      (.types, "\"text\":1,\"image\":0", "types is 1 (criterion: > 1)"),
      (.temporal, "\"diurnal_ratio\":1.4", "diurnal_ratio is 1.4 (criterion: > 1.5)"),
      (.references, "\"orphans\":1,\"out_of_order\":0,\"null_keys\":0", "orphans is 1 (criterion: <= 0)"),
      (
        .references, "\"orphans\":0,\"out_of_order\":1,\"null_keys\":0",
        "out_of_order is 1 (criterion: <= 0)"
      ),
      (.references, "\"orphans\":0,\"out_of_order\":0,\"null_keys\":1", "null_keys is 1 (criterion: <= 0)"),
    ] as [(DatasetReports.Part, String, String?)])
  func criteria(
    part: DatasetReports.Part, written: String, broken: String?
  ) throws {
    let result = try DatasetReports.read { $0[keyPath: part.path] = written }
    #expect(result.falseClaims == (broken.map { overall($0, isCritical: $0.hasPrefix("orphans")) } ?? []))
  }

  @Test(
    "A verdict is understood in many words, and speaks of the numbers around it",
    arguments: [
      ("\"status\":\"✓ PASS\"", true), ("\"passed\":true", true), ("\"result\":\"ok\"", true),
      ("\"meets_criteria\":true", true), ("\"verdict\":\"FAIL\"", false), ("\"valid\":false", false),
      ("\"status\":\"not ok\"", false), ("\"checked\":true", nil), ("\"invalid\":true", nil),
    ])
  func words(verdict: String, passes: Bool?) throws {
    let lie = try DatasetReports.read {
      $0.temporal = "\"diurnal_ratio\":1,\(verdict)"
      $0.overall = ""
    }
    #expect(lie.falseClaims?.count == (passes == true ? 1 : 0))
    let truth = try DatasetReports.read {
      $0.temporal = "\"diurnal_ratio\":2,\(verdict)"
      $0.overall = ""
    }
    #expect(
      truth.usable.first?.warnings
        == (passes == false
          ? ["the report claims FAIL for temporal_analysis, but diurnal_ratio is 2 (criterion: > 1.5)"] : []))
  }

  @Test("A report that claims FAIL is not good by numbers that all hold their criteria")
  func red() throws {
    let result = try DatasetReports.read { $0.overall = "\"verdict\":\"FAIL\"" }
    #expect(
      result.usable.first?.failure
        == "the report claims FAIL for overall_assessment.verdict, and its numbers hold every criterion: they do not say"
        + " what failed, so the data set is not known to be good")
    let borneOut = try DatasetReports.read {
      $0.pii = "\"real_email_count\":3,\"verdict\":\"FAIL\""
      $0.overall = "\"verdict\":\"FAIL\""
    }
    #expect(borneOut.usable.first?.failure == nil, "the limit on real addresses says it")
  }

  @Test("A verdict beside a section, or beside one number, is of that section or number")
  func beside() throws {
    let result = try FactFiles.read(
      """
      {"dataset_summary":{},"integrity_checks":{"pii_safe":true,"pii_safety":{"real_emails":{"value":1}},
      "orphans":2,"orphans_ok":true,"out_of_order":0,"out_of_order_ok":true},"overall_assessment":{}}
      """)
    #expect(
      result.falseClaims == [
        "the report claims PASS for pii_safety, but real_emails is 1 (criterion: <= 0)",
        "the report claims PASS for orphans, but orphans is 2 (criterion: <= 0)",
      ])
  }

  @Test("A verdict is of what has its whole name, else of what begins with it")
  func nearest() throws {
    let result = try FactFiles.read(
      """
      {"dataset_summary":{},"integrity_checks":{"orphan_users":3,"orphans":0,"orphans_ok":true,"null_keys":2,
      "null_ok":true},"overall_assessment":{}}
      """)
    #expect(
      result.falseClaims?.last == "the report claims PASS for null_keys, but null_keys is 2 (criterion: <= 0)"
    )
  }

  @Test("A PASS without the number that bears it out is none, and is said")
  func missing() throws {
    let result = try DatasetReports.read { $0.pii = "\"verdict\":\"PASS\"" }
    #expect(result.quality("real_emails") == nil && result.falseClaims == [])
    #expect(
      result.usable.first?.notices.first
        == "PASS of pii_safety cannot be recomputed: the report has no number of it")
    #expect(
      result.usable.first?.notices.last
        == "PASS of all 8 tests cannot be recomputed: the report has no real_emails")
  }

  @Test("A FAIL that no number bears out is a warning; a verdict in other words is named")
  func failures() throws {
    let unknown = try DatasetReports.read { $0.references += ",\"storage_verdict\":\"FAIL\"" }
    #expect(
      unknown.usable.first?.warnings == [
        "FAIL of storage_verdict cannot be recomputed: the report has no number of it"
      ])
    let unclear = try DatasetReports.read { $0.pii = "\"real_email_count\":0,\"verdict\":\"MARGINAL\"" }
    #expect(
      unclear.usable.first?.notices == [
        "\"MARGINAL\" of integrity_checks.pii_safety.verdict is neither PASS nor FAIL and was left out"
      ])
  }

  @Test("Tests that failed are a share below one, which a data set that is ready may have")
  func tests() throws {
    let result = try DatasetReports.read {
      $0.overall = "\"verdict\":\"WARNING\",\"passed_tests\":7,\"total_tests\":8,\"ready_for_phase2\":true"
    }
    #expect(result.quality("passed_tests") == 0.875 && result.falseClaims == [])
    #expect(result.usable.first?.notices.isEmpty == true)
    let pass = try DatasetReports.read {
      $0.overall = "\"verdict\":\"PASS\",\"passed_tests\":7,\"total_tests\":8"
    }
    #expect(
      pass.falseClaims == [
        "the report claims PASS for overall_assessment.verdict, but passed_tests is 0.875 (criterion: >= 100%)"
      ])
  }

  @Test(
    "Whether there are real addresses is stated twice",
    arguments: [(true, 0), (false, 3), (true, 3), (false, 0)])
  func addresses(only: Bool, count: Int) throws {
    let result = try DatasetReports.read {
      $0.pii = "\"synthetic_emails_only\":\(only),\"real_email_count\":\(count)"
      $0.overall = ""
    }
    #expect(
      result.falseClaims
        == (only == (count == 0)
          ? [] : ["the report states synthetic_emails_only as \(only), but real_email_count is \(count)"]))
  }

  @Test(
    "What a validation rounded is no lie, as far as rounding goes",
    arguments: [
      ("\"top1_share\":0.149,\"verdict\":\"PASS\"", 1, 0),
      ("\"top1_share\":0.1496,\"verdict\":\"PASS\"", 1, 0),
      ("\"top1_share\":0.15,\"verdict\":\"FAIL\"", 0, 0), ("\"top1_share\":0.16,\"verdict\":\"FAIL\"", 0, 1),
      ("\"diurnal_ratio\":1.5,\"verdict\":\"PASS\"", 0, 0),
      ("\"diurnal_ratio\":1.4,\"verdict\":\"PASS\"", 1, 0),
    ])
  func rounding(written: String, contradicted: Int, unfounded: Int) throws {
    let result = try DatasetReports.read {
      ($0.heavyRooms, $0.temporal, $0.overall) = (written, "", "")
    }
    #expect(result.falseClaims?.count == contradicted)
    #expect(result.usable.first?.warnings.count == unfounded)
  }

  @Test("Nothing that gives access is shown")
  func secrets() throws {
    let result = try DatasetReports.read {
      $0.references += ",\"https://u:p@h/x?token=abc\":{\"orphans\":1,\"verdict\":\"PASS\"}"
    }
    let said = (result.falseClaims ?? []).joined()
    #expect(said.contains("https://h/x") && !said.contains("u:p@") && !said.contains("abc"))
  }

  @Test("The policy and what is recomputed are one table")
  func policy() throws {
    let policy = try #require(EvidenceKind.dataset.policy)
    #expect(
      policy.text == """
        datasets:
          "*":
            top1_share: ">= 15%"
            top5_share: ">= 30%"
            p99_to_p50: "> 10"
            types: "> 1"
            diurnal_ratio: "> 1.5"
            real_emails: "<= 0"
            orphans: "<= 0"
            out_of_order: "<= 0"
            null_keys: "<= 0"
            passed_tests: ">= 100%"
            false_claims: "<= 0"

        """)
    #expect(DatasetCriterion.all.allSatisfy { MetricCatalogue.traits(of: $0.metric, in: .dataset) != nil })
  }
}
