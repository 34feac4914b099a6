public import SLOModel

/// A metric and its statistic by the names budgets give them: `p95`, `error_rate`, `payment_time.med`, `lcp`.
public struct NamedFigure: Sendable, Hashable {
  /// Why a name stands for no figure.
  public struct Unknown: Error, Sendable, Hashable {
    /// What is wrong and what to write instead, on one line.
    public var message: String
  }

  /// The metric, spelled as in `Series.metric`.
  public var metric: String
  /// The statistic.
  public var statistic: Statistic

  /// Reads a name of a load's metric or of a page's.
  /// - Throws: what is wrong with it.
  public init(parsing text: String) throws(Unknown) {
    do throws(MetricKey.Malformed) {
      let key =
        if let page = NamedFigure.page(text) { page } else { try MetricKey(parsing: text, scope: .load) }
      (metric, statistic) = (key.metric, key.statistic)
    } catch {
      throw Unknown(message: error.message + (error.hint.map { "; \($0)" } ?? ""))
    }
  }

  /// A figure that only pages have.
  private static func page(_ text: String) -> MetricKey? {
    guard let key = try? MetricKey(parsing: text, scope: .page), key.isOfPage else { return nil }
    return key
  }
}
