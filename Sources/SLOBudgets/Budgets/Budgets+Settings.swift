public import SLOModel

extension Budgets {
  /// The profiles that may be absent from a check: `profiles: { spike: { optional: true } }`.
  public var optionalProfiles: Set<String> {
    Set(settings.profiles.filter { $0.value.isOptional?.value == true }.keys)
  }

  /// What has to be given with results of a profile, by the names that a file has for it: profiles, kinds of evidence, or
  /// their built-in policies, such as `dataset-quality`.
  package func requirements(ofProfile profile: String) -> [String] {
    settings.profiles[profile]?.requires?.value ?? []
  }

  /// The profiles whose results count only with other evidence.
  package var profilesWithRequirements: [String] {
    settings.profiles.filter { $0.value.requires?.value.isEmpty == false }.map(\.key).sorted()
  }

  /// Where the requirements of a profile are; nil where it has none.
  package func placeOfRequirements(_ profile: String) -> Place? {
    settings.profiles[profile]?.requires?.place
  }

  /// What is done about crossed thresholds of the load script on figures without a limit; blocking where no file says.
  package var scriptThresholds: ScriptThresholds { settings.scriptThresholds?.value ?? .block }

  /// Where a file says so; nil where none does.
  public var scriptThresholdsPlace: Place? { settings.scriptThresholds?.place }

  /// How much of the load that was due may be left out.
  package var load: LoadSettings { settings.load?.value ?? LoadSettings() }

  /// Where a file says so; nil where none does.
  public var loadPlace: Place? { settings.load?.place }

  /// The custom metrics whose unit or direction a file declares, by name without tags.
  package var metrics: DeclaredMetrics { settings.metrics.mapValues(\.value) }

  /// The names of hosts, and the query parameters that belong to pages.
  public var naming: NamingRules {
    NamingRules(
      hosts: settings.hosts.mapValues(\.value), queries: settings.queries.mapValues(\.value))
  }

  /// The owner of the first file that names one; nil where none does.
  public var owner: String? { settings.owner?.value }

  /// Who answers for an endpoint, or for the run as a whole, under a profile: the owner of its most specific entry,
  /// else of the limits that hold for it, else of the first file that names one.
  /// - Parameter endpointTag: the tag that named the endpoint, where known.
  public func owner(profile: String, endpoint: String, endpointTag: String? = nil) -> String? {
    let entry = ownEntries(profile: profile, endpoint: endpoint, tag: endpointTag).lazy.compactMap(\.owner)
      .first
    if let entry { return entry }
    let limits = limits(profile: profile, endpoint: endpoint, endpointTag: endpointTag).lazy.compactMap(
      \.owner)
    return limits.first ?? owner
  }

  /// The fewest known samples that a percentile or a rate of an endpoint, or of the run as a whole, is judged by under
  /// a profile: what its most specific entry says, else the profile, else the file, else 20.
  /// - Parameter endpointTag: the tag that named the endpoint, where known.
  public func minimumSamples(profile: String, endpoint: String, endpointTag: String? = nil) -> Int {
    let entries = ownEntries(profile: profile, endpoint: endpoint, tag: endpointTag)
    return entries.lazy.compactMap(\.minimumSamples?.value).first
      ?? settings.profiles[profile]?.minimumSamples?.value ?? settings.minimumSamples?.value
      ?? BudgetSettings.usualMinimumSamples
  }

  /// The entries for an endpoint whose results may be of a profile, the most specific first; none for the run as a
  /// whole.
  private func ownEntries(profile: String, endpoint: String, tag: String?) -> [Entry] {
    if endpoint == Series.wholeRun { return [] }
    return entries(for: endpoint, tag: tag).filter { $0.mayHave(profile) }
  }
}

/// What a review compares.
extension Budgets {
  /// Where the service is named; nil where no file does.
  package var placeOfService: Place? { servicePlace }

  /// The smallest sample counts that files ask for, by where they are written in the language: `min_samples`,
  /// `profiles.spike.min_samples`, `endpoints.pay.min_samples`.
  package var sampleSettings: [String: (value: Int, place: Place?)] {
    var found: [String: (value: Int, place: Place?)] = [
      "min_samples": (
        value: settings.minimumSamples?.value ?? BudgetSettings.usualMinimumSamples,
        place: settings.minimumSamples?.place
      )
    ]
    for (name, profile) in settings.profiles {
      guard let samples = profile.minimumSamples else { continue }
      found["profiles.\(name).min_samples"] = (value: samples.value, place: samples.place)
    }
    for entry in allEntries {
      guard let samples = entry.minimumSamples else { continue }
      found["\(entry.name).min_samples"] = (value: samples.value, place: samples.place)
    }
    return found
  }

  /// Where a profile is declared optional; nil where it is not.
  package func placeOfOptional(_ profile: String) -> Place? { settings.profiles[profile]?.isOptional?.place }

  /// Where a metric is declared; nil where it is not.
  package func placeOfMetric(_ name: String) -> Place? { settings.metrics[name]?.place }

  /// Where a host is named; nil where it is not.
  package func placeOfHost(_ host: String) -> Place? { settings.hosts[host]?.place }

  /// Where the query parameters of a page are; nil where no file says so.
  package func placeOfQuery(_ page: String) -> Place? { settings.queries[page]?.place }
}
