public import SLOModel

extension Verdict {
  /// What a check never looks for, besides what repeats other series.
  public struct NeverLookedFor: Sendable, Hashable {
    /// Custom metrics without a known better direction, by name.
    public var undirected: [String] = []
    /// Percentiles of too few samples, in order.
    public var thin: [Series] = []

    /// In one line: `which way is better is not known of queue_depth; …`. Nil where nothing is left out.
    public var sentence: String? {
      let parts = [
        undirected.isEmpty ? nil : "it is not stated which way is better of \(listed(undirected))",
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

extension Evaluation {
  /// What the check never looks for.
  var neverLookedFor: Verdict.NeverLookedFor {
    var found = Verdict.NeverLookedFor()
    var undirected: Set<String> = []
    for (series, reason) in plan.notCompared {
      switch reason {
      case .noDirection: undirected.insert(series.metric)
      case .fewSamples: found.thin.append(series)
      case .untracked, .unmeasured: break
      }
    }
    // A trend has a better direction, and the number of its samples none.
    found.undirected = undirected.subtracting(comparedSeries.keys.map(\.metric)).sorted()
    found.thin.sort()
    return found
  }
}

/// The first few of some names, and how many more there are.
package func listed(_ names: [String], most: Int = 5) -> String {
  names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
}
