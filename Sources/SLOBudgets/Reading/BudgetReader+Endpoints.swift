internal import SLOModel
internal import SLOReaders

/// The sections `defaults`, `run` and `endpoints`.
extension BudgetReader {
  mutating func defaults(_ node: YAMLNode, into file: inout BudgetFile) {
    file.defaults = profiles(
      pairs(of: node, in: "'defaults'"), entry: nil, owner: nil, tags: [:], expecting: &file.expectations)
  }

  /// Limits of the run as a whole alone, which some kinds of evidence do not have.
  mutating func run(_ node: YAMLNode, into file: inout BudgetFile) {
    let pairs = self.pairs(of: node, in: "'run'")
    let hasWholeRun = { (pair: YAMLNode.Pair) in EvidenceKind.of(profile: pair.key.value).judging.hasWholeRun
    }
    for pair in pairs where !hasWholeRun(pair) {
      let kind = EvidenceKind.of(profile: pair.key.value)
      report(
        "'\(pair.key.value)' has \(kind.subject.plural) and no run as a whole", at: pair.key.place,
        hint: "write its limits under defaults or \(kind.section)")
    }
    file.wholeRun = profiles(
      pairs.filter(hasWholeRun), entry: "run", owner: nil, tags: [:],
      expecting: &file.expectations)
  }

  mutating func endpoints(_ node: YAMLNode, into file: inout BudgetFile) {
    for pair in pairs(of: node, in: "'endpoints'") { endpoint(pair, into: &file) }
  }

  private mutating func endpoint(_ pair: YAMLNode.Pair, into file: inout BudgetFile) {
    let (name, place) = (pair.key.value, pair.key.place)
    let pairs = self.pairs(of: pair.value, in: "the entry '\(name)'")
    let owner = pairs.first { $0.key.value == "owner" }.flatMap { text($0.value, of: "owner") }
    let match =
      pairs.first { $0.key.value == "match" }.map { self.match($0.value) } ?? .endpoint(name, tag: nil)
    let samples = pairs.first { $0.key.value == "min_samples" }.flatMap { self.samples($0.value) }
    let profiles = self.profiles(
      pairs.filter { !BudgetKeys.endpoint.contains($0.key.value) }, entry: name, owner: owner,
      tags: match.tags, expecting: &file.expectations)
    switch match {
    case .endpoint(let pattern, let tag):
      file.entries.append(
        Entry(
          name: name, pattern: .named(pattern), tag: tag, owner: owner ?? self.owner, place: place,
          limits: profiles, minimumSamples: samples))
    case .subMetrics:
      if let samples {
        report(
          "'min_samples' is in an entry that names no endpoint", at: samples.place,
          hint: "write it at the top of the file or under profiles")
      }
      report(file.wholeRun.add(profiles, in: "'\(name)'"))
    case .malformed:
      break
    }
  }

  private mutating func profiles(
    _ pairs: [YAMLNode.Pair], entry: String?, owner: String?, tags: [String: String],
    expecting expectations: inout Expectations
  ) -> ProfileLimits {
    var limits = ProfileLimits()
    for pair in pairs where isProfile(pair) {
      let name = pair.key.value
      checkSpelling(ofProfile: name, at: pair.key.place)
      let owner = self.owner(profile: name, entry: entry, owner: owner, tags: tags)
      let read = self.limits(pair.value, of: owner)
      limits.limits[name] = read.absolute
      limits.relative[name] = read.relative.isEmpty ? nil : read.relative
      if !read.isOptional { expectations.note(name, at: pair.key.place) }
    }
    return limits
  }

  /// Profiles have free names, but one that was never measured and that is almost a usual one would be limits
  /// that never apply.
  mutating func checkSpelling(ofProfile name: String, at place: Place) {
    guard let meant = vocabulary.usualProfile(misspeltAs: name) else { return }
    report("unknown profile '\(name)'", at: place, hint: "did you mean '\(meant)'?")
  }

  private func owner(
    profile: String, entry: String?, owner: String?, tags: [String: String]
  ) -> Owner {
    Owner(
      profile: profile, kind: .of(profile: profile), entry: entry, owner: owner, tags: tags)
  }

  /// Whether a pair can be a profile and its limits, and not a limit or a setting that lost its place.
  private mutating func isProfile(_ pair: YAMLNode.Pair) -> Bool {
    let name = pair.key.value
    if case .mapping(let pairs) = pair.value.content {
      guard !pairs.isEmpty, pairs.allSatisfy({ BudgetKeys.limit.contains($0.key.value) }) else { return true }
    }
    if (try? MetricKey(parsing: name, of: .load)) != nil {
      report(
        "the limit '\(name)' is where a profile should be", at: pair.key.place,
        hint: "write it under a profile, or under \"*\" for every profile: \"*\": { \(name): … }")
    } else {
      report(
        "expected the limits of the profile '\(name)', found \(pair.value.kind)", at: pair.key.place,
        hint: Suggestion.nearest(to: name, among: BudgetKeys.endpoint).map { "did you mean '\($0)'?" }
          ?? "write \(name): { p95: 400ms }")
    }
    return false
  }
}

/// The key `match`: which series an entry is for.
extension BudgetReader {
  fileprivate enum Match {
    /// The endpoints a pattern names, by one tag or by any.
    case endpoint(String, tag: String?)
    /// The sub-metrics of the run as a whole that have these tags.
    case subMetrics([String: String])
    case malformed

    var tags: [String: String] {
      if case .subMetrics(let tags) = self { return tags }
      return [:]
    }
  }

  fileprivate mutating func match(_ node: YAMLNode) -> Match {
    var tags: [String: String] = [:]
    let pairs = self.pairs(of: node, in: "'match'")
    for pair in pairs { tags[pair.key.value] = text(pair.value, of: pair.key.value) }
    guard let (tag, value) = tags.first, tags.count == pairs.count else {
      if pairs.isEmpty, case .mapping = node.content {
        report("'match' names no tag", at: node.place, hint: "write match: { endpoint: search }")
      }
      return .malformed
    }
    if tags.count == 1, vocabulary.endpointTags.contains(tag) { return .endpoint(value, tag: tag) }
    for pair in pairs where tags[pair.key.value]?.contains("*") == true {
      report(
        "a glob is allowed only for a tag that names endpoints, without other tags", at: pair.value.place,
        hint: "such tags are " + vocabulary.endpointTags.joined(separator: ", "))
    }
    return .subMetrics(tags)
  }
}
