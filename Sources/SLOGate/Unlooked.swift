import SLOBudgets
public import SLOModel

/// Why a measured series is not held against its history.
public enum Unlooked: Sendable, Hashable {
  /// Nobody knows which way it is better.
  case undirected
  /// A percentile of so few samples that it says nothing of the next run.
  case thin(samples: Int, needed: Int)
  /// It repeats what other series say: `max`, `avg` beside the median, the parts of a request's time.
  case untracked
}

extension Question {
  /// Why a series is not held against its history; nil where it is, or was not measured.
  public func unlooked(_ series: Series) -> Unlooked? {
    candidates[series].flatMap { Signals.unlooked($0, candidates, budget) }
  }
}

extension Verdict {
  /// What a check never looks for, beside what repeats other series.
  public struct NeverLookedFor: Sendable, Hashable {
    /// Custom metrics whose better direction nobody knows, by name.
    public var undirected: [String] = []
    /// Percentiles of too few samples, in order.
    public var thin: [Series] = []

    /// In one line: `which way is better is not known of queue_depth; …`. Nil where nothing is left out.
    public var sentence: String? {
      let parts = [
        undirected.isEmpty ? nil : "nobody says which way is better of \(listed(undirected))",
        thin.isEmpty ? nil : "too few samples for \(listed(thin.map(NeverLookedFor.name)))",
      ]
      let said = parts.compactMap { $0 }
      return said.isEmpty ? nil : "never compared with history: " + said.joined(separator: "; ")
    }

    private static func name(_ series: Series) -> String {
      let place = series.endpoint == Series.wholeRun ? series.profile : "\(series.profile) \(series.endpoint)"
      let metric = series.metric == "http_req_duration" ? "" : "\(series.metric)."
      return "\(metric)\(series.statistic) of \(place)"
    }
  }
}

extension Question {
  /// What the check never looks for.
  var neverLookedFor: Verdict.NeverLookedFor {
    var found = Verdict.NeverLookedFor()
    var undirected: Set<String> = []
    for observed in candidates.observed {
      switch Signals.unlooked(observed, candidates, budget) {
      case .undirected: undirected.insert(observed.measurement.series.metric)
      case .thin: found.thin.append(observed.measurement.series)
      case .untracked, nil: break
      }
    }
    found.undirected = undirected.sorted()
    found.thin.sort()
    return found
  }
}

/// The first few of some names, and how many more there are.
public func listed(_ names: [String], most: Int = 5) -> String {
  names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
}
