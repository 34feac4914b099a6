internal import SLOModel

/// A share between 0 and 1, kept with its digits: 1 - 0.999 is not 0.001 in binary.
struct Share {
  private let scaled: Double
  private let scale: Double

  /// Nil for what is no share of more than nothing.
  /// - Parameter isPercent: whether 99.9 is written for 0.999.
  init?(_ text: String, isPercent: Bool) {
    guard let number = Double(text), text.first?.isNumber == true, text.utf8.count < 15 else { return nil }
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    scale = (0..<decimals + (isPercent ? 2 : 0)).reduce(1) { power, _ in power * 10 }
    scaled = (number * (isPercent ? scale / 100 : scale)).rounded()
    guard scaled > 0, scaled <= scale else { return nil }
  }

  /// What is left to 1.
  var complement: Double { (scale - scaled) / scale }

  /// As a percentile: 0.95 is p95.
  var percentile: Statistic? { Statistic(spelled: "p\(BoundText.decimal((scaled * 100) / scale))") }
}
