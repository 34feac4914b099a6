import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders

/// What the two sides of a comparison are of, where their names alone do not say.
struct SideOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only this profile; of result files the profile they are of (default: baseline, or that of the Lighthouse report).",
      valueName: "name"))
  var profile: String?

  @Flag(help: "The result files of each side are what the instances of one distributed k6 run wrote.")
  var shards = false

  @OptionGroup var target: ReferenceOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var storage: StorageOptions
  @OptionGroup var samples: SampleOptions

  /// The question that two names put.
  func question(
    _ before: String, _ after: String, history: History?, isAcrossEnvironments: Bool
  ) throws -> ComparisonQuestion {
    if before == "-" && after == "-" { throw Failure.usage("Standard input (-) can be read once only.") }
    let lookup = SideLookup(
      history: history, path: storage.history, repository: Platform.current.repository,
      service: scope.service,
      profile: profile, onNotice: Terminal.notice)
    var sides = try [before, after].map { try lookup.recorded($0) }
    let services = Set(sides.compactMap { $0 }.flatMap(\.runs).map(\.service))
    for (index, name) in [before, after].enumerated() where sides[index] == nil {
      sides[index] = try files(name, service: services.count == 1 ? services.first : nil)
    }
    let found = sides.compactMap { $0 }
    return ComparisonQuestion(before: found[0], after: found[1], isAcrossEnvironments: isAcrossEnvironments)
  }

  /// Result files as a side. They are of the service named, else of the other side's, else of the budget files'.
  private func files(_ name: String, service other: String?) throws -> ComparisonSide {
    let budgets = try BudgetSource.paths(storage.budgets).load(endpointTag: samples.endpointTag)
    let sizing = try budgets.environment(
      named: scope.environment, refinedBy: scope.sizing)
    // What is compared is not recorded, and what one side lost may be what the other is about.
    var options = samples.reading(under: budgets)
    options.demand = { [demand = options.demand] in
      var whole = demand()
      whole.takesEverySubject = true
      return whole
    }
    let readings = try SideFiles(path: name, profile: profile, areShards: shards, options: options).readings()
    let service = scope.service ?? other ?? budgets.service ?? "default"
    return ComparisonSide(
      name: name, kind: .files,
      runs: readings.map {
        Run(
          service: service, commit: Commit(sha: Commit.unknownSHA), environment: sizing, settings: [:],
          reading: $0)
      })
  }
}
