/// A table in Markdown.
struct Table {
  var title: String
  var header: [String]
  var rows: [[String]] = []

  func show() {
    print("\n### \(title)\n")
    print("| " + header.joined(separator: " | ") + " |")
    print("|" + String(repeating: "---|", count: header.count))
    for row in rows { print("| " + row.joined(separator: " | ") + " |") }
  }
}

/// A number with so many decimals.
func fixed(_ value: Double, _ decimals: Int = 1) -> String {
  guard value.isFinite else { return "–" }
  let scale = (0..<decimals).reduce(1.0) { factor, _ in factor * 10 }
  let units = Int((abs(value) * scale).rounded())
  let whole = units / Int(scale)
  let sign = value < 0 && units > 0 ? "-" : ""
  guard decimals > 0 else { return sign + String(whole) }
  let rest = String(units % Int(scale))
  return "\(sign)\(whole)." + String(repeating: "0", count: decimals - rest.count) + rest
}

/// A count with its thousands set apart.
func grouped(_ count: Int) -> String {
  let digits = String(count)
  return String(
    digits.enumerated().flatMap { index, digit in
      index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
    })
}

/// The share of true answers, in per cent.
func percent(_ count: Int, _ trials: (Int) -> Bool) -> Double {
  100 * Double((0..<count).reduce(0) { $0 + (trials($1) ? 1 : 0) }) / Double(count)
}
