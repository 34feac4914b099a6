import ArgumentParser
import SLOBudgets
import SLOReports
import SLOSupport

/// `check --all`: each service of `slogate.yaml` judged as `check --service NAME` would judge it, and reported as one.
///
/// A service that cannot be judged does not keep the others from it: it has an error in every report, and its exit
/// code is that of all.
struct ServicesCheck {
  private let output: ReportOptions
  /// The arguments for each service, which has them in common with the others.
  private let arguments: [String]

  init(_ check: Check) {
    output = check.output
    arguments = ShardGroups.marked(Array(CommandLine.arguments.dropFirst())).filter { $0 != "--all" }
  }

  func run() throws {
    guard let file = try ServicesFile.read() else {
      throw Failure.usage(
        "--all judges the services that \(ServicesFile.usualName) names, and there is no such file in this folder; write"
          + " services: { orders: { profiles: { baseline: results/orders/*.json } } } into it")
    }
    guard let root = CommandOutline(of: Slogate.self) else { throw Failure.internalError }
    let checks = file.services.map { service in
      (service.name, Result { try check(service, of: file, root) })
    }
    let own = OutputFile.Used(what: "what names the services", path: ServicesFile.usualName)
    try output.prepare(beside: [own] + checks.flatMap { (try? $0.1.get().files) ?? [] })
    let verdict = ServicesVerdict(checks.map(answer))
    try output.write(verdict)
    guard verdict.exitCode == 0 else { throw ExitCode(verdict.exitCode) }
  }

  /// The check of a service.
  private func check(
    _ service: ServiceSettings, of file: ServicesFile, _ root: CommandOutline
  ) throws -> Check {
    let named = arguments + ["--service=\(service.name)"]
    let command = try Slogate.parseAsRoot(ServiceArguments(named, of: root, file).completed())
    guard let check = command as? Check else { throw Failure.internalError }
    return check
  }

  private func answer(of name: String, _ check: Result<Check, any Error>) -> ServiceAnswer {
    do {
      let (verdict, explain) = try check.get().judged()
      let explained = output.needsExplanations ? try explain() : []
      return ServiceAnswer(name: name, result: .judged(verdict), explained: explained)
    } catch {
      let found = Failure.messages(of: error) ?? .init(usage: error)
      for message in found.messages { Terminal.error("service \(name): \(message)") }
      let lines = found.messages.flatMap { $0.split(separator: "\n") }
      let message = lines.map { $0.trimmingPrefix { $0 == " " } }.joined(separator: "; ")
      return ServiceAnswer(name: name, result: .failed(code: found.code.rawValue, message: message))
    }
  }
}
