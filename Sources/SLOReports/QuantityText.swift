import SLOModel

/// A number with a fixed number of decimals, rounded half away from zero.
func fixed(_ number: Double, _ decimals: Int) -> String {
  let scale = [1.0, 10, 100, 1_000, 10_000, 100_000, 1_000_000][min(max(decimals, 0), 6)]
  let scaled = (abs(number) * scale).rounded()
  guard scaled < 9e15 else { return "\(number)" }
  let digits = String(Int64(scaled))
  let sign = number < 0 && scaled != 0 ? "-" : ""
  guard decimals > 0 else { return sign + digits }
  let all = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return "\(sign)\(all.dropLast(decimals)).\(all.suffix(decimals))"
}

/// A number with about three significant digits and no more decimals than it needs.
func significant(_ number: Double, extra: Int = 0) -> String {
  let size = abs(number)
  if size >= 9e15 || (size > 0 && size < 1e-6) { return "\(number)" }
  let decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4
  let text = fixed(number, decimals + extra)
  guard text.contains(".") else { return text }
  var trimmed = Substring(text)
  while trimmed.last == "0" { trimmed.removeLast() }
  if trimmed.last == "." { trimmed.removeLast() }
  return String(trimmed)
}

/// A value in its unit as people read it: `612 ms`, `1.08 s`, `0.67 %`, `300 kB`, `230/s`.
func quantity(_ value: Double, _ unit: Unit, extra: Int = 0) -> String {
  switch unit {
  case .milliseconds where abs(value) >= 60_000: significant(value / 60_000, extra: extra) + " min"
  case .milliseconds where abs(value) >= 1_000: significant(value / 1_000, extra: extra) + " s"
  case .milliseconds: significant(value, extra: extra) + " ms"
  case .bytes where abs(value) >= 1e9: significant(value / 1e9, extra: extra) + " GB"
  case .bytes where abs(value) >= 1e6: significant(value / 1e6, extra: extra) + " MB"
  case .bytes where abs(value) >= 1e3: significant(value / 1e3, extra: extra) + " kB"
  case .bytes: significant(value, extra: extra) + " B"
  case .ratio: significant(value * 100, extra: extra) + " %"
  case .perSecond: significant(value, extra: extra) + "/s"
  case .score: fixed(value, 2 + extra)
  case .count, .unitless: significant(value, extra: extra)
  }
}

/// A value beside a limit: with as many digits more as it takes to see that the two differ.
func quantity(_ value: Double, _ unit: Unit, besideLimit limit: Double) -> String {
  for extra in 0...4 where value == limit || quantity(value, unit, extra: extra) != quantity(limit, unit) {
    return quantity(value, unit, extra: extra)
  }
  return "\(value)"
}

/// A share as a signed percentage: `+22 %`.
func signedPercent(_ share: Double) -> String {
  (share < 0 ? "-" : "+") + significant(abs(share) * 100) + " %"
}

/// A share as a percentage: `6 %`.
func percent(_ share: Double) -> String { significant(share * 100) + " %" }

/// A p-value: `0.003`, or the bound below which digits mean nothing.
func probability(_ p: Double) -> String { p < 0.0001 ? "<0.0001" : significant(p) }

/// A number of things: `1 commit`, `3 commits`.
func counted(_ number: Int, _ thing: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? thing : plural ?? thing + "s")"
}
