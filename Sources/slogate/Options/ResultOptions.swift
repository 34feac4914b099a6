import ArgumentParser
import SLOBudgets
import SLOGate
import SLOModel
import SLOReaders
import SLOSupport

/// The results to read, by profile.
struct ResultOptions: ParsableArguments {
  @Option(
    name: [.long, .customLong("baseline-summary")], parsing: .upToNextOption,
    help: ArgumentHelp(
      "Results of the steady profile: files, folders, globs, or - for standard input.", valueName: "file"),
    completion: .file())
  var baseline: [String] = []

  @Option(
    name: [.long, .customLong("spike-summary")], parsing: .upToNextOption,
    help: ArgumentHelp("Results of the spike profile.", valueName: "file"), completion: .file())
  var spike: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Results of any other profile. Repeat it for more.", valueName: "name=file"),
    completion: .file())
  var profile: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Raw samples that the instances of one distributed run wrote, of the steady profile: read as one run. Once for"
        + " each run.", valueName: "file"), completion: .file())
  var baselineShards: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The same of the spike profile.", valueName: "file"), completion: .file())
  var spikeShards: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The same of any other profile, as in --profile-shards soak=pod-1.json pod-2.json.",
      valueName: "name=file"), completion: .file())
  var profileShards: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Lighthouse reports: files, folders such as .lighthouseci, or a manifest.", valueName: "file"),
    completion: .file())
  var lighthouse: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Evidence of any kind, recognised by its content: files, folders or globs; with a name, as in smoke=junit.xml, the"
        + " profile it is of; snapshots of one system behind commas, as in orders=before.prom,after.prom.",
      valueName: "file"), completion: .file())
  var evidence: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder with results, told by how their names begin (\(ResultOptions.namesInFolder)), or whose newest sub-folder"
        + " has them.",
      valueName: "dir"), completion: .directory)
  var resultsDir: String?

  @Option(help: "The first N repetitions of each k6 profile are warm-up and are not judged.")
  var warmup = 0

  @OptionGroup var samples: SampleOptions

  /// How the names of results in a folder begin, as a list.
  private static let namesInFolder = EvidenceKind.all.flatMap(\.files.names).map { $0 + "*" }
    .joined(separator: ", ")

  func validate() throws {
    guard warmup >= 0 else { throw ValidationError("--warmup is a number of repetitions, 0 or more.") }
    try demandFiles(profile.filter { $0.contains("=") })
    try demandShards()
    let inputs = requests.flatMap(\.files).filter { $0 == "-" }
    guard inputs.count <= 1 else { throw ValidationError("Standard input (-) can be read once only.") }
  }

  /// Whether any result was named.
  var areGiven: Bool { !requests.isEmpty || resultsDir != nil }

  /// The files that were named, as what must not be overwritten.
  var files: [OutputFile.Used] { requests.flatMap(\.files).map { (what: "a result that is read", path: $0) } }

  /// For commands that cannot do without results.
  func demandAny() throws {
    try demandFiles(profile)
    guard areGiven else {
      throw ValidationError(
        "No results given. Pass --baseline FILE and --spike FILE, or --help for all options.")
    }
  }

  /// What `--profile` has in place of `NAME=FILE` where a command can be asked for a profile by its name.
  var profileNames: [String] { profile.filter { !$0.contains("=") } }

  /// The names of `--profile NAME=FILE` and `--profile-shards NAME=FILE`.
  var givenProfiles: Set<String> {
    Set(profile.compactMap(named).map(\.0) + namedShards.compactMap { $0?.name })
  }

  private func demandFiles(_ entries: [String]) throws {
    for entry in entries where named(entry) == nil {
      throw ValidationError("--profile takes NAME=FILE, as in --profile soak=soak.json; found '\(entry)'.")
    }
  }

  private func demandShards() throws {
    for (option, values) in [
      ("baseline", baselineShards), ("spike", spikeShards), ("profile", profileShards),
    ]
    where ShardGroups.groups(values).contains(where: \.isEmpty) {
      throw ValidationError("Missing value for '--\(option)-shards': the files of one run.")
    }
    guard namedShards.allSatisfy({ $0 != nil }) else {
      throw ValidationError(
        "--profile-shards takes NAME=FILE and further files of the same run, as in --profile-shards"
          + " soak=pod-1.json pod-2.json.")
    }
  }

  /// The runs of `--profile-shards`; nil for one without a name.
  private var namedShards: [(name: String, files: [String])?] {
    ShardGroups.groups(profileShards).map { files in
      guard let (name, first) = files.first.flatMap(named) else { return nil }
      let further = files.dropFirst().map {
        $0.hasPrefix(name + "=") ? String($0.dropFirst(name.count + 1)) : $0
      }
      return (name, [first] + further)
    }
  }

  /// What is read together.
  private struct Request {
    var of: EvidenceRequest
    /// Each a run, or a folder or pattern of runs.
    var paths: [String] = []
    /// Runs of several files.
    var shards: [[String]] = []
    /// Runs of snapshots, which follow each other.
    var snapshots: [[String]] = []

    var files: [String] { paths + shards.joined() + snapshots.joined() }
  }

  private var requests: [Request] {
    let named = profile.compactMap(self.named).map { Request(of: .profile($0.0), paths: [$0.1]) }
    let namedShards = namedShards.compactMap(\.self).map {
      Request(of: .profile($0.name), shards: [$0.files])
    }
    return merged(
      [
        Request(of: .profile("baseline"), paths: baseline, shards: ShardGroups.groups(baselineShards)),
        Request(of: .profile("spike"), paths: spike, shards: ShardGroups.groups(spikeShards)),
      ] + named + namedShards + [Request(of: .kind(.page), paths: lighthouse)] + evidence.map(request))
  }

  private func request(_ text: String) -> Request {
    let entry = EvidenceEntry(text)
    let request = entry.name.map { EvidenceRequest.named($0) } ?? .any()
    return entry.files.count > 1
      ? Request(of: request, snapshots: [entry.files]) : Request(of: request, paths: entry.files)
  }

  /// One request of the same, whichever flags named it: the same file given twice must not pass for a repetition.
  private func merged(_ requests: [Request]) -> [Request] {
    var merged: [Request] = []
    for request in requests where !request.files.isEmpty {
      if let index = merged.firstIndex(where: { $0.of == request.of }) {
        merged[index].paths += request.paths
        merged[index].shards += request.shards
        merged[index].snapshots += request.snapshots
      } else {
        merged.append(request)
      }
    }
    return merged
  }

  private func named(_ entry: String) -> (String, String)? {
    keyAndValue(entry).flatMap { $0.value.isEmpty ? nil : $0 }
  }

  /// Reads everything asked for; what went wrong is added to `failures`.
  /// - Parameters:
  ///   - only: the profiles that count; empty: every one.
  ///   - budgets: what says which series are wanted and how they are named.
  /// - Returns: the results, and what makes them doubtful together.
  func read(
    _ failures: inout Failure.Collected, only: Set<String> = [], under budgets: Budgets
  ) throws -> (readings: [Reading], warnings: [String]) {
    var readings: [Reading] = []
    var warnings: [String] = []
    let options = samples.reading(under: budgets)
    let inFolder = folderRequests(&failures)
    let found = Set(inFolder.flatMap(\.paths))
    for request in merged(requests + inFolder)
    where request.of.profile.map({ GatePolicy.isAbout($0, only: only) }) ?? true {
      var result = Readers.read(
        paths: request.paths, shards: request.shards, snapshots: request.snapshots, as: request.of,
        options: options, found: found)
      failures.add(result.errors)
      result.notices.forEach(Terminal.notice)
      warnings += result.warnings
      if let profile = request.of.profile, warmup > 0, result.errors.isEmpty {
        guard result.usable.count > warmup else {
          throw ValidationError(
            "--warmup \(warmup) leaves nothing of profile \(profile): it has \(result.usable.count) results."
          )
        }
        result.usable.removeFirst(warmup)
      }
      readings += result.usable
    }
    return (readings.filter { GatePolicy.isAbout($0.profile, only: only) }, warnings)
  }

  /// The files of `--results-dir`, recognised by the beginning of their names.
  private func folderRequests(_ failures: inout Failure.Collected) -> [Request] {
    guard let resultsDir else { return [] }
    do throws(InputError) {
      let folder = try Readers.resultsFolderContents(resultsDir)
      for path in folder.unread {
        Terminal.notice(
          "left out \(path): its name says no kind of evidence; pass it with --evidence, or see --help for the names"
        )
      }
      return folder.results.map { Request(of: $0.request, paths: $0.paths) }
    } catch {
      failures.add([error])
      return []
    }
  }
}
