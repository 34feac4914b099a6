import ArgumentParser
import SLOGate
import SLOModel
import SLOReaders

/// What a check is about, and what it is held against besides budgets and history.
struct ExtentOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The check is about this profile alone: others that budgets ask for are not missed. Repeat it for more.",
      valueName: "profile"), completion: Completions.profiles)
  var only: [String] = []

  @Flag(help: "The history is young: what only lacks comparable commits is no reason for exit code 3.")
  var bootstrap = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Results that limits on a change (max_increase) are held against in place of the history.",
      valueName: "[name=]file"), completion: .file())
  var against: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The same of a distributed run: the raw samples of its instances. Once for each run.",
      valueName: "[name=]file"), completion: .file())
  var againstShards: [String] = []

  /// Whether changes are held against results in place of the history.
  var hasAgainst: Bool { !against.isEmpty || !againstShards.isEmpty }

  /// The profiles the check is about; empty: every one.
  var profiles: Set<String> { Set(only) }

  /// The results to hold changes against.
  /// - Parameter measured: the profiles of the check; a file without a name is of the only one.
  func readings(measured: Set<String>, _ options: ReadOptions) throws -> [Reading] {
    var paths: [EvidenceRequest: [String]] = [:]
    for entry in against {
      let (request, path) = try request(entry, measured)
      paths[request, default: []].append(path)
    }
    var runs: [EvidenceRequest: [[String]]] = [:]
    for files in ShardGroups.groups(againstShards) {
      guard let first = files.first else { throw Failure.usage("Missing value for '--against-shards'.") }
      let (request, path) = try request(first, measured)
      runs[request, default: []].append([path] + files.dropFirst())
    }
    var failures = Failure.Collected()
    let requests = Set(paths.keys).union(runs.keys).sorted { $0.profile ?? "" < $1.profile ?? "" }
    let results = requests.map { request in
      Readers.read(
        paths: paths[request] ?? [], shards: runs[request] ?? [], as: request, options: options)
    }
    for result in results {
      failures.add(result.errors)
      for reading in result.usable {
        guard let reason = reading.failure else { continue }
        failures.add("--against \(reading.source.path): \(reason)", Failure.malformedInput)
      }
    }
    try failures.report()
    return Readers.settled(results.flatMap(\.usable))
  }

  /// What an entry asks for, and its path.
  private func request(_ entry: String, _ measured: Set<String>) throws -> (EvidenceRequest, String) {
    if let (name, path) = keyAndValue(entry), !path.isEmpty {
      let request = EvidenceRequest(ofProfile: name)
      if measured.contains(name) || request.profile == nil { return (request, path) }
    }
    let load = measured.filter { EvidenceKind.of(profile: $0) == .load }
    guard load.count <= 1, load.isEmpty || load.count == measured.count else {
      throw Failure.usage(
        "--against \(entry): say which profile it is of, as in --against \(measured.sorted()[0])=FILE")
    }
    return (load.first.map { .profile($0) } ?? .any(), entry)
  }
}
