/// A place in a series where its level changed.
public struct ChangePoint: Sendable, Hashable {
  /// What kind of change it is.
  public enum Kind: String, Sendable, Hashable {
    /// From one run to the next: the change has a commit.
    case step
    /// Bit by bit: the place is where one straight line ends and another begins, and no single commit caused it.
    case drift
  }

  /// A value that may be the first at the new level.
  public struct Suspect: Sendable, Hashable {
    /// Its position, from 0, in the series as it was given, gaps counted.
    public var index: Int
    /// The probability that it is the first, 0 … 1.
    public var probability: Double

    /// Names a value and its probability.
    public init(index: Int, probability: Double) { (self.index, self.probability) = (index, probability) }
  }

  /// The position of the first value at the new level, from 0, in the series as it was given, gaps counted.
  public var index: Int
  /// The median of the level before; of a drift where the line before ends.
  public var before: Double
  /// The median of the level after; of a drift where the line after has come to at its last value.
  public var after: Double
  /// Of a drift by how much the line after rises from one value to the next, in the unit of the values; nil for a step.
  public var rise: Double?
  /// The chance of a change this clear at this place if nothing changed, two-sided.
  public var p: Double
  /// What kind of change it is.
  public var kind: Kind
  /// Whether so few values follow that the next ones may still take it back.
  public var isProvisional: Bool
  /// The fewest values that hold the first at the new level with a probability of 95 %, the likeliest first, `index`
  /// among them; none of a drift.
  public var suspects: [Suspect]

  /// Creates a change point.
  public init(
    index: Int, before: Double, after: Double, p: Double, kind: Kind, isProvisional: Bool,
    suspects: [Suspect] = [], rise: Double? = nil
  ) {
    self.index = index
    self.before = before
    self.after = after
    self.p = p
    self.kind = kind
    self.isProvisional = isProvisional
    self.suspects = suspects
    self.rise = rise
  }

  /// The change relative to the level before, 0.1 for 10 % more; nil where that level is zero.
  public var change: Double? { before == 0 ? nil : (after - before) / abs(before) }

  /// Of a drift the rise from one value to the next relative to where the line before ends; nil for a step, and where
  /// that is zero.
  package var rate: Double? { before == 0 ? nil : rise.map { $0 / abs(before) } }
}
