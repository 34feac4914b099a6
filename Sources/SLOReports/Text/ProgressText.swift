import SLOModel
import SLOStatistics
import SLOSupport

/// How far the reading of an input has come: `samples.json  1.2 GB of 5 GB  24 %  1.1 GB/s  4 s left`.
/// - Parameters:
///   - taken: bytes read.
///   - size: bytes in all; nil where nobody knows, as of a pipe.
///   - seconds: how long it took, above 0.
public func progressText(name: String, taken: Int, of size: Int?, after seconds: Double) -> String {
  let rate = Double(taken) / seconds
  let speed = quantity(rate, .bytes) + "/s"
  guard let size, size > 0 else {
    return [name, quantity(Double(taken), .bytes), speed].joined(separator: "  ")
  }
  let amount = "\(quantity(Double(taken), .bytes)) of \(quantity(Double(size), .bytes))"
  let left = rate > 0 ? ["\(Int(saturating: (Double(max(0, size - taken)) / rate).rounded(.up))) s left"] : []
  return ([name, amount, "\(taken * 100 / size) %", speed] + left).joined(separator: "  ")
}
