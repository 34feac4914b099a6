import SLOBudgets
import SLOHistory
import SLOModel
import SLOReports

/// What an acceptance names, held against what was recorded: a decision that hits nothing is a typing error.
struct AcceptedSeries {
  private let service: String
  private let recorded: [Series]
  private let services: [String]
  /// Whether what was never recorded is taken all the same.
  private let takesUnknown: Bool

  init(_ service: String, in history: History, takesUnknown: Bool) throws {
    self.service = service
    self.takesUnknown = takesUnknown
    (recorded, services) = (try history.series(of: service), try history.services())
  }

  /// A recorded metric with all its statistics, else the figure of a name as budgets and reports have it.
  func figure(_ name: String) throws -> (metric: String, statistic: Statistic?) {
    if recorded.contains(where: { $0.metric == name }) { return (name, nil) }
    do throws(NamedFigure.Unknown) {
      let figure = try NamedFigure.figures(named: name)[0]
      return (figure.metric, figure.statistic)
    } catch {
      if takesUnknown { return (name, nil) }
      throw Failure.usage("--metric \(name): \(error.message)")
    }
  }

  /// How many recorded series an acceptance speaks of.
  /// - Parameter metric: what its metric was named.
  func count(of acceptance: Acceptance, metric: String?) throws -> Int {
    let count = recorded.count { acceptance.covers($0) }
    guard count > 0 || takesUnknown else {
      throw Failure.usage("\(absence(of: acceptance, metric)); --force accepts it all the same")
    }
    return count
  }

  /// Which part of it no series has, and what there is.
  private func absence(of acceptance: Acceptance, _ metric: String?) -> String {
    if recorded.isEmpty {
      return "nothing was recorded of service '\(service)'" + hint(service, among: services)
    }
    var rest = recorded
    var asked = service
    if let profile = acceptance.profile {
      let known = rest.map(\.profile)
      rest = rest.filter { $0.profile == profile }
      if rest.isEmpty { return "\(asked) has no profile '\(profile)'" + hint(profile, among: known) }
      asked += " " + profile
    }
    if let endpoint = acceptance.endpoint {
      let known = rest.map(\.endpoint)
      rest = rest.filter { endpoint.matches($0.endpoint) }
      if rest.isEmpty {
        return "\(asked) has no endpoint '\(endpoint.text)'" + hint(endpoint.text, among: known)
      }
      asked += " " + endpoint.text
    }
    let metric = metric ?? ""
    return "\(asked) has no metric '\(metric)'"
      + hint(metric, among: rest.map { figureName($0.metric, $0.statistic) })
  }

  private func hint(_ name: String, among known: [String]) -> String {
    Suggestion.hint(for: name, among: Set(known).sorted()).map { "; \($0)" } ?? ""
  }
}
