import ArgumentParser
import SLOGate
import SLOModel
import SLOReaders

/// What a check is about, and what it is held against beside budgets and history.
struct ExtentOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The check is about this profile alone: others that budgets ask for are not missed. Repeat it for more.",
      valueName: "profile"))
  var only: [String] = []

  @Flag(help: "The history is young: what only lacks comparable commits is no reason for exit code 3.")
  var bootstrap = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Results that limits on a change (max_increase) are held against in place of the history.",
      valueName: "[name=]file"))
  var against: [String] = []

  /// The profiles the check is about; empty: every one.
  var profiles: Set<String> { Set(only) }

  /// The results to hold changes against.
  /// - Parameter measured: the profiles of the check; a file without a name is of the only one.
  func readings(measured: Set<String>, _ options: ReadOptions) throws -> [Reading] {
    var paths: [String?: [String]] = [:]
    for entry in against {
      let (profile, path) = try request(entry, measured)
      paths[profile, default: []].append(path)
    }
    var failures = Failure.Collected()
    let results = paths.sorted { $0.key ?? "" < $1.key ?? "" }
      .map { Readers.read(paths: $0.value, profile: $0.key, options: options) }
    for result in results {
      failures.add(result.errors)
      for reading in result.usable {
        guard let reason = reading.failure else { continue }
        failures.add("--against \(reading.source.path): \(reason)", Failure.malformedInput)
      }
    }
    try failures.report()
    return Readers.qualifyingHosts(results.flatMap(\.usable))
  }

  /// The profile and the path of an entry; the profile is nil of Lighthouse, whose reports tell their own.
  private func request(_ entry: String, _ measured: Set<String>) throws -> (String?, String) {
    if let (name, path) = keyAndValue(entry), !path.isEmpty, measured.contains(name) || name == "lighthouse" {
      return (name.hasPrefix("lighthouse") ? nil : name, path)
    }
    let load = measured.filter { !$0.hasPrefix("lighthouse-") }
    guard load.count <= 1, load.isEmpty || load.count == measured.count else {
      throw Failure.usage(
        "--against \(entry): say which profile it is of, as in --against \(measured.sorted()[0])=FILE")
    }
    return (load.first, entry)
  }
}
