import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOSupport

/// The commits and lines of budget files that sentences of a verdict name, with their pages on the code host. Of a
/// verdict without a code host it knows none.
struct LinkedText {
  /// The pages of what may be named.
  private let pages: [String: String]

  /// A stretch of a text; with a page where it names something that has one.
  struct Piece: Equatable {
    var text: String
    var page: String?
  }

  /// - Parameter limits: limits that sentences name besides those that decided.
  init(of verdict: Verdict, limits: [Limit] = []) {
    let links = verdict.context.links
    let windows = verdict.comparisons.flatMap { $0.window?.commits ?? [] }.map(\.sha)
    let commits = (windows + verdict.namedCommits).compactMap { sha in
      links.page(ofCommit: sha).map { (String(sha.prefix(10)), $0) }
    }
    let decisive = verdict.findings.flatMap {
      [$0.budget?.limit.place, $0.relative?.limit.place].compactMap(\.self)
    }
    let places = Set(decisive + limits.map(\.place) + verdict.rules.map(\.rule.place))
    let lines = places.compactMap { place in
      links.page(of: place, at: verdict.commit).map { ("\(place.file):\(place.line)", $0) }
    }
    pages = Dictionary(commits + lines) { first, _ in first }
  }

  /// A text in pieces, in its order. A name is a whole word: blanks, commas, semicolons, quotes and brackets end it,
  /// and the dots of a range.
  func pieces(of text: String) -> [Piece] {
    guard !pages.isEmpty else { return [Piece(text: text)] }
    var (pieces, start) = ([Piece](), text.startIndex)
    let words = text.split { " \u{A0},;'\"()".contains($0) }
    for word in words.flatMap({ $0.split(separator: "..") }) {
      let name = word.last.map { ".:".contains($0) } == true ? word.dropLast() : word
      guard let page = pages[String(name)] else { continue }
      pieces += [Piece(text: String(text[start..<name.startIndex])), Piece(text: String(name), page: page)]
      start = name.endIndex
    }
    return (pieces + [Piece(text: String(text[start...]))]).filter { !$0.text.isEmpty }
  }
}

extension LinkedText {
  /// A text of a page, its names leading to their pages.
  func html(_ text: String) -> HTML {
    pieces(of: text).map { piece in
      piece.page.map { .element("a", ["href": $0], HTML(piece.text)) } ?? HTML(piece.text)
    }.joined()
  }

  /// The same in Markdown. Too long a text is shortened, and leads nowhere.
  func markdown(_ text: String, atMost width: Int = 300) -> String {
    guard columns(of: text) <= width else { return SLOReports.markdown(text, atMost: width) }
    return pieces(of: text).map { piece in
      let words = SLOReports.markdown(piece.text)
      return piece.page.map { "[\(words)](\($0))" } ?? words
    }.joined()
  }
}

extension VerdictLinks {
  /// The page of a place in a budget file; nil where none is known.
  func page(of place: Place?, at commit: Commit) -> String? {
    place.flatMap { files?.page(ofLine: $0.line, in: $0.file, at: commit.sha) }
  }
}
