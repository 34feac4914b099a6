import SLOModel
import Testing

@testable import SLOGate

@Suite("What was lost is accepted as narrowly as it was lost")
struct AcceptedScopeTests {
  private let all = ["search", "pay", "*"].flatMap { endpoint in
    [Statistic.p95, .median].map {
      Series(profile: "baseline", endpoint: endpoint, metric: "http_req_duration", statistic: $0)
    }
  }

  private func commands(_ lost: [Series]) -> [String] {
    AcceptedScope.covering(Set(lost), of: all).compactMap { $0.command(commit: "c1", service: nil) }
      .map { $0.replacing("slogate history accept --commit c1 ", with: "") }
  }

  @Test("All of a profile in a word")
  func profile() { #expect(commands(all) == ["--profile baseline --reason WHY"]) }

  @Test("One figure of every endpoint, by its name")
  func figure() {
    #expect(
      commands(all.filter { $0.statistic == .p95 }) == [
        "--profile baseline --metric http_req_duration.p95 --reason WHY"
      ])
  }

  @Test("All of an endpoint, by its name, and one figure of it by both")
  func endpoint() {
    #expect(
      commands(Array(all[0...1]) + [all[5]]) == [
        "--profile baseline --endpoint search --reason WHY",
        "--profile baseline --endpoint '*' --metric http_req_duration.med --reason WHY",
      ])
  }

  @Test("A name that cannot be pasted makes no command")
  func hostile() {
    let series = Series(profile: "baseline", endpoint: "a\nb", metric: "m", statistic: .p95)
    #expect(AcceptedScope.covering([series], of: all).map { $0.command(commit: "c1", service: nil) } == [nil])
  }
}
