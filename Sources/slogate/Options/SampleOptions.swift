import ArgumentParser
import SLOBudgets
import SLOModel
import SLOReaders

/// How k6's raw samples are put together.
struct SampleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The k6 tag that names an endpoint, before endpoint, route, name, url, group, scenario.",
      valueName: "key"))
  var endpointTag: String?

  @Option(
    help: ArgumentHelp(
      "Of raw samples, keep the values of this tag apart within every endpoint, as in --split-by scenario.",
      valueName: "key"))
  var splitBy: String?

  @Option(
    help: ArgumentHelp(
      "Of raw samples, leave out the beginning of the run, as in --discard 30s.", valueName: "time"))
  var discard: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Of raw samples, leave out groups and what is inside them, as in --discard-groups ::setup,::teardown.",
      valueName: "groups"))
  var discardGroups: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The kind of a custom metric that raw samples do not declare: trend, rate, counter or gauge.",
      valueName: "name=kind"))
  var metricType: [String] = []

  func validate() throws {
    if let discard, seconds(discard) == nil {
      throw ValidationError("--discard takes a time, as in 30s, 500ms or 2m; found '\(discard)'.")
    }
    for entry in discardGroups where groups(entry).isEmpty {
      throw ValidationError(
        "--discard-groups takes the paths of groups, as in ::setup,::teardown; found '\(entry)'.")
    }
    for entry in metricType where kind(entry) == nil {
      throw ValidationError(
        "--metric-type takes NAME=KIND with trend, rate, counter or gauge; found '\(entry)'.")
    }
  }

  /// How results are read under some budgets.
  func reading(under budgets: Budgets) -> ReadOptions {
    var options = ReadOptions(
      endpointTag: endpointTag, splitTag: splitBy, discard: discard.flatMap(seconds) ?? 0,
      metricKinds: Dictionary(metricType.compactMap(kind)) { _, last in last },
      naming: budgets.namingOfResults, demand: { [endpointTag] in budgets.demand(endpointTag: endpointTag) },
      progress: ProgressLine.handler())
    options.metrics = budgets.metrics
    options.takesSingleIterations = { [endpointTag] profile in
      budgets.minimumSamples(profile: profile, endpoint: Series.wholeRun, endpointTag: endpointTag) <= 1
    }
    options.discardedGroups = Array(Set(discardGroups.flatMap(groups))).sorted()
    return options
  }

  private func seconds(_ text: String) -> Double? {
    let units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600)]
    guard let (unit, scale) = units.first(where: { text.hasSuffix($0.0) }),
      let number = Double(text.dropLast(unit.count)), number >= 0, number * scale < 1e9
    else { return nil }
    return number * scale
  }

  /// Paths of groups, each once; of a name alone that of the outermost group.
  private func groups(_ text: String) -> [String] {
    let names = text.split(separator: ",").map { name in
      var name = name.drop { $0 == " " }
      while name.last == " " { name.removeLast() }
      return String(name)
    }.filter { !$0.isEmpty }
    var seen: Set<String> = []
    return names.map { $0.hasPrefix("::") ? $0 : "::" + $0 }.filter { seen.insert($0).inserted }
  }

  private func kind(_ entry: String) -> (String, SampledMetricType)? {
    guard let pair = keyAndValue(entry), let kind = SampledMetricType(rawValue: pair.value) else {
      return nil
    }
    return (pair.key, kind)
  }
}
