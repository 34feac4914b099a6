import SLOSupport
public import SLOGate
import SLOModel

extension Verdict {
  /// What distinguishes the gates of a repository, in comments, artifacts and the names of checks: service
  /// and environment, as in `orders_perf`. Only ASCII letters, digits, `-`, `.` and one `_` are in it; a name with
  /// other characters is distinguished by its digest from one that would look alike.
  public var gateKey: String {
    "\(VerdictKey.slug(service))_\(VerdictKey.slug(environment.name ?? "default"))"
  }
}

/// Names as parts of a key.
enum VerdictKey {
  /// A name in the letters a key may have.
  static func slug(_ name: String) -> String {
    let most = 40
    let shown = name.unicodeScalars.prefix(most).map { scalar -> Character in
      let isPlain =
        scalar.isASCII
        && (Character(scalar).isLetter || Character(scalar).isNumber || "-.".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "-"
    }
    let text = String(shown)
    guard text != name else { return text }
    return text + "-" + SHA256Digest(of: name).description.prefix(8)
  }
}
