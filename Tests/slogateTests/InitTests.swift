import Foundation
import Testing

@Suite("slogate init")
struct InitTests {
  private func files(_ workplace: borrowing Workplace, in folder: String = ".") throws -> Set<String> {
    let names =
      FileManager.default.enumerator(atPath: workplace.path(folder))?.compactMap { $0 as? String } ?? []
    return Set(
      names.filter {
        $0.hasSuffix(".js") || $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") || $0.hasSuffix(".txt")
          || $0.hasSuffix(".json")
      })
  }

  @Test("Away from a terminal it asks nothing, takes the folder's name, and its budgets have no mistake")
  func start() throws {
    let workplace = try Workplace()
    let result = try workplace.slogate("init", "shop")
    #expect(result.code == 0 && result.errors.isEmpty)
    #expect(
      try files(workplace, in: "shop") == [
        "budgets/slogate.yaml", "budgets/slogate.schema.json", ".github/workflows/performance.yml",
        ".github/workflows/budget-review.yml", ".github/workflows/performance-comment.yml",
        ".github/k6/endpoints.js", ".github/k6/baseline.js", ".github/k6/spike.js",
        ".github/k6/requirements.txt",
      ])
    let ignored = try workplace.text("shop/.gitignore")
    #expect(ignored.contains("history/*.sqlite*\n"))
    #expect(result.output.contains("wrote shop/budgets/slogate.yaml"))
    #expect(result.output.contains("next\n"))
    let budgets = String(decoding: workplace.bytes("shop/budgets/slogate.yaml") ?? Data(), as: UTF8.self)
    #expect(budgets.contains("service: service\n") || budgets.contains("service: shop\n"))
    let lint = try workplace.slogate("budgets", "lint", "shop/budgets", "--strict")
    #expect(lint.code == 0, "\(lint.output)\(lint.errors)")
  }

  @Test("What is there is kept and named, unless it is to be replaced")
  func keeping() throws {
    let workplace = try Workplace()
    try workplace.write("budgets/slogate.yaml", "mine\n")
    let kept = try workplace.slogate("init", "--service", "shop")
    #expect(kept.code == 0)
    #expect(kept.output.contains("kept budgets/slogate.yaml") && kept.output.contains("--force"))
    #expect(workplace.bytes("budgets/slogate.yaml") == Data("mine\n".utf8))
    #expect(workplace.bytes(".github/k6/spike.js") != nil)
    let forced = try workplace.slogate("init", "--service", "shop", "--owner", "us", "--force")
    #expect(forced.output.contains("replaced budgets/slogate.yaml"))
    let text = String(decoding: workplace.bytes("budgets/slogate.yaml") ?? Data(), as: UTF8.self)
    #expect(text.contains("service: shop\nowner: us\n"))
  }

  @Test("A dry run shows every file and writes none")
  func dryRun() throws {
    let workplace = try Workplace()
    let result = try workplace.slogate("init", "--dry-run")
    #expect(result.code == 0)
    #expect(result.output.contains("would write .github/k6/spike.js:\n\n// The spike profile"))
    #expect(try files(workplace).isEmpty)
  }

  @Test(
    "A repository that says how its service is started has it started in the job, without a secret",
    arguments: [
      (
        "compose.yaml", "services:\n  api:\n    image: x\n    ports:\n      - \"8081:80\"\n",
        "docker compose up --detach --wait", "http://localhost:8081"
      ),
      (
        "Dockerfile", "FROM x\nEXPOSE 9000/tcp\n", "docker run --detach --publish 9000:9000",
        "http://localhost:9000"
      ),
      (
        "package.json", "{\"scripts\": {\"start\": \"node .\"}}", "PORT=3000 npm start > service.log 2>&1 &",
        "http://localhost:3000"
      ),
      (
        "Procfile", "web: ./serve --port $PORT\n", "(./serve --port $PORT) > service.log 2>&1 &",
        "http://localhost:8080"
      ),
    ])
  func inJob(file: String, content: String, command: String, url: String) throws {
    let workplace = try Workplace()
    try workplace.write(file, content)
    let result = try workplace.slogate("init", "--service", "shop", "--slogate", "acme/slogate")
    #expect(result.code == 0, "\(result.errors)")
    let workflow = try workplace.text(".github/workflows/performance.yml")
    #expect(workflow.contains("          \(command)") && workflow.contains("PERF_BASE_URL: \(url)\n"))
    #expect(!workflow.contains("secrets.") && !workflow.replacing("${{", with: "").contains("{{"))
    #expect(workflow.contains("uses: acme/slogate@v"))
    let script = try workplace.text(".github/k6/endpoints.js")
    #expect(script.contains("'\(url)'"))
    let lint = try workplace.slogate("budgets", "lint", "budgets", "--strict")
    #expect(lint.code == 0, "\(lint.output)\(lint.errors)")
  }

  @Test(
    "Without such a file, or where somebody says so, the workflow has the secrets of a deployed environment")
  func deployed() throws {
    let workplace = try Workplace()
    try workplace.write("compose.yaml", "services: {}\n")
    _ = try workplace.slogate("init", "--deployed")
    let workflow = try workplace.text(".github/workflows/performance.yml")
    #expect(workflow.contains("PERF_BASE_URL: ${{ secrets.PERF_BASE_URL }}") && !workflow.contains("compose"))
    let script = try workplace.text(".github/k6/endpoints.js")
    #expect(script.contains("PERF_BEARER_TOKEN"))
  }

  @Test(
    "slogate is that of the owner whom the remote names, and the first line of every workflow says so",
    arguments: [
      ("git@github.com:acme/shop.git", "acme/slogate", true),
      ("https://github.com/acme/shop", "acme/slogate", true),
      ("ssh://git@ghe.example:22/team/shop.git", "team/slogate", false),
      ("/srv/git/shop.git", "OWNER/slogate", true),
      ("https://x:secret@ghe.example/te am/shop", "OWNER/slogate", true),
    ])
  func address(remote: String, slogate: String, isReusable: Bool) throws {
    let workplace = try Workplace()
    try workplace.git("init", "-q")
    try workplace.git("remote", "add", "origin", remote)
    let result = try workplace.slogate("init")
    #expect(result.code == 0 && !result.output.contains("secret@"))
    for name in ["performance", "budget-review", "performance-comment"] {
      let workflow = try workplace.text(".github/workflows/\(name).yml")
      let first = workflow.prefix { $0 != "\n" }
      #expect(
        first.hasPrefix("# ") && first.contains("sed -i 's#\(slogate)#"), "\(first)")
      #expect(workflow.contains("uses: \(slogate)") && !workflow.contains("0000000"))
    }
    let workflow = try workplace.text(".github/workflows/performance.yml")
    #expect(workflow.contains("runs-on: ubuntu") || workflow.contains("runs-on: self-hosted") || isReusable)
    // GitHub Enterprise Server has no workflow of another repository that finds its own files.
    #expect(workflow.contains("performance-release-gate.yml@v") == isReusable)
    #expect(workflow.contains("Every secret is there") != isReusable)
  }

  @Test("The limits are those that a first result holds, and the last line is the command that says so")
  func firstResult() throws {
    let workplace = try Workplace()
    try workplace.write("first.json", summary(p95: "412", p99: "500", med: "97"))
    let result = try workplace.slogate("init", "--from", "first.json", "--service", "shop")
    #expect(result.code == 0, "\(result.errors)")
    let budgets = try workplace.text("budgets/slogate.yaml")
    #expect(budgets.contains("p95: 620ms") && budgets.contains("# measured 412 ms"), "\(budgets)")
    #expect(budgets.contains("owner: shop-team") && budgets.contains("spike:"))
    let last = try #require(result.output.split(separator: "\n").last)
    #expect(
      last == "slogate check --bootstrap --environment perf --only baseline --profile baseline=first.json")
    let words = last.split(separator: " ").dropFirst().map(String.init)
    let verdict = try workplace.run(words)
    #expect(verdict.code == 0, "\(verdict.output)\(verdict.errors)")
  }

  @Test(
    "The endpoints of a first result are those that the script requests, and how many there were is no limit")
  func endpoints() throws {
    let workplace = try Workplace()
    let samples = ["search", "/a/{id}", "it's \"x\""].flatMap { endpoint in
      (0..<300).map { second in
        """
        {"type":"Point","metric":"http_req_duration","data":{"time":"2026-01-02T00:0\(second / 60):\
        \(second % 60 < 10 ? "0" : "")\(second % 60)Z","value":20,"tags":{"endpoint":"\(endpoint.replacing("\"", with: "\\\""))"}}}
        """
      }
    }
    try workplace.write("s.json", samples.joined(separator: "\n") + "\n")
    let result = try workplace.slogate("init", "--from", "s.json")
    #expect(result.code == 0, "\(result.errors)")
    let script = try workplace.text(".github/k6/endpoints.js")
    for entry in [#"  "search": "/search","#, #"  "/a/{id}": "/a/{id}","#, #"  "it's \"x\"": "#] {
      #expect(script.contains(entry), "\(script)")
    }
    let budgets = try workplace.text("budgets/slogate.yaml")
    #expect(!budgets.contains("throughput"))
  }

  @Test("A percentile of too few samples gets no limit, for the next run would break it")
  func fewSamples() throws {
    let workplace = try Workplace()
    try workplace.write("first.json", summary(p95: "100", p99: "200", of: 150))
    _ = try workplace.slogate("init", "--from", "first.json")
    let budgets = try workplace.text("budgets/slogate.yaml")
    let baseline = try #require(budgets.split(separator: "spike:").first)
    #expect(
      !baseline.contains("p95:") && !baseline.contains("p99:") && baseline.contains("error_rate: "),
      "\(budgets)")
  }

  @Test("What is ignored is added to a .gitignore that is there, once")
  func ignored() throws {
    let workplace = try Workplace()
    try workplace.write(".gitignore", "node_modules\nslogate-reports/")
    let result = try workplace.slogate("init")
    #expect(result.output.contains("added to .gitignore"))
    let text = "node_modules\nslogate-reports/\nhistory/*.sqlite*\nslogate-results/\nservice.log\n"
    let added = try workplace.text(".gitignore")
    #expect(added == text)
    let again = try workplace.slogate("init")
    let kept = try workplace.text(".gitignore")
    #expect(again.output.contains("kept .gitignore  it has these lines") && kept == text)
  }

  @Test("What contradicts itself is a usage error, and nothing is written")
  func contradictions() throws {
    let workplace = try Workplace()
    for arguments in [
      ["--slogate", "acme"], ["--slogate", "a/b/c"], ["--url", "localhost:80"], ["--url", "http://x'; rm"],
      ["--url", "http://localhost:80"], ["--start", "make run"], ["--deployed", "--start", "x"],
      ["--from", "none.json"],
    ] {
      let result = try workplace.run(["init"] + arguments)
      #expect(result.code == (arguments[0] == "--from" ? 66 : 64), "\(arguments) \(result.errors)")
    }
    #expect(try files(workplace).isEmpty)
  }

  @Test("A name nobody can read is a usage error, a file in the way of a folder cannot be written over")
  func failures() throws {
    let workplace = try Workplace()
    #expect(try workplace.slogate("init", "--service", "a\nb").code == 64)
    #expect(try workplace.slogate("init", "--owner", " ").code == 64)
    try workplace.write("budgets", "a file")
    let blocked = try workplace.slogate("init")
    #expect(blocked.code == 74 && blocked.errors.contains("budgets/slogate.yaml: cannot be written"))
  }
}
