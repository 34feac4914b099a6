import SLOCheck
import SLOModel
import SLOReaders

extension ContextOptions {
  /// What the results of a command are of.
  /// - Parameter results: where they were named.
  func request(of results: ResultOptions) -> CheckRequest {
    var request = CheckRequest(
      service: scope.namedService, commit: commit, branch: branch, reference: target.reference,
      environment: scope.environment, sizing: scope.sizing)
    (request.settings, request.isNewService) = (settings, newService)
    (request.endpointTag, request.namedProfiles) = (results.samples.endpointTag, results.givenProfiles)
    return request
  }
}

extension Gate {
  /// Reads results and prepares their check; everything that is wrong with them is printed at once.
  func prepared(_ results: ResultOptions, _ request: CheckRequest) throws -> PreparedCheck {
    var request = request
    var failures = Failure.Collected()
    let read = try results.read(
      &failures, only: request.profiles, under: budgets.draft(endpointTag: request.endpointTag))
    if !failures.isEmpty {
      do throws(GateError) { try demandBudgets(request) } catch { failures.add(error) }
    }
    try failures.report()
    request.warnings = read.warnings
    return try prepared(read.readings, request)
  }
}
