import SLOGate
import SLOModel
import SLOReaders
import SLOStatistics

/// What broke or moved at one endpoint, the worst first, and what of the run as a whole follows from it.
///
/// One slow endpoint moves several of its figures, and those of the run it is part of. A reader wants it once,
/// the cause before its consequences.
struct Story {
  /// The endpoint, or `Series.wholeRun` where the run as a whole moved and no endpoint explains it.
  let endpoint: String
  /// The findings of the endpoint, the worst first; never empty.
  private(set) var findings: [Finding]
  /// Findings of the run as a whole, on metrics that the endpoint moved the same way.
  private(set) var consequences: [Finding] = []

  /// Findings elsewhere that have the very values of one of the endpoint: the same requests under another name, as
  /// that of their group.
  private(set) var echoes: [Finding] = []

  /// Of a story of nearly all endpoints, how many that are; nil where few moved.
  var breadth: Breadth?

  /// How many of the endpoints compared moved alike.
  struct Breadth: Equatable {
    let moved: Int
    let compared: Int
  }

  /// All of them, the cause first.
  var all: [Finding] { findings + consequences + echoes }

  /// The endpoint as other lines name it: escaped, and short enough to stand within a sentence.
  var name: String { SeriesName.brief(ofEndpoint: endpoint) }

  /// The kind of evidence that what it is of is of.
  var kind: EvidenceKind { lead?.series.kind ?? .load }

  /// The finding it is reported by.
  var lead: Finding? { findings.first }

  fileprivate mutating func add(_ finding: Finding) {
    if finding.series.endpoint == endpoint { findings.append(finding) } else { consequences.append(finding) }
  }

  /// Takes in another story, where that is reported by the very values of one of its own findings.
  /// - Returns: whether it was.
  fileprivate mutating func absorb(_ other: Story) -> Bool {
    let all = other.all
    guard all.count > 1, all.allSatisfy({ echo in findings.contains { $0.isEcho(of: echo) } }) else {
      return false
    }
    echoes += all
    return true
  }
}

extension Story {
  /// Stories without those that an earlier one takes in.
  fileprivate static func joined(_ stories: [Story]) -> [Story] {
    guard stories.count <= mostJoined else { return stories }
    return stories.reduce(into: []) { joined, story in
      for index in joined.indices where joined[index].absorb(story) { return }
      joined.append(story)
    }
  }

  /// Each is held against all before it: of more stories none is looked at.
  private static let mostJoined = 200
}

extension Finding {
  /// Whether another finding is a regression alone and has the value and the history of this one to the last bit:
  /// both are of the same requests. Shares and counts are equal by chance, and so are zeros.
  fileprivate func isEcho(of other: Finding) -> Bool {
    guard let value, let typical = regression?.judgement?.typical else { return false }
    let isOfDistribution = series.statistic == .median || series.statistic.percentile != nil
    return isOfDistribution && value > 0 && [.regressed, .suspect].contains(other.outcome)
      && series.profile == other.series.profile && series.statistic == other.series.statistic
      && value == other.value && typical == other.regression?.judgement?.typical
  }
}

extension Verdict {
  /// The findings with some outcomes, a story an endpoint, in the order of their worst.
  func stories(_ outcomes: [Finding.Outcome]) -> [Story] {
    let ordered = mostSevere(outcomes)
    let causes = Causes(ordered)
    var stories: [Story] = []
    var places: [String: Int] = [:]
    for finding in ordered {
      let endpoint = causes.endpoint(behind: finding)
      let place = places[endpoint] ?? stories.count
      if place == stories.count {
        places[endpoint] = place
        stories.append(Story(endpoint: endpoint, findings: []))
      }
      stories[place].add(finding)
    }
    return broadened(Story.joined(stories))
  }
}

extension Verdict {
  /// The endpoints that findings of the run as a whole follow from, by their series.
  var causes: [Series: String] {
    stories(Finding.Outcome.decisive + [.waived, .warn]).reduce(into: [:]) { causes, story in
      for finding in story.consequences { causes[finding.series] = story.name }
    }
  }
}

/// Which endpoint a finding of the run as a whole follows from.
private struct Causes {
  private struct Key: Hashable {
    var profile: String
    var metric: String

    init(_ series: Series) { (profile, metric) = (series.profile, MetricName(parsing: series.metric).base) }
  }

  /// The endpoint that a metric became worst at, by profile and metric.
  private var worst: [Key: String] = [:]

  /// - Parameter findings: the worst first.
  init(_ findings: [Finding]) {
    for finding in findings where finding.isWorse && finding.series.endpoint != Series.wholeRun {
      let key = Key(finding.series)
      if worst[key] == nil { worst[key] = finding.series.endpoint }
    }
  }

  func endpoint(behind finding: Finding) -> String {
    guard finding.series.endpoint == Series.wholeRun, finding.isWorse else { return finding.series.endpoint }
    return worst[Key(finding.series)] ?? Series.wholeRun
  }
}

extension Finding {
  /// Whether it says that a value is worse than it may be or than it was.
  fileprivate var isWorse: Bool {
    let isBeyondLimit = [.over, .warn, .waived].contains(budget?.outcome)
    let isSlower = regression?.outcome == .slower && regression?.effect != .nothing
    return isBeyondLimit || isSlower || creep?.outcome == .over
  }
}
