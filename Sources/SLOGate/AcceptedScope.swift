import SLOModel
import SLOSupport

/// What `history accept` may be asked to accept.
struct AcceptedScope: Hashable {
  let profile: String
  let endpoint: String?
  let figure: String?

  /// A few scopes that speak of some series and of no other that was compared: whole profiles, else a figure of all
  /// endpoints, else whole endpoints, else single series.
  static func covering(_ chosen: Set<Series>, of compared: [Series]) -> [AcceptedScope] {
    let all = Set(compared).union(chosen)
    var rest = chosen
    var scopes: [AcceptedScope] = []
    for (least, widen) in [(2, profile), (2, figure), (2, endpoint), (1, single)] {
      let members = Dictionary(grouping: all, by: widen)
      for scope in Set(rest.map(widen)).sorted(by: { $0.words < $1.words }) {
        guard let series = members[scope], series.count >= least, chosen.isSuperset(of: series),
          !rest.isDisjoint(with: series)
        else { continue }
        scopes.append(scope)
        rest.subtract(series)
      }
    }
    return scopes
  }

  /// The command that accepts it; nil where a name cannot be pasted as it is.
  /// - Parameter service: the service, where a command has to name it.
  func command(commit: String, service: String?) -> String? {
    let options = [
      service.map { shellOption("service", $0) } ?? "",
      shellOption("commit", commit), shellOption("profile", profile),
      endpoint.map { shellOption("endpoint", $0) } ?? "", figure.map { shellOption("metric", $0) } ?? "",
    ]
    guard !options.contains(nil) else { return nil }
    return (["slogate history accept"] + options.compactMap { $0 }.filter { !$0.isEmpty } + ["--reason WHY"])
      .joined(separator: " ")
  }

  private var words: String { [profile, endpoint ?? "", figure ?? ""].joined(separator: "\0") }

  private static func profile(_ series: Series) -> AcceptedScope {
    AcceptedScope(profile: series.profile, endpoint: nil, figure: nil)
  }

  private static func figure(_ series: Series) -> AcceptedScope {
    AcceptedScope(profile: series.profile, endpoint: nil, figure: "\(series.metric).\(series.statistic)")
  }

  private static func endpoint(_ series: Series) -> AcceptedScope {
    AcceptedScope(profile: series.profile, endpoint: series.endpoint, figure: nil)
  }

  private static func single(_ series: Series) -> AcceptedScope {
    AcceptedScope(
      profile: series.profile, endpoint: series.endpoint, figure: "\(series.metric).\(series.statistic)")
  }
}
