internal import SLOModel
internal import SLOSupport

/// How k6 measured, as far as its files say: the options and features that change what a value means.
struct K6Method: Equatable {
  /// The features that were switched on with `--features`, by their names.
  var features: Set<String> = []
  /// The number of scenarios where each of them ran a single iteration, as `--once` makes it; else 0.
  var singleIterations = 0
  /// The options that change what a value means and are not as they are by themselves, by the name of the condition.
  private(set) var options: [String: String] = [:]

  /// k6 puts every feature that was switched on into the tags of all samples, under this and its name.
  static let featureTag = "k6_feature_"
  private static let histograms = "native-histograms"
  /// Features that change no value.
  private static let neutral: Set<String> = ["merge-run-tags", "freeze-env"]

  /// Options that are off unless set.
  private static let switches = [
    "discardResponseBodies": "k6_discard_response_bodies", "noConnectionReuse": "k6_no_connection_reuse",
    "noVUConnectionReuse": "k6_no_vu_connection_reuse",
  ]

  /// Nothing is known.
  init() {}

  /// Takes what a script's `handleSummary` wrote with the metrics: k6's own few `options`, or `exec.test.options`.
  /// What is no option of k6's is left alone.
  init(options: JSONObject?) throws(InputError) {
    for member in options?.members ?? [] { try add(member.key, member.value) }
  }

  private mutating func add(_ key: String, _ value: JSONValue) throws(InputError) {
    switch (key, value.kind) {
    case (_, .boolean):
      if let name = K6Method.switches[key], try value.boolean() { options[name] = "true" }
    case ("executionSegment", .string):
      let segment = try value.string()
      if K6Method.isSegment(segment) { options["k6_execution_segment"] = segment }
    case ("rps", .number):
      let limit = try value.number()
      if limit > 0 { options["k6_rps"] = shortest(limit) }
    case ("execution", .string):
      if try value.string() == "cloud" { options["k6_execution"] = "cloud" }
    case ("features", .array):
      for feature in try value.elements() where feature.kind == .string {
        add(feature: try feature.string())
      }
    case ("scenarios", .object):
      let object = try value.object()
      options["k6_load"] = try K6LoadModel(object).text
      let scenarios = object.members
      for scenario in scenarios where try !K6Method.runsOnce(scenario.value) { return }
      singleIterations = scenarios.count
    default: break
    }
  }

  /// Takes the features that tags of all samples name.
  mutating func add(tags: [String: String]) {
    for (tag, value) in tags where tag.hasPrefix(K6Method.featureTag) && value == "true" {
      add(feature: String(tag.dropFirst(K6Method.featureTag.count)).replacing("_", with: "-"))
    }
  }

  /// k6's names of features are lower-case words with hyphens between them; nothing else is one.
  private mutating func add(feature name: String) {
    let isName = name.utf8.allSatisfy {
      $0 == UInt8(ascii: "-") || $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
    }
    if isName, (1...64).contains(name.utf8.count) { features.insert(name) }
  }

  /// Whether a text is a segment such as `0:1/4`, of less than the whole.
  private static func isSegment(_ text: String) -> Bool {
    let isWritten = text.utf8.allSatisfy { $0.isDigit || ":/.%".utf8.contains($0) }
    return isWritten && (1...64).contains(text.utf8.count) && text != "0:1"
  }

  private static func runsOnce(_ scenario: JSONValue) throws(InputError) -> Bool {
    guard scenario.kind == .object else { return false }
    let object = try scenario.object()
    for count in [object["vus"], object["iterations"]] {
      guard let count, count.kind == .number, try count.number() == 1 else { return false }
    }
    return true
  }

  /// Whether a summary's percentiles are estimated from a histogram.
  var estimatesPercentiles: Bool { features.contains(K6Method.histograms) }

  /// What belongs to the comparison key.
  /// - Parameter isOfSamples: whether percentiles are computed from samples here, whatever k6 made of them.
  func conditions(isOfSamples: Bool) -> [String: String] {
    var conditions = options
    let telling = features.subtracting(K6Method.neutral).subtracting([K6Method.histograms]).sorted()
    if !telling.isEmpty { conditions["k6_features"] = telling.joined(separator: ",") }
    if estimatesPercentiles, !isOfSamples { conditions["k6_percentiles"] = "histogram" }
    return conditions
  }

  /// The options that are conditions, and all features: what reports show of the run.
  var facts: [String: String] {
    let told = features.isEmpty ? [:] : ["k6_features": features.sorted().joined(separator: ",")]
    return options.merging(told) { _, features in features }
  }

  /// Why a run of single iterations is none to judge.
  static let single =
    "every scenario ran a single iteration, as k6 run --once does: no load was applied; where that is meant, write"
    + " min_samples: 1 for the profile"

  /// What a person should know of percentiles that a histogram gave.
  static let estimates =
    "percentiles are estimated from a histogram (k6 run --features native-histograms) and may be some per cent off;"
    + " raw samples (--out json) give exact ones"
}
