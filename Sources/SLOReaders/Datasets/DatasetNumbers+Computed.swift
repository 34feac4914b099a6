internal import SLOModel

/// The figures that are computed from other numbers of a report.
extension DatasetNumbers {
  /// The ratio as the percentiles give it, where the report has both; else as it is stated.
  mutating func setTailRatio(_ leaves: [DatasetLeaf]) throws(InputError) {
    let inTail = leaves.filter { $0.path.dropLast().contains("power_law_tail") }
    var rising: [Source] = []
    for names in [["p50", "median"], ["p75"], ["p90"], ["p95"], ["p99"], ["max"]] as [Set<String>] {
      guard let leaf = inTail.first(where: { $0.isNamed(names) }) else { continue }
      let next = try DatasetNumbers.source(leaf, "a percentile")
      if let last = rising.last, next.number < last.number {
        throw next.value.error(
          expected: "at least \(figure(last.number)), which is \(last.name)",
          remedy: "correct the validation that writes the report")
      }
      rising.append(next)
    }
    let named = { (names: Set<String>) in
      rising.first { DatasetLeaf(path: $0.path, value: $0.value).isNamed(names) }
    }
    guard let high = named(["p99"]), let middle = named(["p50", "median"]), middle.number > 0 else { return }
    compute("p99_to_p50", high.number / middle.number, from: [high, middle])
  }

  /// The ratio as the hours give it, where the report has them: the busiest to the quietest of those with traffic.
  mutating func setDiurnalRatio(_ leaves: [DatasetLeaf]) throws(InputError) {
    let hours = leaves.filter { $0.path.dropLast().contains("hourly_distribution") && $0.isNamed(["count"]) }
    let sources = try hours.map { leaf throws(InputError) in try DatasetNumbers.source(leaf, "an hour") }
      .filter { $0.number > 0 }
    guard let least = sources.map(\.number).min(), let most = sources.map(\.number).max() else { return }
    compute("diurnal_ratio", most / least, from: sources)
  }

  private mutating func compute(_ metric: String, _ value: Double, from sources: [Source]) {
    guard value.isFinite else { return }
    figures[metric] = Figure(value: value, sources: sources, stated: figures[metric]?.sources ?? [])
  }

  mutating func setPassedTests(_ leaves: [DatasetLeaf]) throws(InputError) {
    let own = leaves.filter { $0.path.first == "overall_assessment" }
    guard let passed = own.first(where: { $0.isNamed(["passedtests", "testspassed"]) }),
      let total = own.first(where: { $0.isNamed(["totaltests", "teststotal", "testsrun"]) })
    else { return }
    let sources = [
      try DatasetNumbers.source(passed, "tests"), try DatasetNumbers.source(total, "tests"),
    ]
    guard sources[1].number > 0 else { return }
    guard sources[0].number <= sources[1].number else {
      throw passed.value.error(
        expected: "at most \(figure(sources[1].number)), the number of all tests",
        remedy: "correct the validation that writes the report")
    }
    figures["passed_tests"] = Figure(value: sources[0].number / sources[1].number, sources: sources)
  }

  /// The types that occur, of the kind of record that has the fewest.
  mutating func setTypes(_ leaves: [DatasetLeaf]) throws(InputError) {
    var groups: [[String]: [String: Bool]] = [:]
    var sources: [[String]: [Source]] = [:]
    for leaf in leaves where leaf.path.first == "type_distributions" && leaf.value.kind == .number {
      guard let type = leaf.typeName else { continue }
      let source = try DatasetNumbers.source(leaf, "a type")
      groups[type.group, default: [:]][type.name, default: false] =
        groups[type.group]?[type.name] == true || source.number > 0
      sources[type.group, default: []].append(source)
    }
    // A number beside lists of types is about them, and no type.
    if groups.count > 1 { groups[["type_distributions"]] = nil }
    let counted = groups.map { (group: $0.key, count: $0.value.values.count { $0 }) }
    guard let least = counted.min(by: { ($0.count, $0.group.joined()) < ($1.count, $1.group.joined()) })
    else { return }
    figures["types"] = Figure(value: Double(least.count), sources: sources[least.group] ?? [])
  }
}
