internal import SLOModel

/// Puts files together and reports what is in two of them.
struct BudgetMerger {
  private(set) var problems: [BudgetProblem] = []

  private var budgets = Budgets()
  private var entries: [Entry] = []
  private var entryIndex: [String: Int] = [:]
  private var service: Placed<String>?
  private var repetitions: Placed<Int>?
  private var regression: Place?
  private var environments: [String: Place] = [:]

  /// What the files added say together.
  func merged() -> Budgets {
    var budgets = budgets
    for entry in entries where entry.pattern.isExact {
      budgets.exactEntries[entry.pattern.text, default: []].append(entry)
    }
    for (name, alike) in budgets.exactEntries where alike.count > 1 {
      budgets.exactEntries[name] = alike.sorted(by: Entry.isMoreSpecific)
    }
    budgets.globEntries = entries.filter { !$0.pattern.isExact }.sorted(by: Entry.isMoreSpecific)
    return budgets
  }

  /// Adds what one more file says.
  mutating func add(_ file: BudgetFile) {
    budgets.files.append(file.path)
    add(service: file.service)
    add(repetitions: file.repetitions)
    add(regression: file.regression)
    for environment in file.environments { add(environment) }
    problems += budgets.settings.add(file.settings)
    budgets.expectations.add(file.expectations)
    problems += budgets.defaults.add(file.defaults, in: "'defaults'")
    problems += budgets.wholeRun.add(file.wholeRun, in: "'run' or 'endpoints'")
    for entry in file.entries { add(entry) }
    for rule in file.rules { add(rule) }
    budgets.waivers += file.waivers
  }

  private mutating func add(service: Placed<String>?) {
    guard let service else { return }
    if let first = self.service, first.value != service.value {
      report(
        "service '\(service.value)' differs from '\(first.value)' at \(first.place)", at: service.place,
        hint: "keep the budgets of two services in two folders")
    } else {
      self.service = service
      budgets.service = service.value
      budgets.servicePlace = service.place
    }
  }

  private mutating func add(repetitions: Placed<Int>?) {
    guard let repetitions else { return }
    if let first = self.repetitions, first.value != repetitions.value {
      report(
        "'repetitions' is already set at \(first.place)", at: repetitions.place, hint: "keep one of them")
    } else {
      self.repetitions = repetitions
      budgets.repetitions = repetitions.value
      budgets.repetitionsPlace = repetitions.place
    }
  }

  private mutating func add(regression: Placed<RegressionSettings>?) {
    guard let regression else { return }
    if let first = self.regression, budgets.regression != regression.value {
      report("'regression' is already set at \(first)", at: regression.place, hint: "keep one of them")
    } else {
      self.regression = regression.place
      budgets.regression = regression.value
      budgets.regressionPlace = regression.place
    }
  }

  private mutating func add(_ environment: BudgetFile.Environment) {
    let name = environment.name
    if let first = environments[name.value] {
      report(
        "the environment '\(name.value)' is already set at \(first)", at: name.place, hint: "keep one of them"
      )
    } else {
      environments[name.value] = name.place
      budgets.environments[name.value] = environment.sizing
      budgets.environmentDemands[name.value] = environment.demand
      budgets.environmentPlaces[name.value] = name.place
    }
  }

  private mutating func add(_ entry: Entry) {
    guard let index = entryIndex[entry.key] else {
      entryIndex[entry.key] = entries.count
      return entries.append(entry)
    }
    entries[index].owner = entries[index].owner ?? entry.owner
    add(minimumSamples: entry.minimumSamples, to: index)
    problems += entries[index].limits.add(entry.limits, in: "'\(entry.name)'")
  }

  private mutating func add(minimumSamples samples: Placed<Int>?, to index: Int) {
    guard let samples, let first = entries[index].minimumSamples, first.value != samples.value else {
      entries[index].minimumSamples = entries[index].minimumSamples ?? samples
      return
    }
    report(
      "'min_samples' of '\(entries[index].name)' is already set at \(first.place)", at: samples.place,
      hint: "keep one of them")
  }

  private mutating func add(_ rule: Rule) {
    let same = budgets.rules.first { $0.relation == rule.relation && $0.severity == rule.severity }
    guard let first = same else { return budgets.rules.append(rule) }
    report(
      "'\(rule.text)' compares the same figures as the rule at \(first.place)", at: rule.place,
      hint: "keep one of them")
  }

  private mutating func report(_ message: String, at place: Place, hint: String) {
    problems.append(BudgetProblem(message, at: place, hint: hint))
  }
}
