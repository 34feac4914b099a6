/// A place in a series where its level changed.
public struct ChangePoint: Sendable, Hashable {
  /// What kind of change it is.
  public enum Kind: String, Sendable, Hashable {
    /// From one run to the next: the change has a commit.
    case step
    /// Bit by bit: the place is where two stretches are best told apart, and no commit can be blamed.
    case drift
  }

  /// The position of the first value at the new level, from 0, in the series as it was given, gaps counted.
  public var index: Int
  /// The median of the level before.
  public var before: Double
  /// The median of the level after.
  public var after: Double
  /// The chance of a change this clear at this place if nothing changed, two-sided.
  public var p: Double
  /// What kind of change it is.
  public var kind: Kind
  /// Whether so few values follow that the next ones may still take it back.
  public var isProvisional: Bool

  /// Creates a change point.
  public init(index: Int, before: Double, after: Double, p: Double, kind: Kind, isProvisional: Bool) {
    self.index = index
    self.before = before
    self.after = after
    self.p = p
    self.kind = kind
    self.isProvisional = isProvisional
  }

  /// The change relative to the level before, 0.1 for 10 % more; nil where that level is zero.
  public var change: Double? { before == 0 ? nil : (after - before) / abs(before) }
}
