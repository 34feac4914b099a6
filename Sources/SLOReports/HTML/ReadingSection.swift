import SLOGate
import SLOStatistics
import SLOModel

/// How to read the page, with the rate at which unchanged builds are blocked.
func readingSection(of review: Review) -> PageSection {
  let (verdict, policy) = (review.verdict, review.verdict.policy)
  let test = policy.test
  let measured = verdict.falseBlockSentence.map { " As measured: \($0)." } ?? ""
  let rates =
    "A regression \(policy.regressionBlocks ? "blocks" : "is called certain") where Holm's rule confirms it, at a"
    + " nominal \(percent(test.familyErrorRate)) over all series judged together.\(measured) Warnings follow Benjamini"
    + " and Hochberg, at a nominal false discovery rate of \(percent(test.falseDiscoveryRate))."
    + " A change below \(percent(test.relativeFloor)) is no finding unless the budget file says so,"
    + " and nothing is judged by fewer than \(test.minimumReferences) comparable commits."
  return PageSection(
    id: "reading", title: "How to read this",
    body: HTML.facts([
      ("Now", "The median of the repetitions of a profile."),
      ("Limit", "What the budget files ask for, with the operator a value has to fulfil."),
      (
        "Typical",
        "Median ± noise of the comparable commits: those at the same sizing, on the reference branch, at the level they have now. Noise is 1.4826 times the median absolute deviation."
      ),
      ("Change", "The value against what is typical, as a share of it."),
      (
        "p and q",
        "How often noise alone shows such a change: p of this series alone, q among all series judged."
      ),
      (
        "Charts",
        "Points are commits, the last one the commit judged; the band is the noise around each level, the dashed horizontal line the limit, a dotted vertical line a change of level."
      ),
      ("✗ blocks", "Beyond a limit, or certainly worse than the history."),
      ("! warns", "Beyond a limit that only warns, probably worse, or near a limit."),
      ("? missing", "Something that had to be judged could not be; ~ is waived, ✓ is better."),
      ("False alarms", HTML(rates)),
    ]))
}
