/// How much the true failure rate of a service's endpoints varies from run to run: what share of the endpoints has
/// which burstiness.
///
/// The burstiness κ of an endpoint is the standard deviation of its true rate, in proportion to its mean. Counts of few
/// failures say little of it, so all endpoints of a check say it together: their shares of κ are found by expectation
/// maximisation (A. P. Dempster, N. M. Laird and D. B. Rubin, J. R. Statist. Soc. B 39, 1977, 1–38), in which what is
/// usual counts as four more endpoints.
struct Burstiness {
  /// The values of κ told apart, from rates that hardly vary to failures that come in bursts.
  static let grid = [0.0125, 0.05, 0.25, 0.5, 0.8, 1.2, 1.8, 2.7, 4]
  /// What is usual.
  static let usual = Burstiness(shares: [0.11, 0.11, 0.18, 0.18, 0.15, 0.12, 0.08, 0.05, 0.02])
  /// How many endpoints it counts for.
  private static let usualEndpoints = 4.0
  private static let rounds = 30

  /// One a κ; their sum is 1.
  let shares: [Double]

  private init(shares: [Double]) { self.shares = shares }

  /// Finds the shares among endpoints.
  /// - Parameter likelihoods: for each endpoint, how likely its counts are under each κ.
  init(of likelihoods: [[Double]]) {
    let usual = Burstiness.usual.shares
    let weight = Burstiness.usualEndpoints
    var shares = usual
    for _ in 0..<(likelihoods.isEmpty ? 0 : Burstiness.rounds) {
      var expected = usual.map { weight * $0 }
      for likelihood in likelihoods {
        let whole = zip(likelihood, shares).reduce(0) { $0 + $1.0 * $1.1 }
        for index in expected.indices { expected[index] += likelihood[index] * shares[index] / whole }
      }
      shares = expected.map { $0 / (Double(likelihoods.count) + weight) }
    }
    self.shares = shares
  }
}
