import SLOBudgets
import SLOModel
import SLOReaders
import SLOSupport

/// Limits on the metrics of one kind of evidence.
struct MetricsSchema {
  let kind: EvidenceKind

  init(_ kind: EvidenceKind) { self.kind = kind }

  /// What a mapping from metrics to bounds is defined under.
  var name: String { kind.id + "Limits" }
  /// The name of what is allowed of one subject: no form of a bound, such as `size`, is called so.
  var subjectName: String { kind.id + "Entry" }

  /// A mapping from metrics to bounds.
  var limits: JSONText { mapping("Limits of \(kind.source)'s \(kind.limitsNoun).", beside: []) }

  /// An entry in the kind's own section: limits of every profile, and what differs under one of them.
  var subject: JSONText {
    let fixed = BudgetKeys.subject(of: kind).map { key in
      switch key {
      case "owner": (key, SchemaPart.text("Who decides about these limits.", ["web-team"]))
      case "query": (key, GeneralSchema.query)
      case "min_samples": (key, GeneralSchema.minimumSamples)
      default: (key, SchemaPart.reference(name, "Limits that differ on \(key)."))
      }
    }
    let profiles =
      kind.profiles.isClosed
      ? kind.profiles.usual.map(kind.profiles.shortName).joined(separator: " and ") : "every profile"
    return mapping("Limits of a \(kind.subject.singular), for \(profiles).", beside: fixed)
  }

  private func mapping(_ description: String, beside fixed: [(String, JSONText)]) -> JSONText {
    let names = MetricNames(kind)
    let offered = kind.keys.map { ($0.name, reference($0)) }
    let known = names.patterns.map { ($0.pattern, SchemaPart.reference($0.form.name)) }
    let anything = SchemaPart.reference(BoundForm(.anything).name)
    let (others, rest): ([(String, JSONText)], JSONText) =
      switch kind.metrics.others {
      case .none: ([], .bool(false))
      case .custom: ([(names.custom, anything)], .bool(false))
      case .described: ([], anything)
      case .free: ([(names.foreign, .bool(false))], anything)
      }
    return SchemaPart.described(
      description,
      [
        ("type", .string("object")), ("properties", .object(fixed + offered)),
        ("patternProperties", .object(known + others)), ("additionalProperties", rest),
      ])
  }

  /// What a limit under a key looks like.
  private func reference(_ key: EvidenceKind.Key) -> JSONText {
    let figure = try? NamedFigure(parsing: key.name, of: kind)
    let form = figure.flatMap { figure in
      MetricCatalogue.traits(of: figure.metric, in: kind).map { BoundForm($0, figure.statistic, in: kind) }
    }
    return SchemaPart.reference((form ?? BoundForm(.anything)).name, key.summary)
  }
}

extension EvidenceKind {
  fileprivate var limitsNoun: String {
    profiles.prefix == nil
      ? "metrics, METRIC.STATISTIC, or one of the short names" : "figures of a \(subject.singular)"
  }
}
