import SLOSupport

extension ChangePointSearch {
  /// Finds the change points of many series, on all cores.
  /// - Returns: the change points of each, in the order given.
  public func changePoints(inEach series: [[Double]]) -> [[ChangePoint]] {
    concurrentMap(series, workers: Cores.count) { changePoints(in: $0) }
  }
}
