import SLOModel

/// The pages on which a code host shows the lines of files.
package struct FilePages: Sendable, Hashable {
  /// How an address is put together.
  package enum Form: Sendable, Hashable {
    /// `BASE` `SHA` `/` path `#L` line: GitHub, GitLab.
    case path
    /// `BASE` `SHA`, and path and line as parameters: Azure DevOps.
    case query
  }

  /// What every address begins with; a SHA follows.
  package var base: String
  /// How an address is put together.
  package var form: Form
  /// Where relative paths begin within the repository: empty for its root, else with a slash at its end.
  package var folder: String

  /// Creates pages.
  package init(base: String, form: Form = .path, folder: String = "") {
    (self.base, self.form, self.folder) = (base, form, folder)
  }

  /// The page of a line as a commit has it; nil for a path that may lead out of the repository, and for what is no SHA.
  package func page(ofLine line: Int, in path: String, at sha: String) -> String? {
    let parts = (folder + path).split(separator: "/").filter { $0 != "." }
    guard Commit.isSHA(sha), line > 0, !path.hasPrefix("/"), !parts.isEmpty, !parts.contains("..") else {
      return nil
    }
    let address = parts.map(FilePages.escaped).joined(separator: "/")
    return switch form {
    case .path: "\(base)\(sha)/\(address)#L\(line)"
    case .query:
      "\(base)\(sha)&path=/\(address)&line=\(line)&lineEnd=\(line + 1)&lineStartColumn=1&lineEndColumn=1"
    }
  }

  /// A part of a path with every byte but letters, digits and `-._~` as RFC 3986 escapes it.
  private static func escaped(_ part: Substring) -> String {
    part.utf8.reduce(into: "") { text, byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      if isPlain || "-._~".utf8.contains(byte) {
        text.unicodeScalars.append(scalar)
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
