internal import SLOModel
internal import SLOSupport

/// The load that the scenarios of a script apply, as one text: `constant-vus vus=50 duration=5m0s`.
///
/// What k6 calls them is in <https://grafana.com/docs/k6/latest/using-k6/scenarios/executors/>. Another load is another
/// measurement, so the text is a condition of comparison.
struct K6LoadModel {
  /// What is said of the load of a scenario, in the order of the text; the stages come last.
  private static let fields = [
    "vus", "startVUs", "preAllocatedVUs", "maxVUs", "rate", "startRate", "timeUnit", "iterations",
    "duration", "maxDuration", "startTime",
  ]
  /// The longest text, in bytes; a longer one is named by its digest.
  private static let limit = 160

  /// The text; nil where no scenario names its executor.
  let text: String?

  /// Takes `scenarios` of the options, by name.
  init(_ scenarios: JSONObject) throws(InputError) {
    var loads: [(name: String, load: String)] = []
    for scenario in scenarios.members where scenario.value.kind == .object {
      guard let load = try K6LoadModel.load(of: scenario.value.object()) else { continue }
      loads.append((UntrustedText.cleaned(scenario.key), load))
    }
    loads.sort { $0.name < $1.name }
    let whole =
      loads.count == 1
      ? loads[0].load : loads.map { "\($0.name): \($0.load)" }.joined(separator: "; ")
    if whole.utf8.count > K6LoadModel.limit {
      let digest = SHA256Digest(of: whole).description.prefix(8)
      text = "\(counted(loads.count, "scenario")) #\(digest)"
    } else {
      text = whole.isEmpty ? nil : whole
    }
  }

  private static func load(of scenario: JSONObject) throws(InputError) -> String? {
    guard let executor = scenario["executor"], executor.kind == .string else { return nil }
    var words = [UntrustedText.cleaned(try executor.string())]
    for field in fields {
      guard let value = try word(scenario.members.first { $0.key == field }?.value) else { continue }
      words.append("\(field)=\(value)")
    }
    if let stages = scenario["stages"], stages.kind == .array {
      let list = try stages.elements().map { stage throws(InputError) in try text(of: stage) }
      words.append("stages=" + list.joined(separator: ","))
    }
    return words.joined(separator: " ")
  }

  /// A stage as k6's command line writes it: `2m0s:50`.
  private static func text(of stage: JSONValue) throws(InputError) -> String {
    guard stage.kind == .object, case let object = try stage.object() else { return "?" }
    return "\(try word(object["duration"]) ?? "?"):\(try word(object["target"]) ?? "?")"
  }

  /// A number or a text; nil for anything else.
  private static func word(_ value: JSONValue?) throws(InputError) -> String? {
    switch value?.kind {
    case .number: try value.map { value throws(InputError) in figure(try value.number()) }
    case .string: try value.map { value throws(InputError) in UntrustedText.cleaned(try value.string()) }
    default: nil
    }
  }
}
