/// Finds what should not be kept: tokens, passwords and keys, by the name they are given under or by their shape.
package enum SecretText {
  /// Why a setting is taken for a secret; nil where nothing says so.
  package static func reason(key: String, value: String) -> String? {
    if hasSecretShape(value) || hasSecretShape(key) {
      return "it has the form of a token, a key or a password"
    }
    let words = words(of: key)
    guard !value.isEmpty, let word = words.first(where: secretWords.contains) ?? pair(in: words) else {
      return nil
    }
    if let last = words.last, isSetting(last, value) { return nil }
    return "its name says '\(word)'"
  }

  // MARK: Names

  private static let secretWords: Set<String> = [
    "token", "tokens", "password", "passwords", "passwd", "passphrase", "passcode", "pwd", "secret",
    "secrets",
    "apikey", "apikeys", "apitoken", "accesstoken", "authtoken", "accesskey", "privatekey", "secretkey",
    "credential", "credentials", "bearer", "jwt", "cookie", "cookies", "authorization", "sessionid",
    "dbpassword",
  ]

  private static let secretPairs: Set<String> = [
    "api key", "api keys", "access key", "private key", "signing key", "encryption key", "ssh key",
    "auth key",
    "account key", "license key", "db pass", "user pass", "auth pass", "session id", "shared key",
    "master key",
  ]

  /// What is behind the name of a secret where it is a setting of how secrets are handled.
  private static let settingWords: Set<String> = [
    "ttl", "cache", "bucket", "size", "rounds", "length", "lifetime", "expiry", "expiration", "age", "store",
    "provider", "type", "mode", "policy", "limit", "algorithm", "format", "count", "timeout", "refresh",
    "validation", "backend", "manager", "rotation", "version", "enabled", "disabled", "cost", "hashing",
    "rate",
    "check", "name",
  ]

  /// `TOKEN_TTL=3600` and `MAX_TOKENS=4096` are no secrets.
  private static func isSetting(_ last: String, _ value: String) -> Bool {
    if settingWords.contains(last) || ["on", "off", "yes", "no", "true", "false", "none"].contains(value) {
      return true
    }
    return Double(value) != nil && (last == "tokens" || !secretWords.contains(last) && !last.hasSuffix("key"))
  }

  private static func pair(in words: [String]) -> String? {
    zip(words, words.dropFirst()).map { "\($0) \($1)" }.first(where: secretPairs.contains)
  }

  /// The words of a name in any of the usual spellings, in lower case, without digits: `API_KEY`, `dbPassword2`.
  private static func words(of key: String) -> [String] {
    var words: [String] = [""]
    var wasLower = false
    for character in key {
      guard character.isLetter else {
        if !character.isNumber { words.append("") }
        wasLower = false
        continue
      }
      if character.isUppercase, wasLower { words.append("") }
      words[words.count - 1] += character.lowercased()
      wasLower = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }

  // MARK: Shapes

  /// The beginnings of tokens that their makers mark, and how much has to follow.
  private static let marks: [(beginning: String, rest: Int)] = [
    ("ghp_", 6), ("gho_", 6), ("ghu_", 6), ("ghs_", 6), ("ghr_", 6), ("github_pat_", 6), ("glpat-", 6),
    ("sk_live_", 4), ("sk_test_", 4), ("rk_live_", 4), ("rk_test_", 4), ("sk-proj-", 6), ("sk-ant-", 6),
    ("xoxb-", 6), ("xoxp-", 6), ("xoxa-", 6), ("xoxs-", 6), ("AKIA", 12), ("ASIA", 12), ("AIza", 20),
    ("npm_", 20), ("hf_", 20), ("dop_v1_", 20), ("shpat_", 10), ("whsec_", 6), ("pypi-", 16), ("ya29.", 10),
  ]

  /// Whether a text holds something of the form of a secret.
  package static func hasSecretShape(_ text: String) -> Bool {
    let folded = text.lowercased()
    if text.contains("PRIVATE KEY-----") || hasUserInfo(text) { return true }
    if ["bearer ", "basic "].contains(where: { folded.hasPrefix($0) && folded.count >= $0.count + 6 }) {
      return true
    }
    let isWord = { (byte: UInt8) in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
    }
    let words = text.utf8.split { !isWord($0) }.map { String(decoding: $0, as: UTF8.self) }
    if words.contains(where: { isToken($0) || isJWT($0) }) { return true }
    return hasSecretParameter(text)
  }

  private static func isToken(_ word: String) -> Bool {
    marks.contains { word.hasPrefix($0.beginning) && word.utf8.count >= $0.beginning.utf8.count + $0.rest }
  }

  /// Two parts of Base64 of which the first begins as an object of JSON does.
  private static func isJWT(_ word: String) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return word.hasPrefix("eyJ") && (parts.count >= 2 ? parts[0].count >= 8 : word.count >= 24)
  }

  /// Whether an address has a password, or a name in front of its host as long as only a token is.
  private static func hasUserInfo(_ text: String) -> Bool {
    var rest = text[...]
    while let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...]
      let authority = rest.prefix { !"/?# \t".contains($0) }
      guard let at = authority.lastIndex(of: "@") else { continue }
      let parts = authority[..<at].split(separator: ":", maxSplits: 1)
      if parts.count == 2 || parts.first?.count ?? 0 >= 16 { return true }
    }
    return false
  }

  /// Whether a part of the value is itself a setting with the name of a secret, as in `…?token=x` or `Password=x;`.
  private static func hasSecretParameter(_ text: String) -> Bool {
    let parts: [Substring] = text.split { "?&; ,".contains($0) }
    return parts.contains { part in
      let halves: [Substring] = part.split(separator: "=", maxSplits: 1)
      guard halves.count == 2 else { return false }
      let words = words(of: String(halves[0]))
      return (words.contains(where: secretWords.contains) || pair(in: words) != nil)
        && !isSetting(words.last ?? "", String(halves[1]))
    }
  }
}
