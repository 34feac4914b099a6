/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
///
/// ```swift
/// Timestamp(rfc3339: "2026-11-20T23:20:00.578Z")?.date  // "2026-11-20"
/// ```
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Milliseconds since the epoch.
  public var milliseconds: Int64

  /// The years 1 to 9999: what a date can be written of, and far within what can be added and subtracted.
  package static let writable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

  /// The years 2000 to 2100: what can be the time of a commit or a measurement. A broken clock wrote all others.
  public static let plausible =
    Timestamp(milliseconds: 946_684_800_000)...Timestamp(milliseconds: 4_133_980_799_999)

  /// Takes stored milliseconds; nil for what no date can be written of.
  package init?(stored milliseconds: Int64) {
    guard Timestamp.writable.contains(milliseconds) else { return nil }
    self.init(milliseconds: milliseconds)
  }

  /// The whole days since an earlier time.
  package func days(since earlier: Timestamp) -> Int64 {
    let (distance, isOverflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
    return isOverflow ? (milliseconds < 0 ? .min : .max) : distance / 86_400_000
  }

  /// The time so many days later, or earlier for fewer than none; the last or the first there is beyond.
  package func adding(days: Int) -> Timestamp {
    let (length, isOverflow) = Int64(days).multipliedReportingOverflow(by: 86_400_000)
    let (sum, isBeyond) = milliseconds.addingReportingOverflow(length)
    return Timestamp(milliseconds: isOverflow || isBeyond ? (days < 0 ? .min : .max) : sum)
  }

  /// Creates a time from milliseconds since the epoch.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads RFC 3339 (`2026-11-20T23:20:00.578516711Z`, `…+05:30`); digits below a millisecond are cut.
  /// - Returns: nil for any other text or a date that does not exist.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ length: Int) -> Int? {
      guard start + length <= bytes.count else { return nil }
      return bytes[start..<start + length].reduce(0 as Int?) { sum, byte in
        (48...57).contains(byte) ? sum.map { $0 * 10 + Int(byte - 48) } : nil
      }
    }
    guard bytes.count >= 20, bytes[4] == 45, bytes[7] == 45, [84, 116, 32].contains(bytes[10]),
      bytes[13] == 58, bytes[16] == 58,
      let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
      hour < 24, minute < 60, second <= 60,
      let days = Timestamp.days(year: year, month: month, day: day)
    else { return nil }
    var at = 19
    var fraction = 0
    if bytes[at] == 46 {
      let digits = bytes[(at + 1)...].prefix { (48...57).contains($0) }
      guard !digits.isEmpty else { return nil }
      let three = Array(digits.prefix(3)) + Array(repeating: UInt8(48), count: max(0, 3 - digits.count))
      fraction = three.reduce(0) { $0 * 10 + Int($1 - 48) }
      at = digits.endIndex
    }
    guard at < bytes.count else { return nil }
    var offset = 0
    if bytes[at] == 90 || bytes[at] == 122 {
      guard at + 1 == bytes.count else { return nil }
    } else {
      guard bytes[at] == 43 || bytes[at] == 45, at + 6 == bytes.count, bytes[at + 3] == 58,
        let hours = number(at + 1, 2), let minutes = number(at + 4, 2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (bytes[at] == 45 ? -1 : 1)
    }
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset * 60
    self.init(milliseconds: Int64(seconds) * 1_000 + Int64(fraction))
  }

  /// Midnight (UTC) at the start of a day written `2026-12-31`.
  public init?(date text: String) {
    guard text.utf8.count == 10 else { return nil }
    self.init(rfc3339: text + "T00:00:00Z")
  }

  /// RFC 3339 in UTC with milliseconds: `2026-11-20T23:20:00.578Z`.
  public var description: String {
    let (second, fraction) = milliseconds.quotientAndRemainder(floorDividingBy: 1_000)
    let (day, rest) = second.quotientAndRemainder(floorDividingBy: 86_400)
    let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map { Timestamp.padded($0, 2) }
    return "\(Timestamp.date(days: day))T\(clock.joined(separator: ":")).\(Timestamp.padded(fraction, 3))Z"
  }

  /// The day in UTC: `2026-11-20`.
  public var date: String { String(description.prefix { $0 != "T" }) }

  /// Earlier before later.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

  // Days and civil dates after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013.

  private static func days(year: Int, month: Int, day: Int) -> Int? {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(days: Int64) -> String {
    let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(floorDividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2))"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  fileprivate func quotientAndRemainder(floorDividingBy divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
