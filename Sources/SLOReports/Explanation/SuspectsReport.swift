import SLOGate
import SLOModel
import SLOSupport

extension Suspects {
  /// The command that lists the commits that may have made the change; nil where git cannot be asked.
  var log: String? { gitRange(from: after, to: upTo) }

  /// The command that begins to look for the one that did; nil where only one is known, or git cannot be asked.
  var bisect: String? {
    guard areSeveral, Commit.isSHA(after), Commit.isSHA(upTo) else { return nil }
    return "git bisect start \(upTo.prefix(10)) \(after.prefix(10))"
  }
}

/// The commits that may have made a change, in every report that has them.
func json(of suspects: Suspects?) -> JSONText {
  suspects.map { .object(members(of: $0)) } ?? .null
}

/// The members of suspects: the ends of their range, the measured commits that hold the first to show the change with
/// 95 %, and the command that begins to look for it.
func members(of suspects: Suspects) -> [(String, JSONText)] {
  let measured = suspects.measured.map { measured in
    JSONText.object([("sha", .string(measured.sha)), ("probability", .number(measured.probability))])
  }
  return [
    ("after", .string(suspects.after)), ("up_to", .string(suspects.upTo)), ("measured", .array(measured)),
    ("bisect", .string(suspects.bisect)),
  ]
}
