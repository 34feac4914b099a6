import ArgumentParser
import Glibc
import SLOModel
import SLOSupport

/// Writes what a repository begins with.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a first budget file, k6 scripts and workflows.",
    discussion: """
      On a terminal it asks for the service and its owner, where no flag names them; elsewhere it asks nothing. A file \
      that is there is kept.
      """)

  @Argument(help: ArgumentHelp("The repository's folder.", valueName: "folder"), completion: .directory)
  var folder = "."

  @Option(help: ArgumentHelp("The service (default: the folder's name).", valueName: "name"))
  var service: String?

  @Option(
    help: ArgumentHelp("Who decides about the limits (default: the service's team).", valueName: "name"))
  var owner: String?

  @Flag(help: "Replace files that are there.")
  var force = false

  @Flag(help: "Show the files and write none.")
  var dryRun = false

  func validate() throws {
    for name in [service, owner].compactMap(\.self) where !isName(name) {
      throw Failure.usage("a name has a visible character and no line break; found '\(name)'")
    }
  }

  func run() throws {
    let service = service ?? asked("Service", default: folderName)
    let owner = owner ?? asked("Owner of its limits", default: service + "-team")
    let starter = Starter(service: service, owner: owner)
    var lines: [String] = []
    var kept: [String] = []
    for file in starter.files {
      let path = self.path(file.path)
      let isThere = FileSystem.isTaken(path)
      if isThere, !force {
        kept.append(path)
        continue
      }
      if !dryRun { try Files.write(file.text, to: path) }
      let verb = (dryRun ? "would " : "") + (isThere ? "replace" : "write")
      lines.append(
        dryRun
          ? "\(verb) \(shown(file.path)):\n\n\(file.text)"
          : "\(isThere ? "replaced" : "wrote") \(shown(file.path))  \(file.purpose)\n")
    }
    lines += kept.map { "kept \(VisibleText.escaped($0))  it is there; --force replaces it\n" }
    try Terminal.print(lines.joined() + (dryRun || kept.count == starter.files.count ? "" : nextSteps))
  }

  private var nextSteps: String {
    """

    next
      1. name your endpoints in \(shown(".github/k6/endpoints.js")), and their limits in \(shown("budgets/slogate.yaml"))
      2. slogate budgets lint \(shown("budgets"))
      3. put slogate's repository and a commit of it into \(shown(".github/workflows")), where it says OWNER
      4. set the secrets PERF_BASE_URL, PERF_BEARER_TOKEN and PERF_ACCOUNT_ID, and start the workflow performance with bootstrap

    """
  }

  private func path(_ name: String) -> String {
    folder == "." ? name : (folder.hasSuffix("/") ? folder : folder + "/") + name
  }

  private func shown(_ name: String) -> String { VisibleText.escaped(path(name)) }

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

  /// What somebody at the terminal answers; the default where nobody sits there or nothing is written.
  private func asked(_ question: String, default: String) -> String {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return `default` }
    Terminal.ask("\(question) [\(`default`)]: ")
    let answer = readLine().map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") } ?? ""
    return isName(answer) ? answer : `default`
  }

  private func isName(_ text: String) -> Bool {
    text == VisibleText.escaped(text) && text.contains { !$0.isWhitespace }
  }
}
