import SLOCheck
import SLOGate
import SLOModel

/// A repository of commits that a test lays down, each with its parents.
struct FakeRepository: Repository {
  /// The commits by SHA.
  private(set) var commits: [String: Commit] = [:]
  private var parents: [String: [String]] = [:]
  /// The newest commit of each branch, by its name.
  var branches: [String: String] = [:]
  /// The files of each revision, by SHA and path.
  var files: [String: [String: String]] = [:]
  var trouble: GitTrouble?
  var isShallow = false
  var branch: String?
  var mainBranch: String? { branches["main"].map { _ in "main" } }
  var names: [String] { branches.keys.sorted() }

  /// A branch of commits, oldest first, a minute apart, which leaves another one at a commit.
  mutating func lay(_ shas: [String], on branch: String, from base: String? = nil) {
    var last = base
    for sha in shas {
      let time = Timestamp(milliseconds: 1_790_000_000_000 + Int64(commits.count) * 60_000)
      commits[sha] = Commit(sha: sha, committedAt: time, firstParent: last)
      parents[sha] = [last].compactMap(\.self)
      last = sha
    }
    branches[branch] = last
    self.branch = branch
  }

  func commit(named name: String) -> Commit? {
    commits[name] ?? branches[name == "HEAD" ? branch ?? "" : name].flatMap { commits[$0] }
  }

  func tip(of branch: String) -> String? { branches[branch] }

  func ancestors(of sha: String, on reference: String) -> [String]? {
    guard let own = ancestors(from: sha), let theirs = branches[reference].flatMap(ancestors) else {
      return nil
    }
    return own.first(where: theirs.contains).flatMap(ancestors)
  }

  func ancestors(from sha: String) -> [String]? {
    guard commits[sha] != nil else { return nil }
    return [sha] + (parents[sha, default: []].first.flatMap(ancestors) ?? [])
  }

  func ancestors(on branch: String, until time: Timestamp) -> [String]? {
    branches[branch].flatMap(ancestors)?.filter { sha in commits[sha]?.committedAt.map { $0 <= time } ?? false
    }
  }

  func descendants(of sha: String, upTo newest: String) -> [String]? {
    guard commits[sha] != nil, let line = ancestors(from: newest) else { return nil }
    return line.contains(sha) ? Array(line.prefix { $0 != sha }) : []
  }

  func count(from first: String, to last: String) -> Int? { descendants(of: first, upTo: last)?.count }

  func descriptions(of shas: [String]) -> [String: CommitDescription] {
    let known = shas.filter { commits[$0] != nil }
    return Dictionary(known.map { ($0, CommitDescription(subject: "Change \($0)", author: "A. Author")) }) {
      first, _ in first
    }
  }

  func changes(in range: Suspects) -> [Suspects.Change] {
    (descendants(of: range.after, upTo: range.upTo) ?? []).map {
      Suspects.Change(sha: $0, author: "A. Author", subject: "Change \($0)")
    }
  }

  func files(at path: String, revision: String) -> [(path: String, bytes: [UInt8])] {
    let sha = commit(named: revision)?.sha ?? revision
    return files[sha, default: [:]].filter { $0.key == path || $0.key.hasPrefix(path + "/") }
      .sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }
  }

  func differs(from revision: String, at paths: [String]) -> Bool {
    files[revision] != files[branches[branch ?? ""] ?? ""]
  }
}

/// The SHA of a commit that a test calls by a number.
func sha(_ number: Int) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 39 - digits.count) + digits + "a"
}
