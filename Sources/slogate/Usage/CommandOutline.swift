import ArgumentParser
import SLOReaders

/// A command as far as its use goes: the names of its options and commands, as ArgumentParser has them.
struct CommandOutline {
  /// How an option takes what is behind it.
  enum Arity {
    case flag
    case one
    case upToNextOption
  }

  let name: String
  /// How each option is used, by its name as it is typed: `--baseline`, `-h`.
  private(set) var options: [String: Arity] = [:]
  /// The options that `--help` lists, in its order.
  private(set) var listed: [String] = []
  /// Whether the command takes words besides its options.
  private(set) var takesWords = false
  private(set) var commands: [CommandOutline] = []

  /// The outline of a command and everything below it; nil where ArgumentParser gives it in another form.
  init?(of command: any ParsableCommand.Type) {
    do throws(InputError) {
      let dump = try JSONDocument(parsing: command._dumpHelp(), named: "help")
      guard let found = try dump.root.object()["command"] else { return nil }
      try self.init(found)
    } catch {
      return nil
    }
  }

  private init(_ value: JSONValue) throws(InputError) {
    let command = try value.object()
    name = try command["commandName"]?.string() ?? ""
    for argument in try command["arguments"]?.elements() ?? [] { try add(argument.object()) }
    for below in try command["subcommands"]?.elements() ?? [] { commands.append(try CommandOutline(below)) }
  }

  private mutating func add(_ argument: JSONObject) throws(InputError) {
    let kind = try argument["kind"]?.string()
    guard kind != "positional" else {
      takesWords = true
      return
    }
    let isGreedy = try argument["parsingStrategy"]?.string() == "upToNextOption"
    let isListed = try argument["shouldDisplay"]?.boolean() ?? true
    for name in try argument["names"]?.elements() ?? [] {
      let name = try name.object()
      let dashes = try name["kind"]?.string() == "long" ? "--" : "-"
      let typed = dashes + (try name["name"]?.string() ?? "")
      options[typed] = kind == "flag" ? .flag : isGreedy ? .upToNextOption : .one
      if isListed { listed.append(typed) }
    }
  }

  /// The command of a name below this one.
  func command(_ name: String) -> CommandOutline? { commands.first { $0.name == name } }
}
