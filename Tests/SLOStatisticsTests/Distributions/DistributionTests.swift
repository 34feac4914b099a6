internal import Glibc
import Testing

@testable import SLOStatistics

/// Reference values: scipy.
@Suite struct DistributionTests {
  private func isClose(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-10) -> Bool {
    abs(value - expected) <= tolerance * abs(expected)
  }

  @Test(arguments: [
    (1, 2.5, 0.12111894159084341), (1.8, 0.1, 0.46517494328423509), (2.7, 6.0, 0.0062186841490695912),
    (4.7, 1.3, 0.12684864793230508), (8, 40.0, 8.392859439572896e-11), (29.1, 2.5, 0.0091518442201879383),
    (200, -1.3, 0.90245140534557189),
  ])
  func `Student's upper tail`(freedom: Double, t: Double, expected: Double) {
    #expect(isClose(StudentDistribution(degreesOfFreedom: freedom).upperTail(t), expected))
  }

  @Test(arguments: [
    (1, 0.0065, 48.963944747268471), (1.8, 0.2, 1.0903286767041367), (2.7, 0.0065, 5.8967378802156398),
    (4.7, 0.45, 0.1325971878350698), (8, 1e-6, 12.109834665556214), (29.1, 0.0065, 2.646078060441674),
    (200, 0.9, -1.2857987939948012),
  ])
  func `Student's quantile`(freedom: Double, tail: Double, expected: Double) {
    #expect(isClose(StudentDistribution(degreesOfFreedom: freedom).quantile(upperTail: tail), expected))
  }

  @Test func `Student's quantile inverts its tail everywhere`() {
    for freedom in [1, 1.5, 1.8, 2, 2.7, 3.6, 5, 9, 17.3, 28.1, 60, 1_000] {
      let student = StudentDistribution(degreesOfFreedom: freedom)
      for tail in [1e-12, 1e-8, 0.0001, 0.0025, 0.0065, 0.02, 0.05, 0.2, 0.4, 0.49, 0.6, 0.99] {
        let back = student.upperTail(student.quantile(upperTail: tail))
        #expect(isClose(back, tail), "ν = \(freedom), tail \(tail)")
      }
    }
  }

  @Test func `Tails end where they should`() {
    let student = StudentDistribution(degreesOfFreedom: 5)
    #expect(student.upperTail(.infinity) == 0)
    #expect(student.upperTail(-.infinity) == 1)
    #expect(student.upperTail(0) == 0.5)
    #expect(student.quantile(upperTail: 0) == .infinity)
    #expect(student.quantile(upperTail: 1) == -.infinity)
    #expect(StudentDistribution(degreesOfFreedom: 0).degreesOfFreedom == 1)
  }

  @Test(arguments: [
    (-3.0, 0.0013498980316300933), (0.5, 0.69146246127401312), (2.807, 0.99749973791506208),
    (6.5, 0.99999999995984001),
  ])
  func `Normal probability`(z: Double, expected: Double) {
    #expect(isClose(NormalDistribution.cumulative(z), expected, 1e-14))
  }

  @Test(arguments: [
    (0.2, 0.84162123357291418), (0.0065, 2.4837692932505324), (1e-9, 5.9978070150076865),
    (0.75, -0.67448975019608171),
  ])
  func `Normal quantile`(tail: Double, expected: Double) {
    #expect(isClose(NormalDistribution.quantile(upperTail: tail), expected, 1e-13))
  }

  @Test(arguments: [
    (0.1, -10.423754940411076, 101.43329915079275), (1, -0.57721566490153287, 1.6449340668482266),
    (2.5, 0.70315664064524319, 0.49035775610023491), (14.5, 2.6392697253489863, 0.071398256151646952),
  ])
  func `Digamma, trigamma and its inverse`(x: Double, first: Double, second: Double) {
    #expect(isClose(digamma(x), first, 1e-13))
    #expect(isClose(trigamma(x), second, 1e-13))
    #expect(isClose(inverseTrigamma(second), x))
  }

  @Test(arguments: [
    (2.3, 4.0, 30, 1.0990196946691113e-10, 0.999999999890098),
    (0.05, 400, 3, 2.021261743117553e-05, 0.9999797873825689),
    (150, 0.0625, 2_000, 0.019286183679081727, 0.9807138163209184),
    (1_000, 6_400, 1_100, 0.0019910579796212956, 0.9980089420203787),
    (3, 1.5625, 1, 0.8125699182479931, 0.18743008175200687),
    (50_000, 400, 60_000, 8.400615555109529e-05, 0.999915993844449),
  ])
  func `Negative binomial tails`(mean: Double, shape: Double, count: Int, upper: Double, lower: Double) {
    let failures = NegativeBinomialDistribution(mean: mean, shape: shape)
    let logBeta = NegativeBinomialDistribution.logBeta(count, shape: shape)
    #expect(isClose(failures.upperTail(from: count, logBeta: logBeta), upper, 1e-9))
    #expect(isClose(failures.lowerTail(below: count, logBeta: logBeta), lower, 1e-9))
    #expect(failures.upperTail(from: 0, logBeta: 0) == 1 && failures.lowerTail(below: 0, logBeta: 0) == 0)
  }

  @Test func `Four logarithms at once`() {
    for first in [1.0, 0.7, 1.4142135623730951, 3, 1e-300, 1.6e13, 1e208] {
      let numbers = SIMD4(first, first * 1.0000001, first * 7.7, first * 1e6)
      let logs = logarithms(of: numbers)
      for lane in 0..<4 { #expect(abs(logs[lane] - log(numbers[lane])) <= 4e-16 * max(1, abs(logs[lane]))) }
    }
  }
}
