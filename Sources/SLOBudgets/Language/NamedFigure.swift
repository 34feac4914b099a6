package import SLOModel
internal import SLOReaders

/// A metric and its statistic by the names budgets give them: `p95`, `error_rate`, `payment_time.med`, `lcp`.
package struct NamedFigure: Sendable, Hashable {
  /// Why a name stands for no figure.
  package struct Unknown: Error, Sendable, Hashable {
    /// What is wrong and what to write instead, on one line.
    package var message: String
  }

  /// The metric, spelled as in `Series.metric`.
  package var metric: String
  /// The statistic.
  package var statistic: Statistic

  /// Reads a name of a metric of any kind of evidence.
  /// - Throws: what is wrong with it.
  package init(parsing text: String) throws(Unknown) {
    do throws(MetricKey.Malformed) {
      let key =
        if let known = NamedFigure.known(text) { known } else { try MetricKey(parsing: text, of: .load) }
      (metric, statistic) = (key.metric, key.statistic)
    } catch {
      throw Unknown(message: error.message + (error.hint.map { "; \($0)" } ?? ""))
    }
  }

  /// Reads a name that may be a metric of several kinds of evidence, such as `gzip` or `failed`.
  /// - Parameter profiles: what is asked for: a metric of their kinds goes before others. Empty for any.
  /// - Returns: what it stands for, each figure once; never empty.
  /// - Throws: what is wrong with it.
  package static func figures(named text: String, of profiles: [String] = []) throws(Unknown) -> [NamedFigure]
  {
    let kinds = EvidenceKind.all.filter { kind in
      !kind.metrics.isDistinctive && profiles.contains { EvidenceKind.of(profile: $0) == kind }
    }
    let asked = figures(named: text, in: kinds)
    guard asked.isEmpty || profiles.contains(where: { EvidenceKind.of(profile: $0).metrics.isDistinctive })
    else {
      return asked
    }
    do throws(Unknown) {
      let figure = try NamedFigure(parsing: text)
      return asked.contains(figure) ? asked : asked + [figure]
    } catch {
      let known =
        profiles.isEmpty ? figures(named: text, in: EvidenceKind.all.filter { $0.metrics.has(text) }) : asked
      guard known.isEmpty else { return known }
      throw error
    }
  }

  private static func figures(named text: String, in kinds: [EvidenceKind]) -> [NamedFigure] {
    kinds.reduce(into: []) { figures, kind in
      guard let figure = try? NamedFigure(parsing: text, of: kind), !figures.contains(figure) else { return }
      figures.append(figure)
    }
  }

  /// Reads a name of a metric of one kind of evidence.
  /// - Throws: what is wrong with it.
  package init(parsing text: String, of kind: EvidenceKind) throws(Unknown) {
    do throws(MetricKey.Malformed) {
      let key = try MetricKey(parsing: text, of: kind)
      (metric, statistic) = (key.metric, key.statistic)
    } catch {
      throw Unknown(message: error.message + (error.hint.map { "; \($0)" } ?? ""))
    }
  }

  /// A figure that another kind than loads has.
  private static func known(_ text: String) -> MetricKey? {
    EvidenceKind.all.lazy.filter { $0 != .load }.compactMap { kind in
      (try? MetricKey(parsing: text, of: kind)).flatMap {
        MetricCatalogue.kind(of: $0.metric) == kind ? $0 : nil
      }
    }.first
  }
}
