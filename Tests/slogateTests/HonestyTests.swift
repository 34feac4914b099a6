import Foundation
import Testing

@Suite("Nothing passes that was not judged, and nothing is reported that was not kept")
struct HonestyTests {
  @Test("Without a place to keep the evidence no verdict is reported")
  func unkeptEvidence() throws {
    let workplace = try Workplace()
    try workplace.write("good.json", summary())
    try workplace.write("file", "in the way")
    let result = try workplace.slogate(
      "check", "--baseline", "good.json", "--history", "file/h.sqlite", "--format", "json")
    #expect(result.code == 74)
    #expect(result.output.isEmpty)
  }

  @Test("The same file named by two flags of one profile is no repetition")
  func oneRequestAProfile() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    let result = try workplace.slogate(
      "check", "--baseline", "a.json", "--profile", "baseline=a.json", "--no-record", "--format", "json")
    let finding = try result.finding("baseline", "*", "http_req_duration", "p95")
    #expect((finding["repetitions"] as? [Double])?.count == 1)
  }

  @Test(
    "A blank commit or branch is one that was not given", arguments: ["--commit", "--branch", "--reference"])
  func blankFlags(flag: String) throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    let result = try workplace.slogate(
      "check", "--baseline", "a.json", "--no-record", "--format", "json", flag, "")
    let commit = try #require(try result.json()["commit"] as? [String: Any])
    #expect(commit["sha"] as? String == "unknown")
    #expect(commit["branch"] is NSNull)
    #expect(commit["reference"] as? String == "main")
  }

  @Test("One run without traffic among good ones is inconclusive")
  func oneRunWithoutTraffic() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.write("b.json", summary(p95: "0", p99: "0", of: 0, med: "0"))
    let result = try workplace.slogate("check", "--baseline", "a.json", "b.json", "--no-record")
    #expect(result.code == 3)
  }

  @Test("A value that only some of the repetitions asked for have is inconclusive")
  func thinRepetitions() throws {
    let workplace = try Workplace()
    try workplace.write(
      "budgets/b.yaml", "repetitions: 2\ndefaults: { baseline: { p95: 400ms, p99: 900ms } }\n")
    try workplace.write("a.json", summary())
    try workplace.write("b.json", summary(p95: "101").replacingOccurrences(of: "\"p(99)\": 200, ", with: ""))
    #expect(try workplace.slogate("check", "--baseline", "a.json", "b.json", "--no-record").code == 3)
  }

  @Test("A limit in another unit than the metric is refused, not kept or broken by chance")
  func otherUnit() throws {
    let workplace = try Workplace()
    try workplace.write("budgets/b.yaml", "defaults: { baseline: { payment_duration.p95: \"< 1MB\" } }\n")
    try workplace.write(
      "a.json", summary(extra: ", \"payment_duration\": {\"avg\": 5, \"p(95)\": 9, \"count\": 10}"))
    let result = try workplace.slogate("check", "--baseline", "a.json", "--no-record")
    #expect(result.code == 78, "\(result.output)\(result.errors)")
    #expect(result.errors.contains("payment_duration"))
  }

  @Test("An entry for every endpoint does not hide what the whole run breaks")
  func everyEndpoint() throws {
    let workplace = try Workplace()
    try workplace.write(
      "budgets/b.yaml",
      "defaults: { baseline: { p95: 400ms } }\nendpoints: { \"*\": { baseline: { p95: 300ms } } }\n")
    try workplace.write("a.json", summary(p95: "3000"))
    #expect(try workplace.slogate("check", "--baseline", "a.json", "--no-record").code == 1)
  }

  @Test("A report that cannot be written whole exits 74")
  func fullDisk() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    let result = try workplace.slogate(
      "check", "--baseline", "a.json", "--no-record", "--quiet", "--report", "json=/dev/full")
    #expect(result.code == 74)
  }

  @Test("A report file is replaced whole, through a link to where it leads")
  func linkedReport() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.write("real.json", "old")
    try FileManager.default.createSymbolicLink(
      atPath: workplace.path("link.json"), withDestinationPath: workplace.path("real.json"))
    let result = try workplace.slogate(
      "check", "--baseline", "a.json", "--no-record", "--quiet", "--report", "json=link.json")
    #expect(result.code == 0 && result.output.isEmpty)
    #expect(
      workplace.bytes("real.json").map { String(decoding: $0, as: UTF8.self) }?.contains("slogate.verdict/v1")
        == true)
  }

  @Test("Standard input and gzip-free pipes are read once", arguments: [["-"], ["-", "-"]])
  func standardInput(paths: [String]) throws {
    let workplace = try Workplace()
    let result = try workplace.run(
      ["check", "--no-record", "--baseline"] + paths, input: Data(summary().utf8))
    #expect(result.code == (paths.count == 1 ? 0 : 64), "\(result.errors)")
  }

  @Test("The first repetitions are warm-up where asked, and never all of them")
  func warmup() throws {
    let workplace = try Workplace()
    for (name, p95) in [("1", "900"), ("2", "100"), ("3", "110")] {
      try workplace.write("\(name).json", summary(p95: p95))
    }
    let result = try workplace.slogate(
      "check", "--baseline", "1.json", "2.json", "3.json", "--warmup", "1", "--no-record", "--format", "json")
    #expect(result.code == 0)
    #expect(try result.finding("baseline", "*", "http_req_duration", "p95")["value"] as? Double == 105)
    #expect(try workplace.slogate("check", "--baseline", "1.json", "--warmup", "1", "--no-record").code == 64)
  }
}
