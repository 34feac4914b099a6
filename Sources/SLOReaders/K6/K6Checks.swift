internal import SLOModel

/// The checks that a summary counts one by one: by group and name in `root_group`, by name alone in the
/// machine-readable summary.
struct K6Checks {
  /// One check of one group.
  private struct Check {
    var name: String
    /// The group's path as k6's tag `group` has it, empty for the root; nil where the file does not say.
    var group: String?
    var trials: K6Metric.Trials
  }

  /// The root group: `groups` and `checks` are lists, or objects by name in the legacy export.
  private let groups: JSONValue?
  /// A list of checks.
  private let list: JSONValue?

  /// - Parameters:
  ///   - groups: `root_group`.
  ///   - list: `checks.results` of a machine-readable summary.
  init(groups: JSONValue? = nil, list: JSONValue? = nil) {
    self.groups = groups
    self.list = list
  }

  /// Whether the file may contain single checks.
  var areKnown: Bool { groups != nil || list != nil }

  /// The rates `checks{check:…}`, `checks{group:…}` that somebody asks for: over all checks with these tags, as
  /// raw samples have them. What is not looked for is not read.
  func metrics(
    _ selections: Set<SampleDemand.Selection>, naming: NamingRules
  ) throws(InputError) -> [K6Metric] {
    let wanted = selections.filter {
      ($0.metric ?? K6Checks.metric) == K6Checks.metric && $0.tags.keys.allSatisfy(K6Checks.tags.contains)
    }
    if wanted.isEmpty { return [] }
    let index = SelectionIndex(Array(wanted), naming: naming)
    var trials: [[String: String]: K6Metric.Trials] = [:]
    for check in try all() {
      var tags = ["check": check.name]
      tags["group"] = check.group
      // One check counts once in a series, whoever asked for it.
      for matched in Set(index.matches(tags).map(\.tags)) {
        trials[matched, default: K6Metric.Trials(hits: 0, total: 0)] += check.trials
      }
    }
    return trials.map { K6Checks.metric($0.key, $0.value) }.sorted { $0.spelling < $1.spelling }
  }

  private static let metric = "checks"
  private static let tags: Set<String> = ["check", "group"]

  private static func metric(_ tags: [String: String], _ trials: K6Metric.Trials) -> K6Metric {
    let name = MetricName(base: metric, tags: tags)
    var metric = K6Metric(name: name, spelling: name.description, kind: .rate)
    metric.trials = trials
    return metric
  }
}

extension K6Checks {
  private func all() throws(InputError) -> [Check] {
    var checks: [Check] = []
    if let groups { try K6Checks.add(group: groups, path: "", to: &checks) }
    for element in try list.map(K6Checks.members) ?? [] {
      if let check = try K6Checks.check(element, group: nil) { checks.append(check) }
    }
    return checks
  }

  private static func add(
    group value: JSONValue, path: String, to checks: inout [Check]
  ) throws(InputError) {
    let group = try object(value)
    let path =
      try group["path"].flatMap { value throws(InputError) in
        value.kind == .string ? ComposedText.composed(try value.string()) : nil
      } ?? path
    for member in try group["checks"].map(members) ?? [] {
      if let check = try check(member, group: path) { checks.append(check) }
    }
    for member in try group["groups"].map(members) ?? [] {
      let name = try object(member).string("name") ?? ""
      try add(group: member, path: path + "::" + ComposedText.composed(name), to: &checks)
    }
  }

  /// What a list or an object by name holds.
  private static func members(_ value: JSONValue) throws(InputError) -> [JSONValue] {
    value.kind == .array ? try value.elements() : try object(value).members.map(\.value)
  }

  private static func object(_ value: JSONValue) throws(InputError) -> JSONObject {
    if let error = try PowerShellText.error(at: value) { throw error }
    return try value.object()
  }

  /// - Returns: nil for what was declared and never counted.
  private static func check(_ value: JSONValue, group: String?) throws(InputError) -> Check? {
    let object = try object(value)
    guard let name = try object.string("name") else {
      throw value.error(expected: "a check with its \"name\"")
    }
    let (passes, fails) = (try count(object["passes"]), try count(object["fails"]))
    guard let passes, let fails, passes + fails > 0 else { return nil }
    return Check(
      name: ComposedText.composed(name), group: group,
      trials: K6Metric.Trials(hits: passes, total: passes + fails))
  }

  private static func count(_ value: JSONValue?) throws(InputError) -> Double? {
    guard let value else { return nil }
    let count = try value.number()
    try ImpossibleValue.check(count, in: 0...0x1p53, .count, at: value)
    return count
  }
}

extension K6Metric.Trials {
  fileprivate static func += (left: inout Self, right: Self) {
    left.hits += right.hits
    left.total += right.total
  }
}
