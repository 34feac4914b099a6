import Foundation
import Testing

/// A fresh folder with the built `slogate` in it to run, as a user would.
struct Workplace: ~Copyable {
  struct Result {
    var code: Int32
    var output: String
    var errors: String

    /// The JSON verdict on standard output.
    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }

    /// The finding of one series in a JSON verdict.
    func finding(_ profile: String, _ endpoint: String, _ metric: String, _ statistic: String) throws
      -> [String: Any]
    {
      let findings = try #require(try json()["findings"] as? [[String: Any]])
      return try #require(
        findings.first {
          $0["profile"] as? String == profile && $0["endpoint"] as? String == endpoint
            && $0["metric"] as? String == metric && $0["statistic"] as? String == statistic
        }, "no finding \(profile) \(endpoint) \(metric) \(statistic)")
    }
  }

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "slogate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ data: Data) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func bytes(_ name: String) -> Data? { try? Data(contentsOf: folder.appending(path: name)) }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// Runs `slogate` here, outside any repository and CI.
  func slogate(_ arguments: String..., input: Data? = nil, variables: [String: String] = [:]) throws -> Result
  {
    try run(arguments, input: input, variables: variables)
  }

  /// - Parameters:
  ///   - place: the folder to run in, as seen from here.
  ///   - device: where standard output goes, in place of the result.
  ///   - program: which of the package's programs to run.
  func run(
    _ arguments: [String], input: Data? = nil, variables: [String: String] = [:], in place: String = ".",
    to device: String? = nil, program: String = "slogate"
  ) throws -> Result {
    let process = Process()
    process.executableURL = Workplace.executable.deletingLastPathComponent().appending(path: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder.appending(path: place)
    process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""].merging(variables) {
      $1
    }
    let (output, errors) = (folder.appending(path: ".stdout"), folder.appending(path: ".stderr"))
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: device.map { URL(filePath: $0) } ?? output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let inputFile = folder.appending(path: ".stdin")
    try (input ?? Data()).write(to: inputFile)
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    try process.run()
    process.waitUntilExit()
    return Result(
      code: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Commits nothing but a message, on a day of the summer of 2025.
  func commit(_ message: String, day: Int) throws {
    let date = "\(1_748_736_000 + 86_400 * day) +0000"
    try git(["commit", "-q", "--allow-empty", "-m", message], ["GIT_COMMITTER_DATE": date])
  }

  /// Runs git here; whoever commits is nobody.
  func git(_ arguments: String...) throws { try git(arguments, [:]) }

  private func git(_ arguments: [String], _ variables: [String: String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"] + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "git \(arguments)")
  }

  static var executable: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let tests = bundle ?? URL(filePath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appending(path: "slogate")
  }
}

/// A legacy k6 summary with the figures the six default limits ask for.
func summary(
  p95: String = "100", p99: String = "200", failed: Int = 0, of total: Int = 1_000, med: String = "50",
  extra: String = ""
) -> String {
  """
  {"metrics": {
    "http_req_duration": {"avg": \(total == 0 ? 0 : 60), "min": 0, "med": \(med), "max": \(total == 0 ? 0 : 4_000), "p(90)": \(total == 0 ? 0 : 90), "p(95)": \(p95), "p(99)": \(p99), "count": \(total)},
    "http_req_failed": {"passes": \(failed), "fails": \(total - failed), "value": 0},
    "http_reqs": {"count": \(total), "rate": \(total == 0 ? 0 : 100.5)}\(extra)
  }, "root_group": {"name": "", "path": "", "id": "d41d8cd98f00b204e9800998ecf8427e", "groups": {}, "checks": {}}}
  """
}
