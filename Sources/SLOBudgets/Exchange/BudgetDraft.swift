internal import SLOModel
internal import SLOReaders

/// A budget put together from what other tools' files say, to be written as a file that `Budgets` reads.
///
/// Every limit is proven with the language's own reader before it is taken; what the language cannot say, or
/// says otherwise, is kept as a remark.
struct BudgetDraft {
  /// What a limit is for.
  enum Target: Hashable {
    /// The run as a whole.
    case run
    /// An endpoint, and the k6 tag that names it.
    case endpoint(String, tag: String)
    /// A page, or every page a glob matches.
    case page(String)
    /// A bundle, or every bundle a glob matches.
    case bundle(String)
  }

  /// One limit of another tool's.
  struct Wish {
    var target: Target
    /// The load profile or, of a page, the form factor; `*` is every one.
    var profile = EvidenceKind.load.profiles.every
    /// The metric as a budget's key names it.
    var key: String
    /// Nil for the natural one of the metric.
    var comparison: Comparison?
    /// In the canonical unit.
    var value: Double
    /// The unit of a metric that slogate does not know by its name.
    var unit: MetricUnit?
    var severity = Severity.block
    var isOptional = false
    /// What the other tool's file says, for the comment behind the limit.
    var origin: String
    /// Where it says that.
    var place: Place
  }

  /// A limit that was taken.
  struct Line {
    var key: MetricKey
    var bounds: [Severity: (bound: Bound, text: String)] = [:]
    var isOptional: Bool
    var origins: [String] = []
  }

  /// A target under a profile.
  struct Slot: Hashable {
    var target: Target
    var profile: String
  }

  /// The slots with limits, in the order they were met.
  private(set) var slots: [Slot] = []
  private(set) var lines: [Slot: [Line]] = [:]
  /// What was not taken as it is, and why, in the order it was met.
  private(set) var remarks: [String] = []
  /// Sizings found, by name.
  var environments: [BudgetText.Environment] = []
  var service: String?

  /// Keeps a remark, once.
  mutating func remark(_ text: String, at place: Place) {
    let remark = "\(place): \(text)"
    if !remarks.contains(remark) { remarks.append(remark) }
  }

  /// Takes a limit, or a remark why not.
  mutating func add(_ wish: Wish) {
    do throws(Bound.Malformed) {
      try take(wish)
    } catch {
      remark(wish.told + ": " + error.message + (error.hint.map { " (\($0))" } ?? ""), at: wish.place)
    }
  }

  private mutating func take(_ wish: Wish) throws(Bound.Malformed) {
    let kind = wish.kind
    let key = try metric(wish.key, of: kind)
    let text = try text(of: wish, key)
    let bound = try Bound(parsing: text, of: key, in: kind)
    if case .endpoint(Series.wholeRun, _) = wish.target {
      throw Bound.Malformed(message: "an endpoint named * would be every endpoint", hint: nil)
    }
    if wish.target == .run, !kind.judging.hasWholeRun {
      throw Bound.Malformed(
        message: "'\(wish.profile)' has \(kind.subject.plural) and no run as a whole", hint: nil)
    }
    let slot = Slot(target: wish.target, profile: wish.profile)
    let index = lines[slot]?.firstIndex {
      $0.key.metric == key.metric && $0.key.statistic == key.statistic
    }
    var line = index.flatMap { lines[slot]?[$0] } ?? Line(key: key, isOptional: wish.isOptional)
    let loser = try line.take(bound, text, wish)
    if let loser { remark(loser, at: wish.place) }
    if lines[slot] == nil { slots.append(slot) }
    if let index { lines[slot]?[index] = line } else { lines[slot, default: []].append(line) }
  }

  private func metric(_ text: String, of kind: EvidenceKind) throws(Bound.Malformed) -> MetricKey {
    do throws(MetricKey.Malformed) {
      return try MetricKey(parsing: text, of: kind)
    } catch {
      throw Bound.Malformed(message: error.message, hint: error.hint)
    }
  }

  private func text(of wish: Wish, _ key: MetricKey) throws(Bound.Malformed) -> String {
    guard wish.value.isFinite, wish.value >= 0 else {
      throw Bound.Malformed(message: "\(wish.value) is no bound", hint: "limits are zero or more")
    }
    return BoundText.text(
      wish.comparison ?? .upper(of: wish.kind), wish.value,
      key.traits?.unit(of: key.statistic) ?? wish.unit, of: key.metric, key.statistic, in: wish.kind)
  }
}

extension BudgetDraft.Wish {
  /// The metric, what it is of, and what the other tool's file says.
  fileprivate var told: String {
    switch target {
    case .run: "\(key): \(origin)"
    case .endpoint(let name, _), .page(let name), .bundle(let name): "\(key) of \(name): \(origin)"
    }
  }

  /// The kind of evidence it is for.
  fileprivate var kind: EvidenceKind { target.kind ?? .of(profile: profile) }
}

extension BudgetDraft.Line {
  /// Takes one more bound. Of two that look the same way the tighter holds both; two that do not, or a warning
  /// behind its block, cannot stand together.
  /// - Returns: which one is not written, if one is not.
  fileprivate mutating func take(
    _ bound: Bound, _ text: String, _ wish: BudgetDraft.Wish
  ) throws(Bound.Malformed) -> String? {
    for known in bounds.values where known.bound.comparison.isUpper != bound.comparison.isUpper {
      throw Bound.Malformed(
        message: "'\(key.text)' has the limit \(known.text) already, which looks the other way",
        hint: "the language has one bound for each metric and severity")
    }
    var bounds = bounds
    if let known = bounds[wish.severity], !bound.isTighter(than: known.bound) {
      return bound == known.bound
        ? nil : "\(wish.told): holds wherever \(known.text) does, which is written"
    }
    let looser = bounds.updateValue((bound, text), forKey: wish.severity)
    if let block = bounds[.block], let warn = bounds[.warn], block.bound.isTighter(than: warn.bound) {
      throw Bound.Malformed(
        message: "its warning \(warn.text) would lie beyond the block \(block.text)", hint: nil)
    }
    self.bounds = bounds
    isOptional = isOptional && wish.isOptional
    if !origins.contains(wish.origin) { origins.append(wish.origin) }
    return looser.map { "\(key.text): \($0.text): holds wherever \(text) does, which is written" }
  }
}

extension Bound {
  /// Whether it lets fewer values through than another that looks the same way.
  fileprivate func isTighter(than other: Bound) -> Bool {
    if value != other.value { return comparison.isUpper ? value < other.value : value > other.value }
    let isStrict = comparison == .below || comparison == .above
    return isStrict && comparison != other.comparison
  }
}
