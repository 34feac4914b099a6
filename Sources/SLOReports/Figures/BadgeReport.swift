package import SLOGate
import SLOModel
import SLOSupport

/// The verdict as a badge: a small SVG picture that asks no server for anything.
package func badgeReport(of verdict: Verdict) -> String {
  badge(verdict.code, of: "\(verdict.service) at \(verdict.commit.shortSHA)")
}

/// A badge.
/// - Parameters:
///   - code: the answer; nil where there is none.
///   - subject: what it is about, for those who do not see it.
func badge(_ code: Verdict.Code?, of subject: String) -> String {
  let (word, colour) = answer(code)
  let label = "performance"
  let (labelWidth, wordWidth) = (width(of: label), width(of: word))
  let left = labelWidth + 2 * margin
  let total = left + wordWidth + 2 * margin
  let title = xmlText("\(label): \(word), \(subject)")
  func text(_ text: String, at x: Int, _ width: Int) -> String {
    "<text x=\"\(x)\" y=\"14\" textLength=\"\(width)\">\(text)</text>"
  }
  return """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(total)" height="20" viewBox="0 0 \(total) 20" role="img" \
    aria-labelledby="title">
    <title id="title">\(title)</title>
    <clipPath id="round"><rect width="\(total)" height="20" rx="3"/></clipPath>
    <g clip-path="url(#round)"><rect width="\(total)" height="20" fill="#3d444d"/>\
    <rect x="\(left)" width="\(total - left)" height="20" fill="\(colour)"/></g>
    <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">\
    \(text(label, at: margin, labelWidth))\(text(word, at: left + margin, wordWidth))</g>
    </svg>

    """
}

/// Pixels next to each text.
private let margin = 6

/// The word, and a colour on which white reads with a contrast of more than 4.5.
private func answer(_ code: Verdict.Code?) -> (word: String, colour: String) {
  switch code {
  case .pass: ("pass", "#1a7f37")
  case .overBudget, .regression: ("blocked", "#cf222e")
  case .inconclusive: ("inconclusive", "#9a6700")
  case .suspect: ("suspect", "#9a6700")
  case .warnings: ("warnings", "#9a6700")
  case nil: ("no verdict", "#9a6700")
  }
}

/// The pixels a text of small letters takes in Verdana at 11 pixels. Where the reader has another font, it is set to
/// the same width.
private func width(of text: String) -> Int {
  let thousandths = text.utf8.reduce(0) { $0 + (advances[$1] ?? 600) }
  return (thousandths * 11 + 500) / 1_000
}

/// Advance widths in thousandths of the font's size, of the letters the badge has.
private let advances: [UInt8: Int] = {
  let letters: [(Character, Int)] = [
    ("a", 601), ("b", 623), ("c", 521), ("d", 623), ("e", 596), ("f", 352), ("g", 623), ("i", 274),
    ("k", 592),
    ("l", 274), ("m", 973), ("n", 633), ("o", 607), ("p", 623), ("r", 427), ("s", 521), ("u", 633),
    ("v", 592),
    ("w", 818), (" ", 352),
  ]
  return Dictionary(uniqueKeysWithValues: letters.map { ($0.0.asciiValue ?? 0, $0.1) })
}()
