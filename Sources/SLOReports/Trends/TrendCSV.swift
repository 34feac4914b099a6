import SLOBudgets
public import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// Trends as CSV, one row a point: for spreadsheets and notebooks.
public func csvReport(of trends: [Trend]) -> String {
  trends.reduce(into: csvLine(columns)) { text, trend in
    for index in trend.points.indices { text += csvLine(fields(of: trend, index)) }
  }
}

private let columns = [
  "service", "profile", "environment", "sizing", "endpoint", "metric", "statistic", "unit", "commit",
  "branch",
  "time", "value", "lowest", "highest", "repetitions", "estimated", "typical", "noise", "change_point",
  "limit_operator", "limit",
]

private func fields(of trend: Trend, _ index: Int) -> [String] {
  let (point, level) = (trend.points[index], trend.level(at: index))
  let sizing = trend.environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  let names = [
    trend.service, trend.series.profile, trend.environment.name ?? "", sizing.joined(separator: " "),
    trend.series.endpoint, trend.series.metric, trend.series.statistic.rawValue, trend.unit.rawValue,
    point.commit.sha, point.commit.branch ?? "",
  ]
  let figures = [point.value, point.lowest, point.highest].map { "\($0)" }
  let change = trend.changes.first { $0.index == index }
  return names.map(csvText) + [point.commit.time.description] + figures + [
    "\(point.repetitions)", trend.isEstimated ? "1" : "0", "\(level.median)", "\(level.noise)",
    change?.kind.rawValue ?? "", trend.limit?.comparison.rawValue ?? "",
    trend.limit.map { "\($0.bound)" } ?? "",
  ]
}
