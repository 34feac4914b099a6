import Glibc
public import SLOGate
public import SLOModel
import SLOSupport

/// The repository that the program `git` knows. Nothing here fails: a clone that lacks what is asked says so.
///
/// ```swift
/// if let git = Git("."), let commit = git.commit(named: "HEAD") { print(commit.shortSHA, git.branch ?? "detached") }
/// ```
public struct Git: Repository {
  /// How many ancestors are looked at; references lie within the last few dozen.
  private static let depth = 1_000
  /// The most commits of a range that are named.
  private static let mostChanges = 50

  /// The work tree, for remedies.
  public let folder: String
  /// The folder that git is asked in; nil: the one the process runs in.
  private let place: String?

  /// The repository that a folder lies in; nil outside a work tree. No process is started.
  /// - Parameter path: the folder; paths of files are relative to it.
  public init?(_ path: String = ".") {
    place = path == "." ? nil : path
    guard var folder = FileSystem.realPath(path) else { return nil }
    while !FileSystem.exists(folder + "/.git") {
      guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { return nil }
      folder = String(folder[..<slash])
    }
    self.folder = folder
  }

  /// Where paths relative to the folder begin within the work tree: empty at its root, else with a slash at its end.
  package var folderInside: String? {
    guard let here = FileSystem.realPath(place ?? ".") else { return nil }
    return here == folder ? "" : here.dropFirst(folder.count + 1) + "/"
  }

  /// What git complains of when it is asked for the commit checked out; nil where it knows one.
  public var trouble: GitTrouble? { GitTrouble(in: self) }

  /// The name that git is configured to sign commits with, in a repository or outside.
  package static var userName: String? {
    SLOCheck.bytes(of: "git", ["config", "--get", "user.name"])
      .flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n").first.map(String.init) }
  }

  /// The address of the repository it was cloned from, as it was given; nil where there is none.
  package var remote: String? { line("config", "--get", "remote.origin.url") }

  /// A commit by any name git understands; nil where git does not know it.
  public func commit(named name: String) -> Commit? {
    guard Git.isRevision(name),
      let lines = git("log", "-1", "--no-show-signature", "--format=%H%n%ct%n%P", name, "--")?.split(
        separator: "\n", omittingEmptySubsequences: false), lines.count >= 3
    else { return nil }
    return Commit(
      sha: String(lines[0]), committedAt: Int64(lines[1]).flatMap(Timestamp.init(committedAtSecond:)),
      firstParent: lines[2].split(separator: " ").first.map(String.init))
  }

  /// What git says of some commits; those it does not know are left out.
  public func descriptions(of shas: [String]) -> [String: CommitDescription] {
    let known = shas.filter { $0 != Commit.unknownSHA && Git.isRevision($0) }
    guard !known.isEmpty else { return [:] }
    let found = log(["--no-walk", "--ignore-missing"] + known)
    return Dictionary(found.map { ($0.sha, $0.words) }) { first, _ in first }
  }

  /// What `git log` lists under some arguments, in its order; empty where it fails.
  private func log(_ arguments: [String]) -> [(sha: String, words: CommitDescription)] {
    let format = ["log", "--no-show-signature", "--no-color", "--format=%H%x1f%an%x1f%s"]
    let listed = output(format + arguments + ["--"]) ?? ""
    return listed.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\u{1f}", maxSplits: 2, omittingEmptySubsequences: false).map(
        String.init)
      guard fields.count == 3 else { return nil }
      return (fields[0], CommitDescription(subject: fields[2], author: fields[1]))
    }
  }

  /// How many commits came after one, up to another; nil where git does not know.
  public func count(from first: String, to last: String) -> Int? {
    guard Git.isRevision(first), Git.isRevision(last) else { return nil }
    return line("rev-list", "--count", "\(first)..\(last)", "--").flatMap { Int($0) }
  }

  /// The names of branches and tags.
  public var names: [String] {
    let listed = git("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
    return listed?.split(separator: "\n").map(String.init) ?? []
  }

  /// Whether a text can be the name of a revision, and is no option.
  private static func isRevision(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix("-") && !name.utf8.contains { $0 < 0x20 }
  }

  /// The branch checked out; nil on a detached head.
  public var branch: String? { line("symbolic-ref", "--quiet", "--short", "HEAD") }

  /// The branch the remote calls its main one, else the first usual name that exists.
  public var mainBranch: String? {
    if let remote = line("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD") {
      return String(remote.drop { $0 != "/" }.dropFirst())
    }
    return ["main", "master"].first { git("rev-parse", "--verify", "--quiet", "refs/heads/\($0)") != nil }
  }

  /// The newest commit of a branch, as the remote has it or else as it is here; nil where there is no such branch.
  public func tip(of branch: String) -> String? {
    ["refs/remotes/origin/\(branch)", "refs/heads/\(branch)"].lazy
      .compactMap { line("rev-parse", "--verify", "--quiet", $0) }.first
  }

  /// The commits reachable from where `sha` left `reference`, newest first; nil where there is no such branch.
  /// A shallow clone gives too few.
  public func ancestors(of sha: String, on reference: String) -> [String]? {
    guard Git.isRevision(sha) else { return nil }
    for name in ["refs/remotes/origin/\(reference)", "refs/heads/\(reference)"] {
      if let base = line("merge-base", sha, name) {
        return revisions(base)
      }
    }
    return nil
  }

  /// A commit and its ancestors, newest first.
  public func ancestors(from sha: String) -> [String]? { Git.isRevision(sha) ? revisions(sha) : nil }

  /// The commits of a branch up to a time, newest first; nil where there is no such branch.
  public func ancestors(on branch: String, until time: Timestamp) -> [String]? {
    ["refs/remotes/origin/\(branch)", "refs/heads/\(branch)"].lazy
      .compactMap { revisions("--before=\(time.milliseconds / 1_000)", $0) }.first
  }

  /// The commits that contain a commit, as far as they are another one or its ancestors, newest first. Empty where
  /// that other one does not contain it; nil where git does not know, for it does not know both or history was cut.
  public func descendants(of sha: String, upTo newest: String) -> [String]? {
    guard Git.isRevision(sha), Git.isRevision(newest),
      let found = revisions("--ancestry-path", "\(sha)..\(newest)")
    else { return nil }
    return found.isEmpty && isShallow ? nil : found
  }

  /// The files directly in a folder, or the file, as a revision has them, by name; empty where it has neither. Links
  /// are left out.
  /// - Parameter path: as the folder the process is in sees it.
  public func files(at path: String, revision: String) -> [(path: String, bytes: [UInt8])] {
    guard Git.isRevision(revision), !path.isEmpty else { return [] }
    let folder = path.hasSuffix("/") ? path : path + "/"
    let inside = entries(revision, folder)
    return (inside.isEmpty ? entries(revision, path) : inside).compactMap { entry in
      bytes(["cat-file", "blob", entry.blob]).map { (entry.path, $0) }
    }
  }

  /// Whether files that git keeps differ between a revision and the work tree; false where git does not know.
  public func differs(from revision: String, at paths: [String]) -> Bool {
    Git.isRevision(revision)
      && output(["diff", "--name-only", revision, "--"] + paths)?.isEmpty == false
  }

  /// What `ls-tree` lists: `100644 blob SHA<tab>PATH`, each ended by a NUL.
  private func entries(_ revision: String, _ path: String) -> [(blob: String, path: String)] {
    let listed = output(["ls-tree", "-z", revision, "--", path]) ?? ""
    return listed.split(separator: "\0").compactMap { entry in
      let halves = entry.split(separator: "\t", maxSplits: 1)
      let facts = halves.first?.split(separator: " ") ?? []
      guard halves.count == 2, facts.count == 3, facts[0].hasPrefix("100") else { return nil }
      return (String(facts[2]), String(halves[1]))
    }
    .sorted { $0.path < $1.path }
  }

  private func revisions(_ arguments: String...) -> [String]? {
    output(["rev-list", "--max-count=\(Git.depth)"] + arguments)?.split(separator: "\n").map(
      String.init)
  }

  /// Whether history was cut when the repository was cloned.
  public var isShallow: Bool { line("rev-parse", "--is-shallow-repository") == "true" }

  /// The commits of a range with author and subject, newest first; empty where git does not know both ends.
  public func changes(in range: Suspects) -> [Suspects.Change] {
    guard Commit.isSHA(range.after), Commit.isSHA(range.upTo) else { return [] }
    return log(["--max-count=\(Git.mostChanges)", "\(range.after)..\(range.upTo)"]).map {
      Suspects.Change(sha: $0.sha, author: $0.words.author, subject: $0.words.subject)
    }
  }

  // MARK: Asking git

  private func output(_ arguments: [String]) -> String? {
    bytes(arguments).map { String(decoding: $0, as: UTF8.self) }
  }

  private func bytes(_ arguments: [String]) -> [UInt8]? {
    SLOCheck.bytes(of: "git", options + arguments)
  }

  /// What git says when it fails.
  func complaint(_ arguments: [String]) -> Complaint? { Complaint(of: "git", options + arguments) }

  /// Where git is to work.
  private var options: [String] { place.map { ["-C", $0] } ?? [] }

  private func git(_ arguments: String...) -> String? { output(arguments) }

  private func line(_ arguments: String...) -> String? {
    output(arguments)?.split(separator: "\n").first.map(String.init)
  }
}

extension Timestamp {
  /// When a commit was made, as its author's clock had it; nil for a time that is none of the years 2000 to 2099.
  fileprivate init?(committedAtSecond seconds: Int64) {
    let (milliseconds, isOverflow) = seconds.multipliedReportingOverflow(by: 1_000)
    let time = Timestamp(milliseconds: milliseconds)
    guard !isOverflow, Timestamp.plausible.contains(time) else { return nil }
    self = time
  }
}
