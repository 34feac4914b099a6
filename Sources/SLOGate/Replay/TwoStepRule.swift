package import SLOStatistics

/// A second look before blocking. What warns in one run is suspect, for one run cannot tell a spike from a regression; a
/// second run of the same build, measured in another job and held against the same references, decides.
package struct TwoStepRule: Sendable {
  /// The chance that the second run confirms any suspect where nothing changed.
  package let errorRate: Double

  /// The rule of a policy.
  package init(_ policy: RegressionPolicy) { errorRate = policy.confirmationErrorRate }

  /// What the first run leaves to the second: series that warn, and factors common to a run that block.
  package func suspects<Place: Hashable>(of first: [Place: Judgement]) -> Set<Place> {
    Set(first.filter { $0.value.warns || $0.value.blocks }.keys)
  }

  /// The suspects that the second run alone confirms, by Holm's rule: no more than these are asked again.
  package func confirmed<Place: Hashable>(
    _ suspects: Set<Place>, by second: [Place: Judgement]
  ) -> Set<Place> {
    let places = Array(suspects)
    let rejected = MultipleTesting.holm(places.map { second[$0]?.p ?? 1 }, errorRate: errorRate)
    return Set(zip(places, rejected).filter(\.1).map(\.0))
  }
}
