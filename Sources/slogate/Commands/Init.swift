import ArgumentParser
import Glibc
import SLOCheck
import SLOGate
import SLOModel
import SLOReaders
import SLOReports
import SLOSupport

/// Writes what a repository begins with.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a first budget file, k6 scripts and workflows.",
    discussion: """
      It looks at the repository: a compose file, a Dockerfile, a start script of package.json or a Procfile gives a \
      workflow that starts the service in the job, which needs no secret; without them the workflow measures a deployed \
      environment, with three. On a terminal it asks for the service and its owner, where no flag names them; elsewhere \
      it asks nothing. A file that is there is kept. The last line it prints is the command that gives the first verdict.
      """)

  @Argument(help: ArgumentHelp("The repository's folder.", valueName: "folder"), completion: .directory)
  var folder = "."

  @Option(help: ArgumentHelp("The service (default: the folder's name).", valueName: "name"))
  var service: String?

  @Option(
    help: ArgumentHelp("Who decides about the limits (default: the service's team).", valueName: "name"))
  var owner: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "First results: the limits become what they hold, with room for half as much again. Without a name a file is of"
        + " the profile baseline, as in --from baseline.json.gz spike=spike.json.", valueName: "[name=]file"),
    completion: .file())
  var from: [String] = []

  @Option(
    help: ArgumentHelp(
      "The command that starts the service in the job and returns, as in 'make serve &', with --url (default: what the"
        + " repository's files say).",
      valueName: "command"))
  var start: String?

  @Option(
    help: ArgumentHelp("Where the service answers then, as in http://localhost:8080.", valueName: "address"))
  var url: String?

  @Flag(
    help: "The service is deployed elsewhere, whatever files the repository has: the workflow has secrets.")
  var deployed = false

  @Option(
    help: ArgumentHelp(
      "The repository with slogate's releases (default: slogate of the owner that git's remote names).",
      valueName: "owner/name"))
  var slogate: String?

  @Flag(help: "Replace files that are there.")
  var force = false

  @Flag(help: "Show the files and write none.")
  var dryRun = false

  func validate() throws {
    for name in [service, owner, start].compactMap(\.self) where !isName(name) {
      throw Failure.usage("a name has a visible character and no line break; found '\(name)'")
    }
    if let slogate, SlogateAddress(slogate) == nil {
      throw Failure.usage("--slogate takes OWNER/NAME, as in --slogate acme/slogate; found '\(slogate)'")
    }
    if let url, !isAddress(url) {
      throw Failure.usage("--url takes an address, as in http://localhost:8080; found '\(url)'")
    }
    if (start != nil || url != nil) && deployed {
      throw Failure.usage(
        "--start and --url are of a service that the job starts; --deployed is one that it does not")
    }
  }

  func run() throws {
    let service = service ?? asked("Service", default: folderName)
    let owner = owner ?? asked("Owner of its limits", default: service + "-team")
    let git = Git(folder)
    var facts = Starter.Facts(service: service, owner: owner)
    facts.start = try serviceStart()
    facts.slogate =
      slogate.flatMap { SlogateAddress($0) } ?? git?.remote.flatMap(SlogateAddress.init(besideRemote:))
      ?? .unknown
    facts.isOnGitLab = git?.remote?.contains("gitlab") == true
    facts.branch = git?.mainBranch ?? "main"
    try takeLimits(&facts)
    try StarterFiles(Starter(facts).files, in: folder, replaces: force, isDryRun: dryRun).write()
    if !dryRun { try Terminal.print(FirstSteps(facts, in: folder, from: from).text) }
  }

  /// How a job starts the service; nil where it is deployed elsewhere.
  private func serviceStart() throws -> ServiceStart? {
    guard !deployed else { return nil }
    let found = ServiceStart.found(in: folder)
    if let start {
      guard let url = url ?? found?.url else {
        throw Failure.usage("--start needs --url: where the service answers")
      }
      return ServiceStart(commands: [start], url: url, source: "--start")
    }
    guard let url else { return found }
    guard var found else {
      throw Failure.usage("--url needs --start: no file of the repository says how its service is started")
    }
    found.url = url
    return found
  }

  /// The limits that first results hold, as a budget file, and the endpoints they are of.
  private func takeLimits(_ facts: inout Starter.Facts) throws {
    guard !from.isEmpty else { return }
    var failures = Failure.Collected()
    var readings: [Reading] = []
    for entry in from {
      let named = FileSystem.exists(entry) ? nil : keyAndValue(entry)
      let request = named.map { EvidenceRequest.named($0.key) } ?? .profile("baseline")
      let result = Readers.read(paths: [named?.value ?? entry], as: request)
      failures.add(result.errors)
      readings += result.usable
    }
    try failures.report()
    let suggestion = BudgetSuggestion(first: Readers.settled(readings), service: facts.service)
    let head =
      StarterText.head.map { String($0.dropFirst(2)) } + [
        "", "The limits: what was measured once, and half as much again.",
      ]
    facts.limits = firstBudgetFile(
      of: suggestion, head: head, owner: facts.owner, environment: facts.environment)
    let endpoints = suggestion.limits.map(\.series).filter { $0.kind == .load }.map(\.endpoint)
    facts.endpoints = Set(endpoints).subtracting([Series.wholeRun]).sorted()
  }

  // MARK: Names

  /// The name of the folder, wherever it is.
  private var folderName: String {
    let whole = realpath(folder, nil).map { path in
      defer { free(path) }
      return String(cString: path)
    }
    let name = (whole ?? folder).split(separator: "/").last.map(String.init) ?? ""
    return isName(name) && name != "." && name != ".." ? name : "service"
  }

  /// What somebody at the terminal answers; the default where there is no terminal, or nothing is written.
  private func asked(_ question: String, default: String) -> String {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return `default` }
    Terminal.ask("\(question) [\(`default`)]: ")
    let answer = readLine().map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") } ?? ""
    return isName(answer) ? answer : `default`
  }

  private func isName(_ text: String) -> Bool {
    text == VisibleText.escaped(text) && text.contains { !$0.isWhitespace }
  }

  /// An address that may stand in a script and in YAML.
  private func isAddress(_ text: String) -> Bool {
    let rest = ["http://", "https://"].lazy.compactMap { text.hasPrefix($0) ? text.dropFirst($0.count) : nil }
      .first
    guard let rest, !rest.isEmpty else { return false }
    return rest.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || ":/-._~".utf8.contains(byte)
    }
  }
}
