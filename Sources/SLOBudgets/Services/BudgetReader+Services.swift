/// The sections of `slogate.yaml`.
extension BudgetReader {
  /// The fixed keys of the file.
  enum ServiceKeys {
    static let sections = ["version", "defaults", "services"]
    static let defaults = ["budgets", "history", "environment", "env", "set"]
    static let service = defaults + ["profiles", "lighthouse", "evidence"]
  }

  /// The services that a file names.
  mutating func services(_ root: YAMLNode) -> [ServiceSettings] {
    let sections = fields(of: root, in: "slogate.yaml", known: ServiceKeys.sections)
    if let node = sections["version"]?.value, let version = text(node, of: "version"), version != "1" {
      report("version '\(version)' is unknown", at: node.place, hint: "this slogate reads version 1")
    }
    let defaults =
      sections["defaults"].map { service("defaults", $0.value, known: ServiceKeys.defaults) }
      ?? ServiceSettings(name: "defaults")
    guard let section = sections["services"] else {
      report("'services' is missing", at: root.place, hint: "write services: { orders: { profiles: … } }")
      return []
    }
    let services = pairs(of: section.value, in: "'services'").compactMap { pair -> ServiceSettings? in
      guard demandName(pair.key) else { return nil }
      return service(pair.key.value, pair.value, known: ServiceKeys.service).completed(by: defaults)
    }
    if services.isEmpty, case .mapping = section.value.content {
      report("'services' names none", at: section.value.place, hint: "write orders: { profiles: … }")
    }
    return services
  }

  /// A name stands in paths, reports and the names of checks.
  private mutating func demandName(_ key: Placed<String>) -> Bool {
    let isPlain = key.value.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "-_.".unicodeScalars.contains(scalar)
    }
    if isPlain, let first = key.value.first, first != "-", first != "." { return true }
    report(
      "'\(key.value)' is no name of a service", at: key.place,
      hint: "use letters, digits and dashes, as in orders-api")
    return false
  }

  private mutating func service(_ name: String, _ node: YAMLNode, known: [String]) -> ServiceSettings {
    var service = ServiceSettings(name: name)
    guard !node.isNull else { return service }
    let what = known == ServiceKeys.defaults ? "'defaults'" : "the service '\(name)'"
    let fields = self.fields(of: node, in: what, known: known)
    service.budgets = fields["budgets"].map { paths($0.value, of: "budgets") } ?? []
    service.history = fields["history"].flatMap { text($0.value, of: "history") }
    service.environment = fields["environment"].flatMap { text($0.value, of: "environment") }
    service.facts = fields["env"].map { facts($0.value, of: "env") } ?? []
    service.settings = fields["set"].map { facts($0.value, of: "set") } ?? []
    service.lighthouse = fields["lighthouse"].map { paths($0.value, of: "lighthouse") } ?? []
    service.evidence = fields["evidence"].map { paths($0.value, of: "evidence") } ?? []
    if let section = fields["profiles"] {
      service.profiles = pairs(of: section.value, in: "'profiles'").map { pair in
        demandKey(pair.key, "profile", example: "baseline: results/baseline.json")
        return ServiceSettings.Profile(name: pair.key.value, paths: paths(pair.value, of: pair.key.value))
      }
    }
    return service
  }

  /// A path, or a list of paths.
  private mutating func paths(_ node: YAMLNode, of what: String) -> [String] {
    guard case .sequence(let nodes) = node.content else { return [text(node, of: what)].compactMap(\.self) }
    if nodes.isEmpty {
      report("'\(what)' is an empty list", at: node.place, hint: "name a file, or take the key out")
    }
    return nodes.compactMap { text($0, of: what) }
  }

  private mutating func facts(_ node: YAMLNode, of what: String) -> [ServiceSettings.Pair] {
    pairs(of: node, in: "'\(what)'").compactMap { pair in
      guard demandKey(pair.key, "key", example: "instance: c6i.large") else { return nil }
      return text(pair.value, of: pair.key.value).map { ServiceSettings.Pair(key: pair.key.value, value: $0) }
    }
  }

  /// A key is one side of a `KEY=VALUE`.
  @discardableResult
  private mutating func demandKey(_ key: Placed<String>, _ what: String, example: String) -> Bool {
    if !key.value.allSatisfy(\.isWhitespace), !key.value.contains("=") { return true }
    report("'\(key.value)' is no name of a \(what)", at: key.place, hint: "write \(example)")
    return false
  }
}
