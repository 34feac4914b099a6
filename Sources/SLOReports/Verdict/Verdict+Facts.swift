import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// What every rendering says of a finding below its headline: the same facts in the same words. None is escaped.
extension Verdict {
  /// The facts of a finding, in the order in which they are asked for.
  func facts(of finding: Finding) -> [Fact] {
    let facts: [(Fact.Label, String?)] = [
      (.which, details(of: finding)), (.was, past(of: finding)),
      (.since, finding.isCrept ? nil : origin(of: finding)),
      (.noise, finding.value == nil || finding.outcome == .missing ? nil : noise(of: finding)?.sentence),
      (.second, secondRun(of: finding)),
      (.script, finding.script.flatMap { $0.isCrossed ? $0.sentence : nil }),
      (.drift, drift(of: finding)), (.load, load(of: finding)), (.waived, waiver(of: finding)),
      (.owner, owner(of: finding)), (.why, finding.outcome == .missing ? finding.remedy : nil),
    ]
    return facts.compactMap { label, text in text.map { Fact(label: label, text: $0) } }
  }

  /// The same as sentences, escaped.
  /// - Parameter cause: the endpoint it follows from; nil where it is for itself.
  func sentences(on finding: Finding, after cause: String? = nil) -> [String] {
    (cause.map { ["follows from \($0)"] } ?? [])
      + facts(of: finding).map { VisibleText.escaped($0.sentence) }
  }

  /// What is behind a value, the first five.
  private func details(of finding: Finding) -> String? {
    let (shown, more) = (finding.details.prefix(5), finding.details.count - 5)
    return shown.isEmpty
      ? nil : shown.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
  }

  // MARK: The history

  /// What the comparable commits show: `99.7 ms ±5.3 in 4 commits on main: +36 %`.
  private func past(of finding: Finding) -> String? {
    if let relative = finding.relative, let reference = relative.reference,
      [.over, .warn, .waived].contains(relative.outcome)
    {
      let source = relative.commits.map { "the median of \(counted($0, "commit")) on \(self.reference)" }
      return quantity(reference, finding.unit) + ", " + (source ?? "in the run it is held against")
    }
    let row = FindingRow(finding)
    if row.typical != "–" {
      let isPaired = finding.regression?.isPaired == true
      let commits = counted(finding.regression?.references ?? 0, isPaired ? "run" : "commit")
      let level =
        isPaired ? " of the base in this job" : finding.regression?.level.flatMap(since) ?? " on \(reference)"
      return "\(row.typical) in \(commits)\(level)" + (row.change == "–" ? "" : ": \(row.change)")
    }
    guard let past = finding.past, let median = past.median else { return nil }
    let span = [past.lowest, past.highest].compactMap { $0.map { quantity($0, finding.unit) } }
    let spread = past.commits > 1 ? " (\(span.joined(separator: " to ")))" : ""
    return "\(quantity(median, finding.unit)) in \(counted(past.commits, "commit")) on \(reference)\(spread)"
  }

  /// Where the level of the comparable commits began, where that is not the whole window.
  private func since(_ level: ReferenceLevel) -> String? {
    guard let since = level.since else { return nil }
    let accepted = level.acceptance.map { ", accepted by \($0.by)" } ?? ""
    return " since \(since.sha.prefix(10))"
      + (level.change.map { " (\(signedPercent($0)) there\(accepted))" } ?? "")
  }

  /// With which commit it came, in git's words where they are known.
  private func origin(of finding: Finding) -> String? {
    guard finding.value != nil, finding.outcome != .missing else { return nil }
    switch finding.past?.novelty {
    case .new?: return newest(of: finding)
    case .known(let since)?:
      let name = name(ofCommit: since.sha)
      guard let unaccepted = finding.regression?.unaccepted else {
        let others = finding.regression?.suspects(since: since)?.others(than: since.sha) ?? ""
        return "not new: \(reference) is like this since \(name)\(others)"
      }
      return unaccepted.isInherited
        ? "not new: already on \(reference) since \(name)" : "\(name); \(unaccepted.words)"
    case .seenBefore(let commits)?:
      let names = commits.prefix(3).map { String($0.prefix(10)) }.joined(separator: ", ")
      return "not new: \(names) showed such a value before"
    case .unchanged?: return "not new: the commits before were like this"
    case .unknown?, nil: return finding.regression?.level.flatMap(acceptance)
    }
  }

  /// The commit judged; where others came with it since the newest reference, how many.
  private func newest(of finding: Finding) -> String {
    guard commit.isKnown else { return "this change" }
    let comparison = comparisons.first { $0.profile == finding.series.profile }
    let reference = comparison?.window?.commits.last?.sha
    guard let reference, let count = context.commitsSince[reference], count > 1 else {
      return "this change, \(name(ofCommit: commit.sha))"
    }
    return "one of \(count) commits since \(reference.prefix(10)), the newest \(name(ofCommit: commit.sha))"
  }

  private func acceptance(of level: ReferenceLevel) -> String? {
    level.acceptance.map { "a new level accepted by \($0.by): \($0.reason)" }
  }

  /// A commit by its SHA, and what git says of it: `4f2c1ab90d: Cache fraud scores (Ann Example)`.
  func name(ofCommit sha: String) -> String {
    let short = String(sha.prefix(10))
    guard let known = context.commits[sha] else { return short }
    let subject = known.subject.count > 60 ? known.subject.prefix(59) + "…" : known.subject[...]
    return "\(short) \(subject) (\(shortened(known.author, to: 30)))"
  }

  // MARK: The rest

  /// What a second measurement shows of it, or that there is to be one.
  private func secondRun(of finding: Finding) -> String? {
    if finding.outcome == .suspect { return "needed: one run cannot tell a regression from a spike" }
    guard let second = finding.regression?.confirmation else { return nil }
    let value = second.judgement.value.map { quantity($0, finding.unit) } ?? "?"
    let change = second.judgement.change?.relative.map { ", \(signedPercent($0))" } ?? ""
    let p = second.judgement.p.map { " (p\(probability($0)))" } ?? ""
    return "\(value)\(change)\(p): \(second.isConfirmed ? "worse again" : "not confirmed")"
  }

  /// What slow drift comes to.
  private func drift(of finding: Finding) -> String? {
    guard let creep = finding.creep, creep.outcome == .over, let typical = creep.judgement.typical else {
      return nil
    }
    return
      "\(quantity(creep.value, finding.unit)) is the level now, \(quantity(typical, finding.unit)) at"
      + " \(creep.anchor); \(percent(creep.maximum)) is allowed"
      + (creep.judgement.q.map { ", q\(probability($0))" } ?? "")
  }

  private func load(of finding: Finding) -> String? {
    guard !finding.load.isEmpty, finding.outcome != .ok else { return nil }
    return finding.load.map(\.sentence).joined(separator: "; ")
  }

  private func waiver(of finding: Finding) -> String? {
    guard finding.outcome == .waived else { return nil }
    return finding.waiver.map { "by \($0.owner) until \($0.until): \($0.reason)" }
  }

  /// Who answers for it, and where the limit that it breaks is written.
  private func owner(of finding: Finding) -> String? {
    guard (Finding.Outcome.decisive + [.warn, .waived]).contains(finding.outcome) else { return nil }
    let limit = limit(of: finding)
    guard let owner = finding.responsible else {
      return limit.map { "no owner is named; \($0)" } ?? "no owner is named"
    }
    return owner + (limit.map { "; \($0)" } ?? "")
  }

  private func limit(of finding: Finding) -> String? {
    guard finding.isBeyondLimit || finding.outcome == .missing || finding.outcome == .waived else {
      return nil
    }
    if let place = finding.writtenPlace {
      let formula = finding.budget.flatMap { $0.limit.writtenPlace == place ? $0.limit.formula : nil }
      return "limit \(formula.map { $0 + " " } ?? "")at \(place.file):\(place.line)"
    }
    return finding.budget?.limit.origin
  }
}
