import SLOGate

/// The kinds of problem a verdict tells; their names are part of the reports' contract.
enum AnnotationRule: String, CaseIterable {
  case budget, missing, regression, creep, inconclusive
  case doubt
  case budgetWarning = "budget-warning"
  case commonShift = "common-shift"
  case waiverEnd = "waiver-end"
  case waiverUnused = "waiver-unused"
  case budgetLoosened = "budget-loosened"
  case unbudgeted

  /// What a finding is: its budget decides before its history, as it does for the release.
  init?(_ finding: Finding) {
    switch finding.outcome {
    case .over, .waived: self = .budget
    case .missing: self = .missing
    case .regressed: self = finding.regression?.effect == .blocks ? .regression : .creep
    case .warn where finding.isBeyondLimit: self = .budgetWarning
    case .warn: self = finding.regression?.effect == .warns ? .regression : .creep
    case .near, .improved, .ok, .recorded: return nil
    }
  }

  /// What it says, as a name.
  var title: String {
    switch self {
    case .budget: "Budget exceeded"
    case .budgetWarning: "Budget that warns exceeded"
    case .missing: "Budgeted value missing"
    case .regression: "Worse than its history"
    case .creep: "Drifted from its anchor"
    case .commonShift: "The whole run moved"
    case .inconclusive: "Not judged"
    case .doubt: "Look at the measurement"
    case .waiverEnd: "Waiver ends"
    case .waiverUnused: "Waiver not needed"
    case .budgetLoosened: "Budget loosened"
    case .unbudgeted: "Measured without a budget"
    }
  }

  /// What it means, in a sentence.
  var meaning: String {
    switch self {
    case .budget: "The value does not keep a limit that blocks the release."
    case .budgetWarning: "The value does not keep a limit that only warns."
    case .missing: "A budget asks for a value that the results do not have, so that nobody can judge it."
    case .regression:
      "The value is worse than those of earlier commits at the same sizing by more than noise explains."
    case .creep: "The level has become worse since the pinned anchor by more than the budget allows."
    case .commonShift: "All series of a run moved together: the machine, or a change that hits everything."
    case .inconclusive: "Something that had to be judged could not be."
    case .doubt: "Something about the results makes the verdict less certain than it looks."
    case .waiverEnd: "A waiver has ended or ends within two weeks; its limit then holds again."
    case .waiverUnused: "What is waived keeps its limit, so that the waiver hides only what comes next."
    case .budgetLoosened: "The branch under judgement loosens what releases are held against."
    case .unbudgeted: "Endpoints are measured that no budget speaks of."
    }
  }

  /// What to do about it.
  var help: String {
    switch self {
    case .budget, .budgetWarning:
      "Fix what is slow, or change the limit on this line in a pull request, or waive it for a while."
    case .missing: "Let the load test write the value, or mark the limit optional."
    case .regression:
      "Run the test again and check both results together. Where the change is wanted, accept it with slogate history accept."
    case .creep: "Make it as fast as it was at the anchor, or pin a newer one."
    case .commonShift: "Repeat the run on an idle machine to tell the machine from the change."
    case .inconclusive: "Give what is missing and check again."
    case .doubt: "Find out whether the results are those of this commit, under the load that was planned."
    case .waiverEnd: "Fix what is waived, or renew the waiver with a new reason."
    case .waiverUnused: "Remove the waiver."
    case .budgetLoosened: "Agree on it in the review, or take it back."
    case .unbudgeted: "Write a limit for them, or one for all under defaults."
    }
  }

  /// How grave it is, unless a finding says otherwise.
  var level: Annotation.Level {
    switch self {
    case .budget, .missing, .regression, .creep, .inconclusive: .error
    case .budgetWarning, .commonShift, .doubt, .waiverEnd: .warning
    case .waiverUnused, .budgetLoosened, .unbudgeted: .note
    }
  }
}
