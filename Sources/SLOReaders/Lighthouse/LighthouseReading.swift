internal import SLOModel

/// Turns a Lighthouse report into a reading.
enum LighthouseReading {
  /// The reading of one report.
  static func reading(
    _ report: LighthouseReport, source: Reading.Source, naming: NamingRules = NamingRules(),
    wanted: Set<MetricFigure> = []
  ) throws(InputError) -> Reading {
    let object = report.object
    var reading = Reading(profile: "lighthouse-" + (try report.formFactor()), source: source)
    reading.toolVersion = report.version
    reading.startedAt = try object["fetchTime"].flatMap { value throws(InputError) in
      try ImpossibleValue.time(value)
    }
    reading.conditions = ["lighthouse": report.major, "throttling": try report.throttling()]
    reading.notices = try report.warnings()
    if let index = try object.object("environment")?.number("benchmarkIndex") {
      reading.facts["benchmarkIndex"] = shortest(index)
    }
    let address = try object.string("requestedUrl").flatMap { url in
      EndpointAddress(url, by: naming, isPage: true)
        ?? EndpointAddress("/" + url, by: naming, isPage: true)
    }
    if let host = address?.host, !host.isEmpty, report.step == nil { reading.facts["host"] = host }
    let endpoint = report.step ?? address?.name() ?? Series.wholeRun
    reading.subject = endpoint
    if report.step == nil, let address {
      reading.addresses[endpoint] = address
      reading.endpointTags[endpoint] = "url"
    }
    reading.failure = try report.failure()
    if reading.failure == nil { reading.failure = try report.pageFailure() }
    guard reading.failure == nil else { return reading }
    if let reply = report.reply {
      reading.facts.merge(try FieldFigures.facts(of: reply)) { first, _ in first }
    }
    reading.warnings += [try report.redirection()].compactMap(\.self)
    reading.measurements = try LighthouseValues(report, wanted: wanted).figures().map {
      let series = Series(
        profile: reading.profile, endpoint: endpoint, metric: $0.metric, statistic: $0.statistic)
      return MetricValue(series: series, value: $0.value, unit: $0.unit, better: $0.better)
    }
    if reading.measurements.isEmpty { reading.failure = "no audit of the report has a value" }
    return reading
  }

  /// What distinguishes one run of a page from another: reports of LHCI are often copied under several names.
  static func identity(of reading: Reading) -> [String]? {
    guard reading.source.format == LighthouseResults.format, let time = reading.startedAt else { return nil }
    let page = [reading.facts["host"], reading.subject, reading.profile, reading.toolVersion]
    return [time.description] + page.map { $0 ?? "" }
  }
}
