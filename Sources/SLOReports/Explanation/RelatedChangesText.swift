import SLOGate
import SLOModel
import SLOReaders

/// Where a change comes from, a sentence each. None of it is escaped.
extension Explanation {
  /// Which part carries it, what else moved, and what that speaks for; empty where nothing is known.
  var whereSentences: [String] { whereSentences(besides: []) }

  /// - Parameter told: series that are reported elsewhere.
  func whereSentences(besides told: Set<Series>) -> [String] {
    guard var relatedChanges else { return [] }
    if finding.value == nil { return [measuredElsewhere(relatedChanges)].compactMap(\.self) }
    // Of what did not move no neighbour shows where it comes from, only what it is made of.
    if relatedChanges.ownMovement == .none { return [shares(of: relatedChanges.parts)].compactMap(\.self) }
    relatedChanges.profiles.removeAll { told.contains($0.series) }
    relatedChanges.statistics.removeAll {
      told.contains($0.series) || ![.median, .p95, .p99].contains($0.series.statistic)
    }
    return [
      commonSentence(relatedChanges), partSentence(relatedChanges), endpointSentence(relatedChanges),
      beside("other profiles", relatedChanges.profiles) { $0.series.profile },
      beside("other statistics", relatedChanges.statistics) { $0.series.statistic.rawValue },
    ].compactMap(\.self)
  }

  /// Which endpoints were measured in place of one that is gone: its name may have changed.
  private func measuredElsewhere(_ relatedChanges: RelatedChanges) -> String? {
    relatedChanges.measured.isEmpty
      ? nil
      : "this run measured \(listed(relatedChanges.measured.map { shortened($0, to: 40) }, most: 6)) under"
        + " \(finding.series.profile): has the name changed?"
  }

  private func commonSentence(_ relatedChanges: RelatedChanges) -> String? {
    relatedChanges.commonChange.map {
      "all figures of \(finding.series.profile) moved by \(signedPercent($0)) together: the machine, or a change"
        + " that hits everything"
    }
  }

  // MARK: Parts

  private func partSentence(_ relatedChanges: RelatedChanges) -> String? {
    let parts = relatedChanges.parts
    guard !parts.isEmpty else { return nil }
    if let carrier = relatedChanges.carrier {
      let rest = parts.filter { $0.series.metric != carrier.part.series.metric && $0.hasMoved }
      return
        "\(carrier.part.series.metric) carries it: \(step(of: carrier.part)), \(difference(carrier.part)) of"
        + " \(signed(relatedChanges.ownDifference ?? 0))" + also(rest)
    }
    let moved = parts.filter(\.hasMoved)
    if !moved.isEmpty {
      return listed(moved.map { "\($0.series.metric) \(step(of: $0))" }, most: 4) + " moved with it"
    }
    return parts.allSatisfy { $0.typical == nil } ? shares(of: parts) : nil
  }

  private func also(_ parts: [Neighbour]) -> String {
    parts.isEmpty
      ? "" : "; moved too: " + listed(parts.map { "\($0.series.metric) \(step(of: $0))" }, most: 3)
  }

  /// What a value is made of, where nothing is known of earlier ones.
  private func shares(of parts: [Neighbour]) -> String? {
    let largest = parts.filter { $0.unit == .milliseconds && $0.value > 0 }
      .sorted { ($1.value, $0.series) < ($0.value, $1.series) }.prefix(3)
    return largest.isEmpty
      ? nil
      : "it is made of "
        + largest.map { "\($0.series.metric) \(quantity($0.value, $0.unit))" }
        .joined(separator: ", ")
  }

  private func step(of part: Neighbour) -> String {
    let now = quantity(part.value, part.unit)
    return part.typical.map { "\(quantity($0, part.unit)) → \(now)" } ?? now
  }

  private func difference(_ part: Neighbour) -> String { signed(part.difference ?? 0) }

  private func signed(_ difference: Double) -> String {
    (difference < 0 ? "-" : "+") + quantity(abs(difference), finding.unit)
  }

  // MARK: Endpoints

  private func endpointSentence(_ relatedChanges: RelatedChanges) -> String? {
    let others = relatedChanges.endpoints.sorted { abs($0.change ?? 0) > abs($1.change ?? 0) }
    guard !others.isEmpty else { return nil }
    let name = MetricCatalogue.label(of: finding.series.metric, finding.series.statistic)
    let isWhole = finding.series.endpoint == Series.wholeRun
    let all = counted(others.count, isWhole ? nil : "other", finding.series.kind.subject)
    let moved = others.filter(relatedChanges.follows)
    let parts = EndpointGroups(others, moved)
    if parts.areAllUnknown {
      return
        "\(name) of \(all): \(listed(others.map(figure), most: 4)); too little history to"
        + " tell what moved"
    }
    if moved.count == others.count, others.count > 1 {
      return
        "\(name) of \(isWhole ? "all \(all)" : "the \(all)")"
        + " moved\(isWhole ? "" : " too") (\(range(of: moved))): the machine, the environment, or a change that hits"
        + " everything"
    }
    if parts.still.count == others.count {
      let speaks =
        isWhole || relatedChanges.ownMovement == .unknown ? "" : ": its own code rather than the machine"
      return "\(name) of \(all) did not move (\(range(of: parts.still)))\(speaks)"
    }
    let told = [
      group(moved, isWhole ? "moved" : "moved too", names: true), group(parts.still, "did not move"),
      group(parts.opposite, "moved the other way", names: true),
      group(parts.unknown, "with too little history"),
    ].compactMap(\.self)
    return "\(name) of \(all): \(told.joined(separator: "; "))"
  }

  /// `3 did not move (-0.6 % to +1.9 %)`; nil where there are none.
  private func group(_ neighbours: [Neighbour], _ words: String, names: Bool = false) -> String? {
    guard !neighbours.isEmpty else { return nil }
    return "\(neighbours.count) \(words)"
      + " (\(names ? listed(neighbours.map(figure), most: 4) : range(of: neighbours)))"
  }

  /// The smallest and the largest change; of few endpoints each with its name.
  private func range(of neighbours: [Neighbour]) -> String {
    let sorted = neighbours.filter { $0.change != nil }.sorted { ($0.change ?? 0) < ($1.change ?? 0) }
    if neighbours.count <= 2 { return listed(neighbours.map(figure), most: 4) }
    let values = neighbours.sorted { $0.value < $1.value }
    guard let low = sorted.first ?? values.first, let high = sorted.last ?? values.last else { return "" }
    return change(low) == change(high) ? "\(change(low)) each" : "\(change(low)) to \(change(high))"
  }

  private func figure(_ neighbour: Neighbour) -> String {
    shortened(label(ofEndpoint: neighbour.series.endpoint), to: 40) + " " + change(neighbour)
  }

  private func change(_ neighbour: Neighbour) -> String {
    neighbour.change.map(roughPercent) ?? quantity(neighbour.value, neighbour.unit)
  }

  // MARK: Profiles and statistics

  private func beside(_ label: String, _ neighbours: [Neighbour], name: (Neighbour) -> String) -> String? {
    let told = neighbours.filter { $0.typical != nil }
    guard !told.isEmpty else { return nil }
    let words = told.map { neighbour in
      let verdict =
        switch neighbour.movement {
        case .worse, .moved: " moved"
        case .better: " became better"
        case .none: " did not move"
        case .unknown: ""
        }
      return "\(shortened(name(neighbour), to: 30)) \(change(neighbour))\(verdict)"
    }
    return "\(label): \(listed(words, most: 5))"
  }
}

/// The other endpoints by what they did.
private struct EndpointGroups {
  let still: [Neighbour]
  let unknown: [Neighbour]
  let opposite: [Neighbour]
  var areAllUnknown: Bool { isEmpty && !unknown.isEmpty }
  private let isEmpty: Bool

  /// - Parameter moved: those that moved as the finding did.
  init(_ all: [Neighbour], _ moved: [Neighbour]) {
    let followers = Set(moved.map(\.series))
    still = all.filter { $0.movement == .none }
    unknown = all.filter { $0.movement == .unknown }
    opposite = all.filter { $0.hasMoved && !followers.contains($0.series) }
    isEmpty = still.isEmpty && moved.isEmpty && opposite.isEmpty
  }
}

/// A share as a signed percentage with two digits: `+35 %`, `-0.6 %`.
func roughPercent(_ share: Double) -> String {
  let size = abs(share) * 100
  let digits = size >= 9.95 ? fixed(size, 0) : fixed(size, 1)
  return digits == "0.0" ? "0 %" : (share < 0 ? "-" : "+") + digits + " %"
}
