import SLOSupport

extension RegressionTest {
  /// Judges many series each of which stands alone, on all cores.
  /// - Returns: the judgement of each, in the order given.
  public func judge(each candidates: [Candidate]) -> [Judgement] {
    concurrentMap(candidates, workers: Cores.count) { judge($0) }
  }
}
