internal import SLOModel
internal import SLOReaders

/// The limits of an entry or of the defaults, by profile; `ProfileNames.every` stands for all of a kind of evidence.
struct ProfileLimits: Sendable, Hashable {
  var limits: [String: [Limit]] = [:]
  /// The bounds on changes, likewise.
  var relative: [String: [RelativeLimit]] = [:]

  /// The profiles named; one with bounds on changes alone is among them.
  var profiles: Set<String> { Set(limits.keys).union(relative.keys) }

  /// The bounds on changes for a profile, resolved as the limits.
  func relativeLimits(for profile: String) -> [RelativeLimit] {
    (relative[profile] ?? []).layered(over: relative[EvidenceKind.every(like: profile)] ?? [])
  }

  /// The limits for a profile: what names the profile before what is written for all of its kind, key by key.
  func limits(for profile: String) -> [Limit] {
    (limits[profile] ?? []).layered(over: limits[EvidenceKind.every(like: profile)] ?? [])
  }

  /// Adds limits for the same thing from elsewhere.
  /// - Returns: what is in both; of these the first are kept.
  mutating func add(_ others: ProfileLimits, in what: String) -> [BudgetProblem] {
    var problems: [BudgetProblem] = []
    for (profile, added) in others.limits.sorted(by: { $0.key < $1.key }) {
      problems += ProfileLimits.add(added, to: &limits[profile, default: []]) { limit, first in
        limit.problem("\(limit.metric).\(limit.statistic)", of: profile, in: what, first: first)
      }
    }
    for (profile, added) in others.relative.sorted(by: { $0.key < $1.key }) {
      problems += ProfileLimits.add(added, to: &relative[profile, default: []]) { limit, first in
        limit.problem(
          "\(limit.metric).\(limit.statistic): \(limit.change.rawValue)", of: profile, in: what, first: first)
      }
    }
    return problems
  }

  private static func add<Item: Written>(
    _ added: [Item], to items: inout [Item], problem: (Item, Place) -> BudgetProblem
  ) -> [BudgetProblem] {
    let known = Dictionary(items.map { ($0.key, $0.place) }) { first, _ in first }
    items += added.filter { known[$0.key] == nil }
    return added.compactMap { item in known[item.key].map { problem(item, $0) } }
  }
}

/// What merges key by key and stands somewhere.
private protocol Written: Layered {
  var place: Place { get }
}

extension Limit: Written {}
extension RelativeLimit: Written {}

extension Written {
  fileprivate func problem(
    _ title: String, of profile: String, in what: String, first: Place
  ) -> BudgetProblem {
    BudgetProblem(
      "'\(title)' of '\(profile)' in \(what) is already set at \(first)", at: place,
      hint: "keep one of them")
  }
}
