import SLOModel
import Testing

@testable import SLOReaders

@Suite("A report on the quality of a data set: its numbers")
struct DatasetReportTests {
  @Test("Every number is a figure of the data set")
  func figures() throws {
    let result = try DatasetReports().read()
    let reading = try #require(result.usable.first)
    #expect(result.errors.isEmpty && reading.profile == "dataset" && reading.failure == nil)
    let found = Dictionary(uniqueKeysWithValues: reading.measurements.map { ($0.series.metric, $0.value) })
    #expect(
      found == [
        "top1_share": 0.182, "top5_share": 0.41, "p99_to_p50": 40, "types": 2, "diurnal_ratio": 2.4,
        "real_emails": 0, "orphans": 0, "out_of_order": 0, "null_keys": 0, "passed_tests": 1,
        "users": 250_000, "conversations": 1_200_000, "messages": 300_000_000, "attachments": 15_000_000,
        "false_claims": 0,
      ])
    #expect(reading.measurements.allSatisfy { $0.series.endpoint == "dataset" })
    #expect(reading.notices.isEmpty && reading.warnings.isEmpty && result.falseClaims == [])
  }

  @Test("When it was validated says nothing of when the commit was measured")
  func time() throws {
    let reading = try #require(try DatasetReports().read().usable.first)
    #expect(reading.startedAt == nil && reading.facts["validated"] == "2025-11-02T10:00:00Z")
  }

  @Test(
    "A number is found however it is spelled",
    arguments: [
      ("top1_share", "\"top1_share\":0.2", 0.2), ("top1_share", "\"Top 1% message share\":0.2", 0.2),
      ("top1_share", "\"top_1_percent\":{\"share\":0.2,\"count\":2500,\"threshold\":0.15}", 0.2),
      ("top1_share", "\"top1pctShare\":{\"value\":0.2}", 0.2),
      ("p99_to_p50", "\"p99_to_p50\":14", 14), ("p99_to_p50", "\"p99_over_p50\":{\"actual\":14}", 14),
      ("diurnal_ratio", "\"peak_to_trough\":3", 3), ("diurnal_ratio", "\"diurnal\":{\"ratio\":3}", 3),
      ("real_emails", "\"real_emails_found\":2", 2), ("real_emails", "\"real_emails\":{\"count\":2}", 2),
      ("orphans", "\"orphaned_messages\":2,\"orphaned_rooms\":3", 5),
      ("orphans", "\"orphan_count\":5,\"orphaned_messages\":2,\"orphaned_rooms\":3", 5),
      ("orphans", "\"orphans\":0,\"orphaned_messages\":4,\"orphan_rate\":0.3", 4),
      ("null_keys", "\"null_fk_count\":1,\"nullable_fields\":9", 1),
      ("null_keys", "\"null_user_ids\":1,\"null_room_ids\":2", 3),
      ("out_of_order", "\"out_of_order_count\":7", 7),
      ("p99_to_p50", "\"tail_ratio_p99_p50\":14", 14),
      ("null_keys", "\"messages_without_sender\":1,\"conversations_without_creator\":2", 3),
    ])
  func spellings(metric: String, written: String, value: Double) throws {
    let result = try FactFiles.read(
      "{\"dataset_summary\":{},\"temporal_analysis\":{\"a\":[{\"name\":\"b\",\(written)}]},\"overall_assessment\":{}}"
    )
    #expect(result.quality(metric) == value)
  }

  @Test("The ratio of the tail is that of its percentiles, where there are both")
  func tail() throws {
    #expect(try DatasetReports.read { $0.tail = "\"p50\":5,\"p99\":60" }.quality("p99_to_p50") == 12)
    #expect(
      try DatasetReports.read { $0.tail = "\"p50\":0,\"p99\":60,\"ratio\":1" }.quality("p99_to_p50") == nil)
    let stated = try DatasetReports.read { $0.tail = "\"median\":5,\"p99\":60,\"p99_p50_ratio\":40" }
    #expect(stated.quality("p99_to_p50") == 12)
    #expect(stated.falseClaims == ["the report states p99_p50_ratio as 40, but its numbers give 12"])
  }

  @Test("Percentiles rise")
  func percentiles() throws {
    let result = try DatasetReports.read { $0.tail = "\"p50\":5,\"p75\":4,\"p99\":60" }
    #expect(
      result.errors.map(\.description) == [
        "facts.json:4:33 ($.distribution_analysis.power_law_tail.p75): found 4; expected at least 5, which is p50;"
          + " correct the validation that writes the report"
      ])
  }

  @Test("The ratio of the hours is that of the busiest and the quietest with traffic, where they are there")
  func hours() throws {
    let hours = [0, 40, 100].map { "{\"hour\":\($0),\"count\":\($0),\"percentage\":5}" }.joined(
      separator: ",")
    let report = "\"hourly_distribution\":[\(hours)]"
    #expect(try DatasetReports.read { $0.temporal = report }.quality("diurnal_ratio") == 2.5)
    let stated = try DatasetReports.read { $0.temporal = report + ",\"diurnal_variation\":3.0" }
    #expect(stated.quality("diurnal_ratio") == 2.5)
    #expect(stated.falseClaims == ["the report states diurnal_variation as 3, but its numbers give 2.5"])
    let rounded = try DatasetReports.read { $0.temporal = report + ",\"diurnal_variation\":2.52" }
    #expect(rounded.falseClaims == [])
  }

  @Test("A data set of nothing is no data set")
  func empty() throws {
    let result = try FactFiles.read(
      DatasetReports().text.replacing("\"messages\":300000000", with: "\"messages\":0"))
    #expect(result.usable.first?.failure == "the data set has no messages")
  }

  @Test(
    "Types are those that occur, of the kind of record that has the fewest",
    arguments: [
      ("\"text\":0.7,\"image\":0.3,\"video\":0", 2.0), ("\"text\":900,\"image\":0,\"total\":900", 1),
      ("\"rooms\":{\"dm\":1},\"messages\":{\"text\":1,\"image\":1},\"distinct_types\":3", 1),
      ("\"messages\":{\"text\":{\"count\":9,\"share\":0.9},\"image\":{\"count\":0,\"share\":0}}", 1),
      ("\"messages\":[{\"type\":\"text\",\"share\":0.9},{\"type\":\"image\",\"share\":0.1}]", 2),
    ])
  func types(written: String, value: Double) throws {
    #expect(try DatasetReports.read { $0.types = written }.quality("types") == value)
  }

  @Test("What the report does not say is absent, never zero")
  func absent() throws {
    let result = try FactFiles.read(
      "{\"dataset_summary\":{\"users\":null},\"integrity_checks\":{},\"overall_assessment\":{}}")
    #expect(result.usable.first?.measurements.map(\.series.metric) == ["false_claims"])
  }

  @Test(
    "A number that cannot be is an error at its place, with how to put it right",
    arguments: [
      (
        .heavyRooms, "\"top_1_percent_share\":18.2",
        "3:63 ($.distribution_analysis.heavy_rooms.top_1_percent_share): found 18.2; expected a share from 0 to 1; let the"
          + " validation write a share of 1: 0.182 for 18.2 %"
      ),
      (
        .heavyRooms, "\"top_1_percent_share\":1",
        "3:63 ($.distribution_analysis.heavy_rooms.top_1_percent_share): found 1; expected a share below 1, or that of the"
          + " top 5 % as well; let the validation write a share of 1: 0.01 for 1 %"
      ),
      (
        .heavyRooms, "\"top_1_percent_share\":\"15%\"",
        "3:63 ($.distribution_analysis.heavy_rooms.top_1_percent_share): found the string \"15%\"; expected a share from"
          + " 0 to 1 as a number; let the validation write a share of 1 without quotes: 0.15 for 15 %"
      ),
      (
        .heavyRooms, "\"top1_share\":0.4,\"top5_share\":0.3",
        "3:71 ($.distribution_analysis.heavy_rooms.top5_share): found 0.3; expected at least the share of the top 1 %,"
          + " 0.4; correct the validation that writes the report"
      ),
      (
        .pii, "\"real_email_count\":false",
        "7:54 ($.integrity_checks.pii_safety.real_email_count): found false; expected a number; let the validation write"
          + " the number alone"
      ),
      (
        .references, "\"orphaned_messages\":-1",
        "8:46 ($.integrity_checks.referential_integrity.orphaned_messages): found -1; expected a number from 0 up;"
          + " correct the validation that writes the report"
      ),
      (
        .references, "\"orphaned_messages\":0.5",
        "8:46 ($.integrity_checks.referential_integrity.orphaned_messages): found 0.5; expected a whole number below"
          + " 9e18; correct the validation that writes the report"
      ),
      (
        .overall, "\"passed_tests\":9,\"total_tests\":8",
        "9:38 ($.overall_assessment.passed_tests): found 9; expected at most 8, the number of all tests; correct the"
          + " validation that writes the report"
      ),
      (
        .temporal, "\"diurnal_ratio\":2,\"peak_to_trough\":3",
        "6:57 ($.temporal_analysis.peak_to_trough): found 3; expected the value of \"temporal_analysis.diurnal_ratio\","
          + " which is 2; let the validation write diurnal_ratio once"
      ),
    ] as [(DatasetReports.Part, String, String)])
  func impossible(
    part: DatasetReports.Part, written: String, message: String
  ) throws {
    let result = try DatasetReports.read { $0[keyPath: part.path] = written }
    #expect(result.usable.isEmpty && result.errors.map(\.description) == ["facts.json:" + message])
  }

  @Test("Three of its sections make a document a report; fewer are something else")
  func recognition() throws {
    #expect(try FactFiles.read("{\"dataset_summary\":{},\"overall_assessment\":{}}").usable.isEmpty)
    let named = try FactFiles.read(DatasetReports().text, as: .named("messages"))
    #expect(named.usable.map(\.profile) == ["dataset-messages"])
    #expect(named.figure("types", of: "messages") == 2)
  }

  @Test("No cut of a report makes it crash", arguments: Array(stride(from: 0, to: 900, by: 7)))
  func cuts(length: Int) throws {
    let text = DatasetReports().text
    let result = try FactFiles.read(String(text.prefix(length)))
    #expect(result.usable.isEmpty == (length < text.count))
  }
}
