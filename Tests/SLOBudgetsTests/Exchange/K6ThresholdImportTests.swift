import SLOModel
import Testing

@testable import SLOBudgets

@Suite("k6's thresholds as a budget")
struct K6ThresholdImportTests {
  private static let options = """
    {
      "thresholds": {
        "http_req_duration": ["p(95)<400", {"threshold": "avg < 120", "abortOnFail": true}],
        "http_req_failed": ["rate<0.01"],
        "http_req_duration{endpoint:search}": ["p(99.9) <= 1500", "med<20"],
        "http_req_duration{ group : '::pay' }": ["max<5000"],
        "http_req_duration{endpoint:search,method:GET}": ["p(90)<200"],
        "payment_time": ["p(95) < 2000"],
        "payment_errors": ["rate<=0.5", "rate==0"],
        "rockets": ["count>=1e3"],
        "never": []
      }
    }
    """

  @Test("Each is a limit of the series it is set on, with the same operator and bound")
  func limits() throws {
    let budget = try Imported(K6ThresholdImportTests.options)
    #expect(
      budget.limits("spike") == [
        "http_req_duration.p95 < 400", "http_req_duration.avg < 120", "http_req_failed.rate < 0.01",
        "http_req_duration{endpoint:search,method:GET}.p90 < 200", "payment_time.p95 < 2000",
        "payment_errors.rate <= 0", "rockets.count >= 1000",
      ])
    #expect(
      budget.limits("spike", "search") == ["http_req_duration.p99.9 <= 1500", "http_req_duration.med < 20"])
    #expect(budget.limits("spike", "::pay", tag: "group") == ["http_req_duration.max < 5000"])
    #expect(budget.limits("spike", "::pay", tag: "name").isEmpty)
  }

  @Test("What k6 does beside judging, and what is implied by another limit, is reported with its place")
  func remarks() throws {
    let budget = try Imported(K6ThresholdImportTests.options)
    #expect(budget.remarks(at: "3:40", "http_req_duration: avg < 120: k6 aborts the run"))
    #expect(budget.remarks(at: "9:37", "payment_errors.rate: <= 0.5: holds wherever <= 0 does"))
    #expect(budget.text.contains("# - in:3:40: http_req_duration: avg < 120: k6 aborts"))
  }

  @Test(
    "What no limit can say is reported, and the rest is taken",
    arguments: [
      ("avg!=0", "no limit says that a value is"), ("avg==5", "is, or is not, 5"),
      ("p(101)<5", "k6 has no method p(101)"), ("p95<5", "it wants p(95)<5"), ("fast", "no threshold"),
      ("avg<NaN", "no threshold"), ("avg<-1", "-1.0 is no bound"), ("min<0", "nothing is below 0"),
      ("avg>5", "has the limit 9 already, which looks the other way"),
    ])
  func unsayable(expression: String, remark: String) throws {
    let budget = try Imported(#"{"thresholds": {"wait": ["avg<9", "\#(expression)"]}}"#)
    #expect(budget.limits("baseline").contains("wait.avg < 9"))
    #expect(budget.remarks(at: "1:35", remark), "\(budget.remarks)")
  }

  @Test("Two tags that name endpoints alike stay two entries")
  func tags() throws {
    let budget = try Imported(
      """
      {"thresholds": {"http_req_duration{endpoint:a}": ["med<1"], "http_req_duration{name:a}": ["med<2"]}}
      """)
    #expect(budget.limits("soak", "a", tag: "endpoint") == ["http_req_duration.med < 1"])
    #expect(budget.limits("soak", "a", tag: "name") == ["http_req_duration.med < 2"])
  }

  @Test("Thresholds of a wrong form are reported one by one")
  func wrongForm() throws {
    let budget = try Imported(#"{"thresholds": {"a": "avg<1", "b": [[1]], "c": ["med<1"]}}"#)
    #expect(budget.limits("baseline") == ["c.med < 1"])
    #expect(budget.remarks(at: "1:22", "a: its thresholds must be a list, found 'avg<1'"))
    #expect(budget.remarks(at: "1:37", "b: a threshold must be a text, found a list"))
  }

  @Test("Lighthouse's profiles have no run as a whole, and none of k6's metrics")
  func pages() throws {
    let document = #"{"thresholds": {"wait": ["avg<1"], "http_req_duration{endpoint:a}": ["med<1"]}}"#
    let budget = try Imported(document, profile: "lighthouse-mobile")
    #expect(budget.remarks(at: "1:26", "'lighthouse-mobile' has pages and no run as a whole"))
    #expect(budget.remarks(at: "1:70", "is a figure of k6"))
  }

  @Test("Of raw samples it is reported that they know no thresholds of sub-metrics")
  func samples() throws {
    let source = Reading.Source(path: "s.json", format: "k6-samples-json", sha256: "")
    var reading = Reading(profile: "baseline", source: source)
    reading.thresholds = [
      Reading.Threshold(endpoint: "*", metric: "http_req_duration", expression: "avg<1", passed: nil)
    ]
    var budget = BudgetImport()
    try budget.add(reading)
    #expect(budget.limits == 1 && budget.remarks.count == 1)
    #expect(budget.remarks[0].hasPrefix("s.json: raw samples do not contain the thresholds of sub-metrics"))
  }

  @Test("The profile may be named")
  func profile() throws {
    let budget = try Imported(K6ThresholdImportTests.options, profile: "baseline")
    #expect(budget.limits("spike").isEmpty && budget.limits("baseline").count == 7)
  }
}
