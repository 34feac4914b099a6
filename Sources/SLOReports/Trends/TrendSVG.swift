public import SLOGate
import SLOSupport

/// Trends as one SVG picture, one chart below the other: no script, nothing from elsewhere, and colours for light
/// and dark backgrounds.
public func svgReport(of trends: [Trend]) -> String {
  let height = trends.count * (svgChartHeight + svgChartGap) - svgChartGap
  let names = trends.map { "\($0.endpointLabel) \($0.metricLabel)" }.joined(separator: ", ")
  let charts = trends.enumerated().map { index, trend in
    svgChart(
      of: trend, y: index * (svgChartHeight + svgChartGap), width: svgChartWidth, height: svgChartHeight)
  }
  return """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(svgChartWidth)" height="\(height)" \
    viewBox="0 0 \(svgChartWidth) \(height)" role="img" aria-label="\(xmlText("Trend of \(names)"))">
    <style>\(svgStyle)</style>
    <rect class="slo-page" width="100%" height="100%"/>
    \(charts.joined(separator: "\n"))
    </svg>

    """
}

private let svgChartWidth = 880
private let svgChartHeight = 280
private let svgChartGap = 16

/// What the charts look like; a document with several of them needs it once.
public let svgStyle = """
  .slo-page{fill:#fff}.slo-chart text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#57606a}\
  .slo-chart .slo-name{font-size:15px;font-weight:600;fill:#1f2328}\
  .slo-grid{stroke:#eaeef2}.slo-band{fill:#0969da;fill-opacity:.1}.slo-level{stroke:#0969da;stroke-opacity:.45}\
  .slo-line{fill:none;stroke:#0969da;stroke-width:1.75;stroke-linejoin:round}\
  .slo-range{stroke:#0969da;stroke-opacity:.35}.slo-point{fill:#0969da}.slo-over{fill:#cf222e}\
  .slo-hit{fill:transparent}.slo-limit{stroke:#9a6700;stroke-dasharray:6 4}.slo-chart .slo-limit-name{fill:#7d4e00}\
  .slo-change{stroke-dasharray:2 3;stroke:#57606a}\
  .slo-note{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}.slo-chart .slo-worse{fill:#cf222e}\
  .slo-chart .slo-better{fill:#1a7f37}\
  @media (prefers-color-scheme:dark){.slo-page{fill:#0d1117}.slo-chart text{fill:#9198a1}\
  .slo-chart .slo-name{fill:#f0f6fc}.slo-grid{stroke:#21262d}.slo-band{fill:#4493f8;fill-opacity:.16}\
  .slo-level,.slo-line,.slo-range{stroke:#4493f8}.slo-point{fill:#4493f8}.slo-over{fill:#f85149}\
  .slo-limit{stroke:#d29922}.slo-chart .slo-limit-name{fill:#d29922}.slo-change{stroke:#9198a1}\
  .slo-note{stroke:#0d1117}\
  .slo-chart .slo-worse{fill:#f85149}.slo-chart .slo-better{fill:#3fb950}}
  """
