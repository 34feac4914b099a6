internal import SLOModel

/// What a report says of its own numbers, held against them.
struct DatasetClaims {
  /// Claims that numbers of the report contradict, a sentence each: the report must not be believed.
  private(set) var contradicted: [String] = []
  /// Claimed failures that no number of the report bears out, a sentence each.
  private(set) var unfounded: [String] = []
  /// What the report claims to have failed.
  private(set) var failed: [String] = []
  /// Claims of success that no number of the report says enough of, a sentence each.
  private(set) var notices: [String] = []

  private let numbers: DatasetNumbers
  private let scopes: DatasetScopes

  /// Recomputes every verdict of a report.
  init(_ leaves: [DatasetLeaf], _ numbers: DatasetNumbers) {
    self.numbers = numbers
    scopes = DatasetScopes(numbers)
    for leaf in leaves {
      if let claim = DatasetClaim(leaf, scopes) { judge(claim) }
      if DatasetClaim.isUnclear(leaf) { note(unclear: leaf) }
    }
    judgeStated()
    judgeAddresses(leaves)
    judgePassedTests()
  }

  private mutating func judge(_ claim: DatasetClaim) {
    if !claim.passes { failed.append(claim.name) }
    let metrics = claim.scope.isEmpty ? numbers.figures.keys.sorted() : scopes.figures(under: claim.scope)
    let spoken = metrics.filter { claim.metrics?.contains($0) ?? true }
    let judged = spoken.compactMap { metric -> Judged? in
      guard let criterion = DatasetCriterion.of(metric), let figure = numbers.figures[metric] else {
        return nil
      }
      return (criterion, figure)
    }
    let broken = judged.filter { !$0.criterion.holds($0.figure.value, within: $0.figure.rounding) }
    let isBorneOut = judged.contains { !$0.criterion.holds($0.figure.value, within: -$0.figure.rounding) }
    if claim.passes, !broken.isEmpty {
      contradicted.append("the report claims PASS for \(claim.name), but \(DatasetClaims.text(broken))")
    } else if judged.isEmpty {
      let text = "\(claim.word) of \(claim.name) cannot be recomputed: the report has no number of it"
      if claim.passes { notices.append(text) } else { unfounded.append(text) }
    } else if claim.passes {
      noteMissing(for: claim)
    } else if !isBorneOut {
      unfounded.append("the report claims FAIL for \(claim.name), but \(DatasetClaims.text(judged))")
    }
  }

  private typealias Judged = (criterion: DatasetCriterion, figure: DatasetNumbers.Figure)

  /// Notes what a claim over the whole report would need.
  private mutating func noteMissing(for claim: DatasetClaim) {
    let missing = DatasetCriterion.all.map(\.metric).filter {
      numbers.figures[$0] == nil && claim.metrics?.contains($0) ?? true
    }
    guard claim.scope.isEmpty, !missing.isEmpty else { return }
    notices.append(
      "PASS of \(claim.name) cannot be recomputed: the report has no \(missing.joined(separator: ", "))")
  }

  private mutating func note(unclear leaf: DatasetLeaf) {
    let word = (try? leaf.value.string()) ?? ""
    notices.append(
      "\(UntrustedText.quoted(word)) of \(UntrustedText.cleaned(leaf.path.joined(separator: "."), limit: 80)) is"
        + " neither PASS nor FAIL and was left out")
  }

  /// Numbers and their criteria: `real_email_count is 3 (criterion: <= 0)`.
  private static func text(_ judged: [Judged]) -> String {
    judged.map { criterion, number in
      let name = number.sources.count == 1 ? number.sources[0].name : criterion.metric
      return
        "\(name) is \(figure(number.value)) (criterion: \(criterion.relation.rawValue) \(criterion.written))"
    }
    .joined(separator: ", ")
  }
}

extension DatasetClaims {
  /// Ratios that are stated beside the numbers they are of.
  private mutating func judgeStated() {
    for (_, computed) in numbers.figures.sorted(by: { $0.key < $1.key }) {
      for stated in computed.stated
      where abs(stated.number - computed.value) > max(0.05, 0.01 * computed.value) {
        contradicted.append(
          "the report states \(stated.name) as \(figure(stated.number)), but its numbers give"
            + " \(figure(computed.value))")
      }
    }
  }

  /// Whether there are real addresses is stated twice: as a number, and as yes or no.
  private mutating func judgeAddresses(_ leaves: [DatasetLeaf]) {
    guard let emails = numbers.figures["real_emails"] else { return }
    for leaf in leaves where leaf.isNamed(["syntheticemailsonly", "syntheticonly"]) {
      guard leaf.value.kind == .boolean, let only = try? leaf.value.boolean(), only != (emails.value == 0)
      else { continue }
      contradicted.append(
        "the report states \(UntrustedText.cleaned(leaf.path.last ?? "", limit: 60)) as \(only), but"
          + " \(emails.sources[0].name) is \(figure(emails.value))")
    }
  }

  /// All tests passed: a claim as well.
  private mutating func judgePassedTests() {
    guard let tests = numbers.figures["passed_tests"], tests.value == 1 else { return }
    let number = figure(tests.sources[0].number)
    judge(DatasetClaim(name: "all \(number) tests", scope: [], passes: true))
  }
}
