import SLOBudgets
import SLOModel
import SLOSupport

/// What is wrong with a command line in the first place: a command, an option or a word that nothing knows. Whatever
/// else is missing follows from it, and is not complained of.
struct UsageComplaint {
  /// What was found and what is probably meant, with what was typed made visible.
  let message: String
  /// The commands that lead to the one that was used, `slogate` first.
  let path: [String]

  /// - Parameters:
  ///   - arguments: what was typed behind `slogate`.
  ///   - isFile: whether a word is the path of a file.
  /// - Returns: nil where every command and option is known.
  init?(
    _ arguments: [String], of root: CommandOutline, isFile: (String) -> Bool
  ) {
    var (command, path) = (root, [root.name])
    var rest = arguments[...]
    let isHelp = rest.first == "help"
    if isHelp { rest.removeFirst() }
    var last: CommandOutline.Arity?
    while let word = rest.popFirst() {
      if word == "--" { return nil }
      if UsageComplaint.isOption(word) {
        let name = String(word.prefix { $0 != "=" })
        guard let arity = command.options[name] else {
          self.init(UsageComplaint.unknownOption(name, of: command), path)
          return
        }
        last = word.contains("=") && arity == .one ? .flag : arity
      } else if last == .one || last == .upToNextOption {
        if last == .one { last = nil }
      } else if let below = command.command(word) {
        (command, last) = (below, nil)
        path.append(below.name)
      } else if !command.commands.isEmpty {
        self.init(UsageComplaint.unknownCommand(word, of: command, path, isFile), path)
        return
      } else if !command.takesWords, !isHelp {
        guard command.options["--baseline"] != nil else { return nil }
        self.init(UsageComplaint.strayFile(word), path)
        return
      }
    }
    return nil
  }

  private init(_ message: String, _ path: [String]) { (self.message, self.path) = (message, path) }

  /// Whether a word is an option and no value: `-` is standard input, `-5` a number.
  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("-") && word != "-" && Double(word) == nil
  }

  // MARK: Sentences

  private static func unknownOption(_ name: String, of command: CommandOutline) -> String {
    let doubled = name.hasPrefix("--") ? name : "-" + name
    let hint =
      command.options[doubled] != nil
      ? "did you mean '\(doubled)'?" : Suggestion.hint(for: doubled, among: command.listed)
    return "unknown option '\(shown(name))'" + (hint.map { "; \($0)" } ?? "")
  }

  private static func unknownCommand(
    _ word: String, of command: CommandOutline, _ path: [String], _ isFile: (String) -> Bool
  ) -> String {
    if isFile(word) {
      return "'\(shown(word))' is no command; results are judged by slogate check \(option(for: word)) "
        + shown(word)
    }
    let names = command.commands.map(\.name)
    let hint =
      Suggestion.hint(for: word, among: names) ?? "the commands are \(names.joined(separator: ", "))"
    return "'\(shown((path + [word]).joined(separator: " ")))' is no command; \(hint)"
  }

  private static func strayFile(_ word: String) -> String {
    "unexpected argument '\(shown(word))'; results are named with their profile, as in \(option(for: word)) "
      + "\(shown(word)); others are --baseline, --spike, --lighthouse and --profile NAME=FILE"
  }

  /// The option that the name of a file speaks for.
  private static func option(for file: String) -> String {
    let name = file.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.contains("spike") { return "--spike" }
    return ["lighthouse", "lhr"].contains { name.contains($0) } ? "--lighthouse" : "--baseline"
  }

  private static func shown(_ text: String) -> String {
    let visible = VisibleText.escaped(text)
    return visible.count > 200 ? String(visible.prefix(200)) + "…" : visible
  }
}
