package import SLOStatistics

/// A second look before blocking. What warns in one run is suspect, for one run cannot tell a spike from a regression; a
/// second run of the same build, measured in another job and held against the same references, decides.
package struct TwoStepRule: Sendable {
  /// The p-value up to which the second run confirms a suspect; among several it is divided by their number (Bonferroni:
  /// no more than these are asked again).
  package let alpha: Double

  /// The rule of a policy.
  package init(_ policy: RegressionPolicy) { alpha = policy.warnAlpha }

  /// What the first run leaves to the second: series that warn, and factors common to a run that block.
  package func suspects<Place: Hashable>(of first: [Place: Judgement]) -> Set<Place> {
    Set(first.filter { $0.value.warns || $0.value.blocks }.keys)
  }

  /// The suspects that the second run alone confirms.
  package func confirmed<Place: Hashable>(
    _ suspects: Set<Place>, by second: [Place: Judgement]
  ) -> Set<Place> {
    suspects.filter { place in
      (second[place]?.p).map { $0 <= alpha / Double(suspects.count) } ?? false
    }
  }
}
