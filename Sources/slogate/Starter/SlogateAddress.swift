import SLOCheck
import SLOModel

/// Where workflows take slogate from: the repository that has its releases.
struct SlogateAddress: Sendable, Hashable {
  /// The owner and the name, `OWNER/slogate`.
  let repository: String
  /// The code host; nil where it is unknown.
  let host: String?

  /// What stands for the owner where nobody said who it is.
  static let unknown = SlogateAddress(repository: "OWNER/slogate", host: nil)

  /// The ref that workflows name: the release of this slogate.
  static let ref = "v\(Tool.version)"

  /// The command that puts another address into the workflows.
  var replacement: String {
    "sed -i 's#\(repository)#\(isKnown ? "OWNER/NAME" : "NAME/slogate")#' .github/workflows/*.yml"
  }

  var isKnown: Bool { self != .unknown }
  /// Whether the code host is GitHub itself: GitHub Enterprise Server has no reusable workflow that finds its own files.
  var isOnGitHub: Bool { host == nil || host == "github.com" }

  /// `OWNER/NAME` as somebody gives it; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(SlogateAddress.isPlain) })
    else { return nil }
    self.init(repository: text, host: nil)
  }

  /// The slogate next to a repository: that of the same owner on the same host.
  /// - Parameter remote: the address of the repository, as `git remote get-url origin` gives it.
  init?(besideRemote remote: String) {
    let (host, path) = SlogateAddress.parts(of: remote)
    guard let host, let owner = path.split(separator: "/").first, !owner.hasPrefix("."),
      path.split(separator: "/").count == 2,
      (host + owner).utf8.allSatisfy(SlogateAddress.isPlain)
    else { return nil }
    self.init(repository: "\(owner)/slogate", host: host)
  }

  private init(repository: String, host: String?) { (self.repository, self.host) = (repository, host) }

  /// Host and path of `https://host/path`, `ssh://git@host:22/path` and `git@host:path`.
  private static func parts(of remote: String) -> (host: String?, path: Substring) {
    var rest = remote[...]
    let scheme = rest.firstRange(of: "://")
    if let scheme { rest = rest[scheme.upperBound...] }
    let end = rest.firstIndex { $0 == "/" || scheme == nil && $0 == ":" } ?? rest.endIndex
    let authority = rest[..<end].split(separator: "@").last ?? ""
    let host = authority.prefix { $0 != ":" }
    let path = rest[end...].drop { $0 == "/" || $0 == ":" }
    return (host.isEmpty ? nil : String(host).lowercased(), path.hasSuffix(".git") ? path.dropLast(4) : path)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || "-._".utf8.contains(byte)
  }
}
