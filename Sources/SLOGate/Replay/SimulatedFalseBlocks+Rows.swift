extension SimulatedFalseBlocks {
  /// What `nice swift run -c release --package-path Benchmarks/Statistics statistics-benchmark --checks --table --seed 1 --draws 250`
  /// prints: histories of 8, 15 and 30 commits together, 250 unchanged checks of each; of 100 endpoints a third.
  package static let rows: [Row] = [
    Row(
      "clean", endpoints: 6, series: 23, oneStep: 0.011, twoSteps: 0.001,
      secondRuns: 0.092),
    Row(
      "clean", endpoints: 25, series: 80, oneStep: 0.019, twoSteps: 0.009,
      secondRuns: 0.084),
    Row(
      "clean", endpoints: 100, series: 305, oneStep: 0.021, twoSteps: 0.008,
      secondRuns: 0.108),
    Row(
      "host-correlated", endpoints: 6, series: 23, oneStep: 0.039, twoSteps: 0.020,
      secondRuns: 0.127),
    Row(
      "host-correlated", endpoints: 25, series: 80, oneStep: 0.023, twoSteps: 0.019,
      secondRuns: 0.101),
    Row(
      "host-correlated", endpoints: 100, series: 305, oneStep: 0.021, twoSteps: 0.038,
      secondRuns: 0.146),
    Row(
      "heavy-tailed", endpoints: 6, series: 23, oneStep: 0.052, twoSteps: 0.021,
      secondRuns: 0.151),
    Row(
      "heavy-tailed", endpoints: 25, series: 80, oneStep: 0.107, twoSteps: 0.052,
      secondRuns: 0.220),
    Row(
      "heavy-tailed", endpoints: 100, series: 305, oneStep: 0.221, twoSteps: 0.096,
      secondRuns: 0.362),
    Row(
      "two machines", endpoints: 6, series: 23, oneStep: 0.048, twoSteps: 0.025,
      secondRuns: 0.141),
    Row(
      "two machines", endpoints: 25, series: 80, oneStep: 0.072, twoSteps: 0.025,
      secondRuns: 0.171),
    Row(
      "two machines", endpoints: 100, series: 305, oneStep: 0.075, twoSteps: 0.038,
      secondRuns: 0.162),
    Row(
      "noisy", endpoints: 6, series: 23, oneStep: 0.064, twoSteps: 0.013,
      secondRuns: 0.161),
    Row(
      "noisy", endpoints: 25, series: 80, oneStep: 0.055, twoSteps: 0.020,
      secondRuns: 0.185),
    Row(
      "noisy", endpoints: 100, series: 305, oneStep: 0.096, twoSteps: 0.050,
      secondRuns: 0.262),
    Row(
      "bursty errors", endpoints: 6, series: 23, oneStep: 0.039, twoSteps: 0.019,
      secondRuns: 0.153),
    Row(
      "bursty errors", endpoints: 25, series: 80, oneStep: 0.048, twoSteps: 0.023,
      secondRuns: 0.169),
    Row(
      "bursty errors", endpoints: 100, series: 305, oneStep: 0.062, twoSteps: 0.025,
      secondRuns: 0.150),
  ]
}
