import ArgumentParser
import SLOBudgets
import SLOSupport

/// What `slogate.yaml` says of a service, as further arguments of a command: `--service orders` stands for its budgets,
/// history and environment, and where results are judged or recorded, for its results.
///
/// An option that is given on the command line counts alone; facts of `--env` and `--set` are joined key by key, and those
/// of `env` are left out where `--environment` names another environment than the file.
struct ServiceArguments {
  private let file: ServicesFile
  private let command: CommandOutline
  /// The arguments of the command itself, without what stands behind `--`.
  private let own: [String]
  private let rest: [String]

  /// A run of a command.
  struct Run {
    /// The service it is for, where the command is run for each of several.
    var service: String?
    var arguments: [String]
  }

  /// The runs that a command line stands for, completed by what the file says of the service they name. A review of
  /// budgets that names none is made of each service, for nobody's budgets are left out unseen.
  /// - Throws: what is wrong in the file, or that it does not know the service, or that JSON of several services is no
  ///   one document.
  static func runs(of arguments: [String]) throws -> [Run] {
    let isReview = isReview(arguments)
    guard isReview || isConcerned(arguments), let file = try ServicesFile.read(),
      let root = CommandOutline(of: Slogate.self)
    else { return [Run(arguments: arguments)] }
    guard isReview, file.services.count > 1 else {
      return [Run(arguments: try ServiceArguments(arguments, of: root, file).completed())]
    }
    if arguments.contains("json") || isGiven("--format=json", in: arguments) {
      throw Failure.usage(
        "\(ServicesFile.usualName) names \(file.services.count) services: say which with --service NAME")
    }
    return try file.services.map { service in
      let named = arguments + ["--service=\(service.name)"]
      return Run(
        service: service.name, arguments: try ServiceArguments(named, of: root, file).completed())
    }
  }

  /// Whether a command reviews budgets and names none.
  private static func isReview(_ arguments: [String]) -> Bool {
    let words = arguments.prefix { !$0.hasPrefix("-") }
    guard words.first == "budgets", let name = words.dropFirst().first else { return false }
    return (name == "diff" || name == "lint" && words.count == 2)
      && !["--service", "--budgets", "--help", "-h"].contains { isGiven($0, in: arguments) }
  }

  /// Whether the file can matter to a command, so that it is not looked for in vain.
  private static func isConcerned(_ arguments: [String]) -> Bool {
    guard let first = arguments.first, first != "help", !arguments.contains(where: ["--help", "-h"].contains)
    else { return false }
    return resultCommands.contains(first) || isGiven("--service", in: arguments)
  }

  /// The commands that read results.
  private static let resultCommands = ["check", "record"]

  init(_ arguments: [String], of root: CommandOutline, _ file: ServicesFile) {
    let words = arguments.prefix { !$0.hasPrefix("-") }
    self.init(arguments, words.reduce(root) { $0.command($1) ?? $0 }, file)
  }

  private init(_ arguments: [String], _ command: CommandOutline, _ file: ServicesFile) {
    own = Array(arguments.prefix { $0 != "--" })
    rest = Array(arguments.dropFirst(own.count))
    (self.command, self.file) = (command, file)
  }

  private var readsResults: Bool { ServiceArguments.resultCommands.contains(command.name) }

  func completed() throws -> [String] {
    guard command.options["--service"] != nil, command.name != "check" || !isGiven("--all") else {
      return own + rest
    }
    guard let name = value(of: "--service"), !name.allSatisfy(\.isWhitespace) else { return try named() }
    guard let service = file[name] else {
      guard readsResults, !isGiven("--new-service") else { return own + rest }
      let hint = file.hint(for: name).map { "; \($0)" } ?? ""
      throw Failure.usage(
        "--service '\(name)' is not in \(ServicesFile.usualName): write it there, or pass --new-service\(hint)"
      )
    }
    return try complete(service)
  }

  /// The arguments with those of a service; without any result there is nothing to judge or to record.
  private func complete(_ service: ServiceSettings) throws -> [String] {
    if readsResults, !service.namesResults, !hasResults, !isGiven("--confirm") {
      throw Failure.usage(
        "\(ServicesFile.usualName) names no results of '\(service.name)': write profiles: { baseline: FILE } there, or pass"
          + " --baseline FILE")
    }
    return own + added(by: service) + rest
  }

  private var hasResults: Bool { ServiceArguments.resultOptions.contains(where: isGiven) }

  /// Commands that read results are about one service.
  private func named() throws -> [String] {
    guard readsResults else { return own + rest }
    guard let service = file.services.first, file.services.count == 1 else {
      let names = file.services.map(\.name)
      let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
      let all = command.name == "check" ? ", or judge each with --all" : ""
      throw Failure.usage("\(ServicesFile.usualName) names \(shown): say which with --service NAME\(all)")
    }
    return try ServiceArguments(own + ["--service=\(service.name)"] + rest, command, file).completed()
  }

  /// The arguments that the file adds for a service.
  private func added(by service: ServiceSettings) -> [String] {
    let isElsewhere = value(of: "--environment").map { $0 != service.environment } ?? false
    return service.arguments(usual: ServicesFile.usualBudgets).compactMap { option, value in
      guard command.options[option] != nil else { return nil }
      let isLeftOut =
        switch option {
        case "--profile", "--lighthouse", "--evidence": !readsResults || hasResults
        case "--env": isElsewhere || keys(of: option).contains(keyAndValue(value)?.key ?? "")
        case "--set": keys(of: option).contains(keyAndValue(value)?.key ?? "")
        default: isGiven(option)
        }
      return isLeftOut ? nil : "\(option)=\(value)"
    }
  }

  /// The keys of the pairs that an option was given: `--env a=1 b=2 --env=c=3`.
  private func keys(of option: String) -> Set<String> {
    var keys: Set<String> = []
    var isOpen = false
    for word in own {
      if word.hasPrefix(option + "=") {
        keys.insert(keyAndValue(String(word.dropFirst(option.count + 1)))?.key ?? "")
        isOpen = false
      } else if word.hasPrefix("-") {
        isOpen = word == option
      } else if isOpen {
        keys.insert(keyAndValue(word)?.key ?? "")
      }
    }
    return keys
  }

  /// The options that name results.
  static let resultOptions = [
    "--baseline", "--baseline-summary", "--spike", "--spike-summary", "--profile", "--baseline-shards",
    "--spike-shards", "--profile-shards", "--lighthouse", "--evidence", "--results-dir",
  ]

  private func isGiven(_ option: String) -> Bool { ServiceArguments.isGiven(option, in: own) }

  private static func isGiven(_ option: String, in arguments: [String]) -> Bool {
    arguments.contains { $0 == option || $0.hasPrefix(option + "=") }
  }

  private func value(of option: String) -> String? {
    guard let index = own.lastIndex(where: { $0 == option || $0.hasPrefix(option + "=") }) else { return nil }
    if own[index] != option { return String(own[index].dropFirst(option.count + 1)) }
    return own.indices.contains(index + 1) ? own[index + 1] : nil
  }
}
