import SLOBudgets
import SLOReaders
import SLOSupport

/// How the service of a repository is started, so that a job can measure it: found in its files, or told by somebody.
struct ServiceStart: Sendable, Hashable {
  /// The commands, a line each, that leave it running.
  var commands: [String]
  /// Where it answers.
  var url: String
  /// What says so.
  var source: String

  /// What a folder says: a compose file before a Dockerfile before a script; nil where none of them is there.
  static func found(in folder: String) -> ServiceStart? {
    compose(folder) ?? dockerfile(folder) ?? package(folder) ?? procfile(folder)
  }

  // MARK: The files

  private static func compose(_ folder: String) -> ServiceStart? {
    let names = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"]
    guard
      let (name, bytes) = names.lazy.compactMap({ name in text(name, in: folder).map { (name, $0) } }).first
    else { return nil }
    return ServiceStart(
      commands: ["docker compose up --detach --wait"],
      url: local(ComposeFile.publishedPort(of: bytes, named: name) ?? 8080), source: name)
  }

  private static func dockerfile(_ folder: String) -> ServiceStart? {
    guard let (name, lines) = first(of: ["Dockerfile", "Containerfile"], in: folder) else { return nil }
    let words = lines.first { $0.uppercased().hasPrefix("EXPOSE ") }?.split(separator: " ") ?? []
    guard words.count > 1, let port = Int(words[1].prefix { $0.isNumber }) else { return nil }
    return ServiceStart(
      commands: [
        "docker build --tag service-under-test --file \(name) .",
        "docker run --detach --publish \(port):\(port) service-under-test",
      ], url: local(port), source: name)
  }

  private static func package(_ folder: String) -> ServiceStart? {
    guard let text = text("package.json", in: folder),
      let document = try? JSONDocument(parsing: String(decoding: text, as: UTF8.self), named: "package.json"),
      let scripts = try? document.root.object()["scripts"]?.object(), scripts["start"] != nil
    else { return nil }
    let install =
      FileSystem.exists(FileSystem.join(folder, "yarn.lock"))
      ? "yarn install --frozen-lockfile"
      : FileSystem.exists(FileSystem.join(folder, "package-lock.json")) ? "npm ci" : "npm install"
    return ServiceStart(
      commands: [install, "PORT=3000 npm start > service.log 2>&1 &"], url: local(3000),
      source: "package.json")
  }

  private static func procfile(_ folder: String) -> ServiceStart? {
    guard let (name, lines) = first(of: ["Procfile"], in: folder),
      let web = lines.first(where: { $0.hasPrefix("web:") })?.dropFirst(4).drop(while: { $0 == " " }),
      !web.isEmpty
    else { return nil }
    return ServiceStart(
      commands: ["export PORT=8080", "(\(web)) > service.log 2>&1 &"], url: local(8080), source: name)
  }

  private static func local(_ port: Int) -> String { "http://localhost:\(port)" }

  private static func first(of names: [String], in folder: String) -> (name: String, lines: [String])? {
    for name in names {
      guard let text = text(name, in: folder) else { continue }
      let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
      // What goes into a workflow is a line that shows all it has, and no expression of GitHub's.
      return (name, lines.filter { $0 == VisibleText.escaped($0) && !$0.contains("${{") })
    }
    return nil
  }

  /// At most a megabyte of a regular file.
  private static func text(_ name: String, in folder: String) -> [UInt8]? {
    let path = FileSystem.join(folder, name)
    guard FileSystem.isFile(path) else { return nil }
    return try? FileSystem.bytes(of: path, limit: 1 << 20)
  }
}
