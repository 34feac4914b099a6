import SLOBudgets
import SLOGate
import SLOModel

extension Verdict {
  /// Everything a person should act on, the gravest first. What is about the whole run stands before what is about
  /// its series: it is little, and without it they are misread.
  var annotations: [Annotation] { annotations(of: ofSeries) }

  /// The same with one for each story in place of one for each of its findings: for people.
  var storyAnnotations: [Annotation] {
    annotations { outcomes in stories(outcomes).compactMap { Annotation($0, in: self) } }
  }

  private func annotations(of series: ([Finding.Outcome]) -> [Annotation]) -> [Annotation] {
    let waivers =
      waivers.expired.map { annotation(.waiverEnd, .warning, $0, "ended on \($0.until) and is ignored") }
      + waivers.ending.map { annotation(.waiverEnd, .note, $0, "ends on \($0.until)") }
      + waivers.unused.map { annotation(.waiverUnused, .note, $0, "is not needed by this run") }
    let outcomes: [Finding.Outcome] = [.over, .missing, .regressed, .warn, .waived]
    let findings = series(outcomes)
    let told = outcomes.flatMap { outcome in
      findings.filter { $0.finding?.outcome == outcome }
        + rules.filter { $0.outcome == outcome }.map(annotation)
    }
    let all = ofRun + told + waivers + ofBudgets
    return [.error, .warning, .note].flatMap { level in all.filter { $0.level == level } }
  }

  private var ofRun: [Annotation] {
    let moved = commonFactors.filter { $0.blocks || $0.warns }.map { common in
      Annotation(
        .commonShift, common.blocks ? .error : .warning, sentence(common), service: service,
        of: [common.profile])
    }
    return moved + openGaps.map { Annotation(.inconclusive, .error, $0, service: service) }
      + unique(warnings).map { Annotation(.doubt, .warning, $0, service: service) }
  }

  private func ofSeries(_ outcomes: [Finding.Outcome]) -> [Annotation] {
    let causes = causes
    return gravest(outcomes).compactMap { Annotation($0, in: self, after: causes[$0.series]) }
  }

  private func annotation(_ finding: RuleFinding) -> Annotation {
    let rule: AnnotationRule =
      switch finding.outcome {
      case .over: .budget
      case .missing: .missing
      default: .budgetWarning
      }
    return Annotation(
      rule, rule.level, finding.sentence, lines: [finding.remedy].compactMap { $0 }, service: service,
      place: finding.rule.place, of: [finding.profile, finding.endpoint, finding.rule.text])
  }

  /// What a reviewer of the budgets should see: what the branch loosens, and what no limit speaks of.
  private var ofBudgets: [Annotation] {
    let loosened = (budgetReview?.rows ?? []).filter { $0.effect == .loosened }.map { row in
      Annotation(
        .budgetLoosened, .note, row.sentence, service: service, place: row.placeAfter,
        of: [row.what, row.reach ?? "", row.placeAfter?.file ?? row.placeBefore?.file ?? ""])
    }
    guard !unbudgeted.isEmpty else { return loosened }
    let names = unbudgeted.prefix(10).joined(separator: ", ") + (unbudgeted.count > 10 ? ", …" : "")
    let text = "\(counted(unbudgeted.count, "endpoint")) measured without a budget: \(names)"
    return loosened + [Annotation(.unbudgeted, .note, text, service: service, of: [])]
  }

  private func annotation(
    _ rule: AnnotationRule, _ level: Annotation.Level, _ waiver: Waiver, _ what: String
  ) -> Annotation {
    Annotation(
      rule, level, "waiver \(what): \(title(of: waiver))", service: service,
      place: waiver.place.line == 0 ? nil : waiver.place,
      of: [
        waiver.profile ?? "", waiver.endpoint, waiver.metric, waiver.statistic.rawValue, waiver.until,
        waiver.owner, waiver.reason,
      ])
  }

  /// The line a remark without a line of its own is put on, where a reader insists on one: the head of the first
  /// budget file, or of the one that would be.
  var fallbackPlace: Place {
    let file = findings.lazy.compactMap { $0.budget?.limit.writtenPlace?.file }.first
    return Place(file: file ?? "budgets/slo.yaml", line: 1, column: 1).ofRepository
  }
}
