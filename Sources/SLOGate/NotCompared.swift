/// Why a series is not held against its history.
public enum NotCompared: Sendable, Hashable {
  /// It was not measured.
  case unmeasured
  /// Nobody says which way of it is better.
  case noDirection
  /// It has no limit, and is not one of the figures that are held against the history without one.
  case untracked
  /// A percentile of fewer samples differs too much from run to run.
  case fewSamples(needed: Int)

  /// The word for it in JSON.
  public var word: String {
    switch self {
    case .unmeasured: "unmeasured"
    case .noDirection: "no_direction"
    case .untracked: "untracked"
    case .fewSamples: "few_samples"
    }
  }
}
