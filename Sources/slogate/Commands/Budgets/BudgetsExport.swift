import ArgumentParser
import Glibc
import SLOBudgets
import SLOCheck
import SLOModel
import SLOReports
import SLOSupport

extension ExportTarget: ExpressibleByArgument {}

/// Writes budgets for other tools.
struct BudgetsExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Budgets as thresholds, budgets of other tools, alert rules, a dashboard or OpenSLO.",
    discussion: """
      Effective limits are written: defaults reach endpoints, waivers in force loosen. What the other tool cannot \
      express is listed on standard error, and in comments where its format has any. Alerts, dashboard and OpenSLO read \
      the figures of slogate check --report gitlab-metrics=FILE.
      """)

  @Argument(
    help: ArgumentHelp("Budget files or folders (default: budgets/ where it exists).", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The same, as other commands name them.", valueName: "path"), completion: .file())
  var budgets: [String] = []

  @Option(help: "For which tool.")
  var to: ExportTarget

  @Option(
    help: ArgumentHelp(
      "A file, or a folder that gets every file: k6's thresholds as JSON and as module (a name in .js alone gives that), "
        + "Prometheus's rules with their unit tests (next to a file too). Default: standard output.",
      valueName: "file|folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Only this profile: for k6 then without its name around the options (default: all).", valueName: "name")
  )
  var profile: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "For k6: endpoints that defaults and globs are for, by their names.", valueName: "name"))
  var endpoint: [String] = []

  @Option(
    help: ArgumentHelp("For k6: the tag that names an endpoint without a match of its own.", valueName: "key")
  )
  var endpointTag = "endpoint"

  @Option(help: ArgumentHelp("The service (default: the one the budget files name).", valueName: "name"))
  var service: String?

  func run() throws {
    var options = ExportOptions(now: .current)
    (options.profile, options.endpoints, options.service) = (profile, endpoint, service)
    options.endpointTag = endpointTag
    options.fileName = file?.name
    let export = exportBudgets(try Budgets.reading(paths + budgets), to: to, options)
    for note in export.notes { Terminal.notice("note: \(note)") }
    guard let main = export.files.first else {
      Terminal.error(
        "the budgets have no limit\(profile.map { " of \($0)" } ?? "") that \(to.rawValue) could be given")
      throw Failure.configuration
    }
    guard let output else { return try Terminal.print(main.text) }
    guard let file else {
      for file in export.files { try Files.write(file.text, to: folder(output) + file.name) }
      return
    }
    switch to {
    case .prometheus: for part in export.files { try Files.write(part.text, to: file.folder + part.name) }
    case .k6 where file.name.hasSuffix("js"): try Files.write(export.files[1].text, to: output)
    default: try Files.write(main.text, to: output)
    }
  }

  /// The file to write; nil where a folder is named, or nothing.
  private var file: (folder: String, name: String)? {
    guard let output, !output.hasSuffix("/"), !FileSystem.isFolder(output) else { return nil }
    guard let slash = output.lastIndex(of: "/") else { return ("", output) }
    return (String(output[...slash]), String(output[output.index(after: slash)...]))
  }

  private func folder(_ path: String) -> String { path.hasSuffix("/") ? path : path + "/" }
}
