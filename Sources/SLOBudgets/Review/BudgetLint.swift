package import SLOModel
internal import SLOReaders

/// One thing a reviewer of the budgets should know, which does not keep them from being read.
package struct LintFinding: Sendable, Hashable {
  /// The kinds of findings; their names are part of the reports' contract.
  package enum Kind: String, Sendable, CaseIterable {
    /// A waiver whose time is over.
    case waiverExpired = "waiver-expired"
    /// A waiver that ends within 14 days.
    case waiverEnding = "waiver-ending"
    /// A waiver that lets nothing through.
    case waiverUnused = "waiver-unused"
    /// A limit far from everything measured.
    case limitSlack = "limit-slack"
    /// A limit on a percentile that the samples are too few for.
    case limitFewSamples = "limit-few-samples"
    /// A limit that the typical value breaks.
    case limitAlwaysBroken = "limit-always-broken"
    /// An entry that no run has an endpoint for.
    case endpointUnmeasured = "endpoint-unmeasured"
    /// A limit or a rule on a figure that no run has.
    case metricUnmeasured = "metric-unmeasured"
    /// Limits of a profile that no run is of.
    case profileUnmeasured = "profile-unmeasured"
  }

  /// What kind it is.
  package var kind: Kind
  /// What is found, where, and what to do about it.
  package var problem: BudgetProblem

  /// Whether it makes the budgets wrong, and not only questionable.
  package var isError: Bool { kind == .waiverExpired }

  /// Names a finding.
  package init(_ kind: Kind, _ message: String, at place: Place, hint: String? = nil) {
    self.kind = kind
    problem = BudgetProblem(message, at: place, hint: hint)
  }
}

extension Budgets {
  /// What can be said of the files alone: waivers that are over, end soon, or waive nothing.
  package func lint(at now: Timestamp) -> [LintFinding] {
    waivers.compactMap { waiver in
      if waiver.isExpired(at: now) {
        return LintFinding(
          .waiverExpired, "the waiver of \(waiver.title) ended on \(waiver.until) and is ignored",
          at: waiver.place, hint: "take it out, or grant it anew with a new date and reason")
      }
      if let reason = idleness(of: waiver) {
        return LintFinding(
          .waiverUnused, "the waiver of \(waiver.title) lets nothing through: \(reason)", at: waiver.place,
          hint: "take it out, or name the limit it is for")
      }
      guard waiver.ends(withinDays: 14, of: now) else { return nil }
      return LintFinding(
        .waiverEnding, "the waiver of \(waiver.title) ends on \(waiver.until)", at: waiver.place,
        hint: "\(waiver.owner) answers for it: fix what it waives, or grant it anew")
    }
    .sorted { $0.problem.place < $1.problem.place }
  }

  /// Why a waiver can let nothing through, whatever is measured; nil where it can.
  private func idleness(of waiver: Waiver) -> String? {
    let others = waiver.profile.map { [$0] } ?? []
    let names = subjects(profiles: Set(others)).union(
      profiles.union(others).union(EvidenceKind.all.map(\.profiles.every)).map {
        BudgetSubject(profile: $0, endpoint: waiver.endpoint)
      })
    let waived = names.flatMap { subject in
      limits(profile: subject.profile, endpoint: subject.endpoint, endpointTag: subject.endpointTag).filter {
        waivers(
          on: $0, profile: subject.profile, endpoint: subject.endpoint, endpointTag: subject.endpointTag
        ).contains(waiver)
      }
    }
    guard let limit = waived.first else { return "no limit is on it" }
    if waived.allSatisfy({ $0.severity == .warn }) { return "its limit only warns" }
    let isLooser = waived.contains {
      $0.comparison.isUpper ? waiver.bound > $0.bound : waiver.bound < $0.bound
    }
    return isLooser ? nil : "its max is no looser than the limit at \(limit.place)"
  }
}

extension Waiver {
  /// What it waives, for messages: `spike auth.login http_req_duration.p95`.
  public var title: String {
    (profile.map { "\($0) " } ?? "") + "\(endpoint) \(metric).\(statistic)"
  }
}
