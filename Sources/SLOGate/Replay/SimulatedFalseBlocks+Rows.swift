extension SimulatedFalseBlocks {
  /// What `nice swift run -c release --package-path Benchmarks/Statistics statistics-benchmark --checks --table --seed 1 --draws 250`
  /// prints: histories of 8, 15 and 30 commits together, 250 unchanged checks of each; of 100 endpoints a third.
  package static let rows: [Row] = [
    Row(
      "clean", endpoints: 6, series: 23, oneStep: 0.032, twoSteps: 0.001,
      secondRuns: 0.108),
    Row(
      "clean", endpoints: 25, series: 80, oneStep: 0.064, twoSteps: 0.011,
      secondRuns: 0.143),
    Row(
      "clean", endpoints: 100, series: 305, oneStep: 0.162, twoSteps: 0.021,
      secondRuns: 0.267),
    Row(
      "host-correlated", endpoints: 6, series: 23, oneStep: 0.060, twoSteps: 0.025,
      secondRuns: 0.153),
    Row(
      "host-correlated", endpoints: 25, series: 80, oneStep: 0.080, twoSteps: 0.031,
      secondRuns: 0.191),
    Row(
      "host-correlated", endpoints: 100, series: 305, oneStep: 0.192, twoSteps: 0.067,
      secondRuns: 0.350),
    Row(
      "heavy-tailed", endpoints: 6, series: 23, oneStep: 0.071, twoSteps: 0.025,
      secondRuns: 0.177),
    Row(
      "heavy-tailed", endpoints: 25, series: 80, oneStep: 0.173, twoSteps: 0.061,
      secondRuns: 0.300),
    Row(
      "heavy-tailed", endpoints: 100, series: 305, oneStep: 0.333, twoSteps: 0.133,
      secondRuns: 0.521),
    Row(
      "two machines", endpoints: 6, series: 23, oneStep: 0.071, twoSteps: 0.031,
      secondRuns: 0.172),
    Row(
      "two machines", endpoints: 25, series: 80, oneStep: 0.136, twoSteps: 0.035,
      secondRuns: 0.252),
    Row(
      "two machines", endpoints: 100, series: 305, oneStep: 0.204, twoSteps: 0.079,
      secondRuns: 0.362),
    Row(
      "noisy", endpoints: 6, series: 23, oneStep: 0.088, twoSteps: 0.021,
      secondRuns: 0.191),
    Row(
      "noisy", endpoints: 25, series: 80, oneStep: 0.131, twoSteps: 0.035,
      secondRuns: 0.287),
    Row(
      "noisy", endpoints: 100, series: 305, oneStep: 0.267, twoSteps: 0.075,
      secondRuns: 0.458),
    Row(
      "bursty errors", endpoints: 6, series: 23, oneStep: 0.167, twoSteps: 0.041,
      secondRuns: 0.280),
    Row(
      "bursty errors", endpoints: 25, series: 80, oneStep: 0.408, twoSteps: 0.080,
      secondRuns: 0.535),
    Row(
      "bursty errors", endpoints: 100, series: 305, oneStep: 0.825, twoSteps: 0.204,
      secondRuns: 0.900),
  ]
}
