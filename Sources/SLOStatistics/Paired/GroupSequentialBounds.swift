internal import Glibc
internal import SLOSupport

/// The p-values at which a test that is looked at again after every further observation may end, so that the chance of
/// ever ending falsely is at most α.
///
/// After the share t = k/K of at most K observations a total of α ln(1 + (e − 1) t) of it is spent (K. K. G. Lan and
/// D. L. DeMets, Biometrika 70, 1983, 659–663, with the function that comes close to Pocock's bounds). The bounds follow
/// by recursive integration of the density of the sums that have not crossed one yet (P. Armitage, C. K. McPherson and
/// B. C. Rowe, J. R. Statist. Soc. A 132, 1969, 235–244).
struct GroupSequentialBounds: Sendable {
  /// One a look, from the first observation on; 0 where no look is taken.
  let nominal: [Double]

  private static let points = 400

  /// - Parameters:
  ///   - errorRate: α, between 0 and 1.
  ///   - most: K, the most observations, 1 or more.
  ///   - first: the first look; what would have been spent before is spent there.
  init(errorRate: Double, most: Int, firstLook first: Int = 2) {
    let root = { (k: Int) in Double(k).squareRoot() }
    let spent = (0...most).map { errorRate * log1p((M_E - 1) * Double($0) / Double(most)) }
    var nominal: [Double] = []
    // The density of the sum so far, where nothing ended yet; before the first look it is normal.
    var density = Grid(from: -9 * root(first), to: 9 * root(first)) { x in
      exp(-x * x / 2 / Double(first)) / (2 * Double.pi * Double(first)).squareRoot()
    }
    for look in 1...most {
      guard look >= min(first, most) else {
        nominal.append(0)
        continue
      }
      let share = look == first || most < first ? spent[look] : spent[look] - spent[look - 1]
      if look > first { density = density.convolved(upTo: 9 * root(look)) }
      let bound = density.bound(above: share)
      nominal.append(NormalDistribution.cumulative(-bound / root(look)))
      density = density.cut(at: bound)
    }
    self.nominal = nominal
  }

  /// A function on evenly spaced points.
  private struct Grid {
    let lowest: Double
    let step: Double
    let values: [Double]

    init(from lowest: Double, to highest: Double, _ function: (Double) -> Double) {
      self.lowest = lowest
      step = (highest - lowest) / Double(GroupSequentialBounds.points - 1)
      let step = step
      values = (0..<GroupSequentialBounds.points).map { function(lowest + Double($0) * step) }
    }

    /// The density of the sum after one more standard normal observation.
    func convolved(upTo highest: Double) -> Grid {
      Grid(from: -highest, to: highest) { x in
        var sum = 0.0
        for (index, value) in values.enumerated() where value > 0 {
          let distance = x - (lowest + Double(index) * step)
          if abs(distance) < 9 { sum += value * exp(-distance * distance / 2) }
        }
        return sum * step / (2 * Double.pi).squareRoot()
      }
    }

    /// The point above which so much of the density lies, interpolated.
    func bound(above share: Double) -> Double {
      var tail = 0.0
      for index in values.indices.reversed().dropLast() {
        let next = tail + step * (values[index] + values[index - 1]) / 2
        if next >= share {
          // Tails fall exponentially.
          let part = tail > 0 && next > tail ? log(share / tail) / log(next / tail) : 1
          return lowest + step * (Double(index) - part)
        }
        tail = next
      }
      return lowest
    }

    /// The same below a point, and nothing above it. The range ends there, so that no part of a step is lost.
    func cut(at bound: Double) -> Grid {
      Grid(from: lowest, to: bound) { x in
        let place = (x - lowest) / step
        let below = Swift.min(Int(saturating: place), values.count - 2)
        let part = place - Double(below)
        return values[below] + part * (values[below + 1] - values[below])
      }
    }
  }
}
