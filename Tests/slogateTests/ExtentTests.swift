import Foundation
import Testing

@Suite("What a check is about, and what of it was judged")
struct ExtentTests {
  private let both = "run: { baseline: { p95: 400ms }, spike: { p95: 600ms } }\n"

  @Test("A budgeted profile without results is inconclusive, unless the check is about another alone")
  func only() throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    try workplace.write("budgets/b.yaml", both)
    let check = ["check", "--baseline", "b.json", "--no-record"]
    let result = try workplace.run(check)
    #expect(result.code == 3 && result.output.contains("spike"))
    #expect(try workplace.run(check + ["--only", "baseline"]).code == 0)
    #expect(try workplace.run(check + ["--only", "spike"]).code == 3)
  }

  @Test("Results of a profile the check is not about are not judged")
  func leftOut() throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    try workplace.write("s.json", summary(p95: "9000"))
    try workplace.write("budgets/b.yaml", both)
    let check = ["check", "--baseline", "b.json", "--spike", "s.json", "--no-record"]
    #expect(try workplace.run(check).code == 1)
    #expect(try workplace.run(check + ["--only", "baseline"]).code == 0)
  }

  @Test("One result given for two profiles, and one held against itself, are warnings")
  func sameFile() throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    try workplace.write("budgets/b.yaml", both)
    let check = ["check", "--baseline", "b.json", "--no-record", "--strict"]
    let twice = try workplace.run(check + ["--spike", "b.json"])
    #expect(twice.code == 4 && twice.output.contains("the same result was given for baseline and spike"))
    let itself = try workplace.run(check + ["--only", "baseline", "--against", "b.json"])
    #expect(itself.code == 4 && itself.output.contains("held against itself"))
  }

  @Test(
    "A profile nearly called like a known one is refused with that name",
    arguments: [
      ("basline", "baseline"), ("spyke", "spike"), ("Baseline", "baseline"), ("nigthly", "nightly"),
    ])
  func misspelt(name: String, known: String) throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary(p95: "9000"))
    _ = try workplace.slogate("record", "--profile", "nightly=b.json", "--commit", "c1")
    for command in ["check", "record"] {
      let result = try workplace.slogate(command, "--profile", "\(name)=b.json")
      #expect(result.code == 64 && result.errors.contains("'\(known)'"), "\(result.errors)")
    }
  }

  @Test("A name of its own is none of them", arguments: ["peak", "read", "spike-2", "checkout", "stress"])
  func ownName(name: String) throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    #expect(try workplace.slogate("record", "--profile", "\(name)=b.json").code == 0)
  }

  @Test("A young history is no reason for an inconclusive verdict, and the title says so")
  func bootstrap() throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    let check = ["check", "--profile", "stress=b.json", "--env", "stage=ci", "--no-record"]
    #expect(try workplace.run(check).code == 3)
    let young = try workplace.run(check + ["--bootstrap"])
    #expect(young.code == 0 && young.output.contains("not judged yet"))
    #expect(try workplace.run(check + ["--bootstrap", "--require-history"]).code == 0)
  }

  @Test("Once every profile has enough commits to compare with, --bootstrap asks to be left out")
  func outgrown() throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    let context = ["--env", "stage=ci", "--branch", "main"]
    func check(_ options: String...) throws -> String {
      try workplace.run(["check", "--baseline", "b.json", "--no-record", "--verbose"] + context + options)
        .output
    }
    for number in 0..<4 {
      try workplace.write("\(number).json", summary(med: "5\(number)"))
      let young = try check("--bootstrap")
      #expect(!young.contains("--bootstrap is no longer needed"))
      let recorded = try workplace.run(
        ["record", "--baseline", "\(number).json", "--commit", "c\(number)aa"] + context)
      try #require(recorded.code == 0)
    }
    let old = try check("--bootstrap", "--commit", "c9aa")
    #expect(old.contains("--bootstrap is no longer needed"))
    let without = try check("--commit", "c9aa")
    #expect(!without.contains("--bootstrap is no longer"))
  }

  @Test(
    "Limits on a change are held against a run that is given, by the name of its profile where there are several"
  )
  func against() throws {
    let workplace = try Workplace()
    try workplace.write("before.json", summary(p95: "90"))
    try workplace.write("now.json", summary(p95: "100"))
    try workplace.write(
      "budgets/b.yaml",
      "run: { baseline: { p95: { max_increase: 10% } }, spike: { p95: { max_increase: 20% } } }")
    let check = ["check", "--baseline", "now.json", "--no-record", "--only", "baseline"]
    #expect(try workplace.run(check).code == 3, "nothing to hold it against")
    let result = try workplace.run(check + ["--against", "before.json", "--format", "json"])
    #expect(result.code == 1)
    let finding = try result.finding("baseline", "*", "http_req_duration", "p95")
    #expect((finding["relative"] as? [String: Any])?["reference"] as? Double == 90)
    let two = ["check", "--baseline", "now.json", "--spike", "now.json", "--no-record"]
    #expect(try workplace.run(two + ["--against", "before.json"]).code == 64)
    let named = two + ["--against", "baseline=before.json", "spike=before.json"]
    #expect(try workplace.run(named).code == 1)
    #expect(try workplace.run(two + ["--against", "baseline=now.json", "spike=before.json"]).code == 0)
  }

  @Test("An endpoint that is gone is missed, also by a check told again")
  func gone() throws {
    let workplace = try Workplace()
    let payments = """
      ,
          "http_req_duration{endpoint:payments}": {"avg": 60, "min": 0, "med": 50, "max": 400, "p(90)": 90, "p(95)": 100}
      """
    for run in 1...4 {
      try workplace.write("\(run).json", summary(med: "5\(run)", extra: payments))
      let recorded = try workplace.slogate(
        "record", "--baseline", "\(run).json", "--commit", "c\(run)", "--branch", "main", "--env", "stage=ci")
      try #require(recorded.code == 0)
    }
    try workplace.write("now.json", summary(med: "52.5"))
    let check = [
      "check", "--baseline", "now.json", "--commit", "c5", "--branch", "main", "--env", "stage=ci",
    ]
    let result = try workplace.run(check + ["--strict"])
    #expect(result.code == 4 && result.output.contains("payments"), "\(result.output)")
    #expect(try workplace.run(check + ["--require-history", "--no-record"]).code == 3)
    #expect(try workplace.slogate("report", "--format", "text").output.contains("payments"))
  }
}
