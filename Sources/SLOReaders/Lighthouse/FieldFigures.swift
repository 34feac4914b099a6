internal import SLOModel

/// What Chrome measured of real visitors in the 28 days before, in a reply of PageSpeed Insights: figures of their own
/// besides those that Lighthouse measured.
enum FieldFigures {
  /// The figures of the page and of its origin. A page with few visitors has none: the reply then repeats those of the
  /// origin, which are no figures of the page.
  static func figures(of reply: JSONObject) throws(InputError) -> [LighthouseValues.Figure] {
    var figures: [LighthouseValues.Figure] = []
    if let page = try reply.object("loadingExperience"), try !isOfOrigin(page) {
      figures += try self.figures(page, FieldData.prefixes.page)
    }
    if let origin = try reply.object("originLoadingExperience") {
      figures += try self.figures(origin, FieldData.prefixes.origin)
    }
    return figures
  }

  /// The words that the reply has for the page and its origin, such as FAST.
  static func facts(of reply: JSONObject) throws(InputError) -> [String: String] {
    var facts: [String: String] = [:]
    if let page = try reply.object("loadingExperience"), try !isOfOrigin(page) {
      facts["field"] = try category(page)
    }
    if let origin = try reply.object("originLoadingExperience") {
      facts["field-origin"] = try category(origin)
    }
    return facts
  }

  private static func category(_ experience: JSONObject) throws(InputError) -> String? {
    guard let category = experience["overall_category"], category.kind == .string else { return nil }
    return UntrustedText.escaped(try category.string(), limit: 20)
  }

  private static func isOfOrigin(_ experience: JSONObject) throws(InputError) -> Bool {
    guard let flag = experience["origin_fallback"], flag.kind == .boolean else { return false }
    return try flag.boolean()
  }

  private static func figures(
    _ experience: JSONObject, _ prefix: String
  ) throws(InputError) -> [LighthouseValues.Figure] {
    try PowerShellText.refuse(in: experience)
    guard let metrics = try experience.object("metrics") else { return [] }
    try PowerShellText.refuse(in: metrics)
    var figures: [LighthouseValues.Figure] = []
    var seen: Set<String> = []
    for (key, id, unit, scale) in FieldData.metrics {
      guard let member = metrics.members.first(where: { $0.key == key }), member.value.kind == .object,
        seen.insert(id).inserted
      else { continue }
      let metric = try member.value.object()
      if let place = metric["percentile"] {
        let value = try place.number() / scale
        try ImpossibleValue.check(value, in: 0...Double.infinity, unit, at: place)
        figures.append(
          LighthouseValues.Figure(
            metric: prefix + id, statistic: FieldData.percentile, value: value, unit: unit, better: .lower))
      }
      figures += try shares(metric, prefix + id)
    }
    return figures
  }

  /// The shares of visits, from the fastest on.
  private static func shares(
    _ metric: JSONObject, _ name: String
  ) throws(InputError) -> [LighthouseValues.Figure] {
    guard let list = metric["distributions"], list.kind == .array,
      case let bins = try list.elements(), bins.count == FieldData.shares.count
    else { return [] }
    var figures: [LighthouseValues.Figure] = []
    for (bin, share) in zip(bins, FieldData.shares) {
      guard let place = try bin.object()["proportion"] else { continue }
      let value = try place.number()
      // The proportions are rounded, and so may be a little above 1.
      try ImpossibleValue.check(value, in: 0...1.001, .ratio, at: place)
      figures.append(
        LighthouseValues.Figure(
          metric: "\(name).\(share)", statistic: .rate, value: min(value, 1), unit: .ratio,
          better: share == FieldData.shares[0] ? .higher : .lower))
    }
    return figures
  }
}
