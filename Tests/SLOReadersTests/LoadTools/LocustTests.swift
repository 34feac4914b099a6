import SLOModel
import Testing

@testable import SLOReaders

@Suite("Locust's results")
struct LocustTests {
  private let header =
    "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,"
    + "Max Response Time,Average Content Size,Requests/s,Failures/s,50%,95%,100%\n"

  private func table(_ rows: String...) -> String { header + rows.map { $0 + "\n" }.joined() }

  @Test("Each method and name is an endpoint, and the last row is the whole run")
  func rows() throws {
    let result = try LoadTexts.read(
      table(
        "GET,/orders,10,1,44,45.5,40.25,60.5,2,2.5,0.25,44,58,61",
        "POST,/orders,30,0,20,21,10,90,2,7.5,0,20,55,90", "WSS,chat,10,5,N/A,0,0,0,0,2.5,0,N/A,N/A,N/A",
        ",Aggregated,50,6,30,28,10,90,2,12.5,0.25,30,57,90"), ext: "csv")
    #expect(result.endpoints == ["*", "GET /orders", "POST /orders", "WSS chat"])
    #expect(result.load("http_req_duration", .average, "GET /orders") == 45.5)
    #expect(result.load("http_req_duration", .maximum, "GET /orders") == 60.5)
    #expect(result.load("http_req_duration", .p95, "POST /orders") == 55)
    #expect(result.load("http_req_failed", .rate) == 0.12 && result.load("http_reqs", .rate) == 12.5)
    #expect(result.usable.first?.duration == 4)
    #expect(result.usable.first?.notices == [LocustRounding.sentence])
    #expect(result.usable.first?.facts["percentiles"] == "histogram")
  }

  @Test("Addresses of one endpoint are joined: the worst percentile stands for them")
  func joined() throws {
    let result = try LoadTexts.read(
      table(
        "GET,/users/17,10,0,40,45,40,60,2,2,0,40,58,60", "GET,/users/18,30,3,20,21,10,90,2,6,0,20,55,90",
        ",Aggregated,40,3,30,27,10,90,2,8,0,30,57,90"))
    // (10 * 45 + 30 * 21) / 40
    #expect(result.load("http_req_duration", .average, "/users/{id}") == 27)
    #expect(result.load("http_req_duration", .p95, "/users/{id}") == 58)
    #expect(result.load("http_req_duration", .minimum, "/users/{id}") == 10)
    #expect(result.load("http_req_failed", .rate, "/users/{id}") == 3.0 / 40)
    #expect(
      result.usable.first?.notices.contains { $0.hasPrefix("2 addresses are one endpoint /users/{id}") }
        == true)
  }

  @Test("A table without its last row was cut short")
  func cut() throws {
    let result = try LoadTexts.read(table("GET,/,10,0,40,45,40,60,2,2,0,40,58,60"))
    #expect(result.usable.first?.failure?.hasPrefix("the file ends before its row Aggregated") == true)
  }

  @Test("More failures than requests cannot be")
  func impossible() throws {
    let result = try LoadTexts.read(table(",Aggregated,10,11,40,45,40,60,2,2,0,40,58,60"))
    #expect(
      result.errors.first?.description.contains(
        ":2:16: found \"11\"; expected no more failures than requests") == true)
  }

  @Test(
    "The other tables of a run are no results, and say what they are",
    arguments: [
      ("Timestamp,User Count,Type,Name,Requests/s\n", "Locust's history of a run"),
      ("Method,Name,Error,Occurrences\n", "Locust's list of failures"),
      ("Count,Message,Traceback,Nodes\n", "Locust's list of exceptions"),
    ])
  func companions(text: String, title: String) throws {
    let result = try LoadTexts.read(text, ext: "csv")
    #expect(result.usable.isEmpty && result.errors.first?.found == title)
  }

  @Test("JSON: percentiles follow from the counts as in Locust's own source")
  func json() throws {
    // 200 requests: the 95th percentile is the largest time that at least 190 are at most as large as.
    let entry = """
      {"name":"/a","method":"GET","last_request_timestamp":1796046995.5,"start_time":1796046985.5,"num_requests":200,
      "num_none_requests":0,"num_failures":5,"total_response_time":3000,"max_response_time":33.25,"min_response_time":9.75,
      "response_times":{"10":189,"20":10,"30":1}}
      """
    let result = try LoadTexts.read("[\(entry)]", ext: "json")
    #expect(result.load("http_req_duration", .p95) == 20 && result.load("http_req_duration", .p90) == 10)
    #expect(result.load("http_req_duration", .average, "/a") == 15)
    #expect(result.load("http_req_duration", .maximum, "/a") == 33.25)
    #expect(result.load("http_reqs", .rate) == 20 && result.load("http_req_failed", .rate) == 0.025)
    #expect(result.usable.first?.startedAt == Timestamp(milliseconds: 1_796_046_985_500))
  }
}
