import SLOSupport

/// A number with a fixed number of decimals, nine at most, rounded half away from zero.
package func fixed(_ number: Double, _ decimals: Int) -> String {
  let decimals = min(max(decimals, 0), 9)
  let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
  let scaled = (abs(number) * scale).rounded()
  guard scaled < 9e15 else { return "\(number)" }
  let digits = String(Int64(saturating: scaled))
  let sign = number < 0 && scaled != 0 ? "-" : ""
  guard decimals > 0 else { return sign + digits }
  let all = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return "\(sign)\(all.dropLast(decimals)).\(all.suffix(decimals))"
}

/// A number with about three significant digits and no more decimals than it needs.
package func significant(_ number: Double, extra: Int = 0) -> String {
  let size = abs(number)
  if size >= 9e15 || (size > 0 && size < 1e-6) { return scientific(number, extra: extra) }
  return trimmed(fixed(number, decimals(of: number) + extra))
}

/// A number with all its digits, a whole one without decimals: 4 and not 4.0.
package func shortest(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? String(number) }

/// A number of any size without a unit, with about four significant digits.
package func figure(_ number: Double) -> String {
  let size = abs(number)
  if size >= 0.01 || size == 0 { return significant(number, extra: 1) }
  return size >= 1e-4 ? trimmed(fixed(number, 7)) : scientific(number, extra: 1)
}

/// The decimals that leave about three significant digits.
private func decimals(of number: Double) -> Int {
  let size = abs(number)
  return size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4
}

/// A number too large or too small to write out: `1.67e+295`.
private func scientific(_ number: Double, extra: Int) -> String {
  let halves = "\(number)".split(separator: "e")
  guard halves.count == 2, let mantissa = Double(halves[0]) else { return "\(number)" }
  return trimmed(fixed(mantissa, 2 + extra)) + "e" + halves[1]
}

/// Without the zeros at the end of its decimals.
private func trimmed(_ number: String) -> String {
  guard number.contains(".") else { return number }
  var trimmed = Substring(number)
  while trimmed.last == "0" { trimmed.removeLast() }
  if trimmed.last == "." { trimmed.removeLast() }
  return String(trimmed)
}

/// A value in its unit as people read it: `612 ms`, `1.08 s`, `0.67 %`, `300 kB`, `230/s`, `5/h`.
package func quantity(_ value: Double, _ unit: MetricUnit, extra: Int = 0) -> String {
  let (size, name) = multiple(of: unit, for: value)
  return digits(value / size, unit, extra: extra) + name
}

/// A limit in its unit, with all the digits somebody may have written. A rate that is none of whole digits (a million
/// a day is 11.574074… a second) has four.
package func quantity(ofLimit bound: Double, _ unit: MetricUnit) -> String {
  let size = multiple(of: unit, for: bound).size
  let isWritten = unit != .perSecond || Double(significant(bound / size, extra: 3)).map { $0 * size } == bound
  return quantity(bound, unit, extra: isWritten ? 3 : 1)
}

/// A value next to a limit: with as many digits more as it takes to see on which side of it the value is.
package func quantity(_ value: Double, _ unit: MetricUnit, besideLimit limit: Double) -> String {
  let limitText = quantity(ofLimit: limit, unit)
  if value == limit { return limitText }
  let (size, name) = multiple(of: unit, for: value)
  for extra in 0...5 {
    let digits = digits(value / size, unit, extra: extra)
    let shown = Double(digits).map { $0 * size } ?? value
    if (shown < limit) == (value < limit) && shown != limit && digits + name != limitText {
      return digits + name
    }
  }
  return "\(value / size)" + name
}

/// The digits of a number of such units; a score has two decimals at least.
private func digits(_ number: Double, _ unit: MetricUnit, extra: Int) -> String {
  guard unit == .score else { return significant(number, extra: extra) }
  let (short, long) = (fixed(number, 2), trimmed(fixed(number, 2 + extra)))
  return long.count > short.count ? long : short
}

/// The multiple of a unit that people would choose for a value. What rounds to 1000 is one of the next.
private func multiple(of unit: MetricUnit, for value: Double) -> (size: Double, name: String) {
  switch unit {
  case .milliseconds where abs(value) >= 59_950: (60_000, " min")
  case .milliseconds where abs(value) >= 999.5: (1_000, " s")
  case .milliseconds: (1, " ms")
  case .bytes where abs(value) >= 999.5e6: (1e9, " GB")
  case .bytes where abs(value) >= 999.5e3: (1e6, " MB")
  case .bytes where abs(value) >= 999.5: (1e3, " kB")
  case .bytes: (1, " B")
  case .ratio: (0.01, " %")
  case .perSecond where value != 0 && abs(value) < 0.01 / 3_600: (1 / 86_400, "/d")
  case .perSecond where value != 0 && abs(value) < 0.01: (1 / 3_600, "/h")
  case .perSecond: (1, "/s")
  case .count, .unitless, .score: (1, "")
  }
}

/// A typical value with its noise in the same multiple, and no finer than it has to be: `448 ms ±21`.
package func quantity(_ typical: Double, _ unit: MetricUnit, noise: Double) -> String {
  let size = multiple(of: unit, for: typical).size
  let decimals = unit == .score ? 2 : decimals(of: typical / size)
  let coarse = trimmed(fixed(noise / size, decimals))
  return quantity(typical, unit) + " ±" + (coarse == "0" ? significant(noise / size) : coarse)
}

/// A share as a signed percentage: `+22 %`.
package func signedPercent(_ share: Double) -> String {
  (share < 0 ? "-" : "+") + significant(abs(share) * 100) + " %"
}

/// A share as a percentage: `6 %`.
package func percent(_ share: Double) -> String { significant(share * 100) + " %" }

/// A p-value with its relation: `=0.003`, or the bound below which digits mean nothing.
package func probability(_ p: Double) -> String { p < 0.0001 ? "<0.0001" : "=" + significant(p) }

/// A number of things: `1 commit`, `3 commits`.
package func counted(_ number: Int, _ thing: String, plural: String? = nil) -> String {
  "\(number) \(number == 1 ? thing : plural ?? thing + "s")"
}
