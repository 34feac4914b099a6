/// The parts of a URL that name a page.
struct PageAddress: Equatable {
  /// Host and port; empty for `file:` URLs.
  var host: String
  /// Path and query, at least `/`.
  var page: String

  /// Takes a URL apart: scheme, user and fragment are dropped.
  init(url: String) {
    var rest = Substring(url)
    var authority: Substring = ""
    let afterScheme = rest.drop { !":/?#".contains($0) }
    if afterScheme.hasPrefix("://") {
      rest = afterScheme.dropFirst(3)
      authority = rest.prefix { !"/?#".contains($0) }
      rest = rest[authority.endIndex...]
    }
    let page = rest.prefix { $0 != "#" }
    self.page = page.hasPrefix("/") ? String(page) : "/" + page
    host =
      authority.lastIndex(of: "@").map { String(authority[authority.index(after: $0)...]) }
      ?? String(authority)
  }
}
