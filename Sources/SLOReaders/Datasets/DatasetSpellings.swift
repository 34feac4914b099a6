internal import SLOModel
internal import SLOSupport

/// How reports spell the names of figures: without case and whatever is neither a letter nor a digit.
enum DatasetSpellings {
  /// The figures that are one number.
  static let single: [(metric: String, names: Set<String>)] = [
    ("top1_share", shares(of: "1")), ("top5_share", shares(of: "5")),
    (
      "p99_to_p50",
      [
        "p99top50", "p99top50ratio", "p99p50ratio", "p99p50", "p99overp50", "p99tomedian", "p99medianratio",
        "p99tomedianratio", "tailratio", "tailratiop99p50",
      ]
    ),
    (
      "diurnal_ratio",
      [
        "diurnalratio", "diurnal", "diurnalvariation", "peaktotrough", "peaktotroughratio", "peaktroughratio",
        "peaktooffpeak", "peakoffpeakratio", "peaktooffpeakratio", "daynightratio", "daytonight",
        "daytonightratio", "businesshoursratio",
      ]
    ),
    (
      "real_emails",
      [
        "realemails", "realemailcount", "realemailscount", "realemailsfound", "realemailsdetected",
        "numrealemails", "nonsyntheticemails",
      ]
    ),
  ]

  private static func shares(of percent: String) -> Set<String> {
    let top = ["top\(percent)", "top\(percent)percent", "top\(percent)pct"]
    let ends = [
      "share", "messageshare", "messagesshare", "ofmessages", "roomshare", "roomsshare", "shareofmessages",
    ]
    return Set(top.flatMap { top in [top] + ends.map { top + $0 } })
  }

  /// A number that a report gives in parts.
  struct Parts: Sendable {
    /// What the names of the parts begin with.
    var stems: [String]
    /// What they may contain in place of that.
    var inner: [String] = []
    /// The names of their total.
    var totals: Set<String>

    /// Whether a name is one of the parts, or their total.
    func includes(_ name: String) -> Bool {
      totals.contains(name)
        || (stems.contains(where: name.hasPrefix) || inner.contains { name.contains($0) })
          && !name.hasPrefix("nullable") && !DatasetSpellings.others.contains { name.hasSuffix($0) }
    }
  }

  /// The figures that may be given in parts.
  static let parts: [(metric: String, spelling: Parts)] = [
    (
      "orphans",
      Parts(
        stems: ["orphan"],
        totals: [
          "orphans", "orphancount", "totalorphans", "orphanedrecords", "orphanrecords", "orphanedcount",
        ])
    ),
    (
      "out_of_order",
      Parts(
        stems: ["outoforder"],
        totals: ["outoforder", "outofordercount", "totaloutoforder", "outoforderrecords"])
    ),
    (
      "null_keys",
      Parts(
        stems: ["null"], inner: ["without"],
        totals: [
          "nullkeys", "nullkeycount", "nullfk", "nullfks", "nullfkcount", "nullforeignkeys",
          "nullforeignkeycount", "totalnullkeys",
        ])
    ),
  ]

  /// The ends of names that speak of such numbers and are none of them.
  private static let others = [
    "rate", "ratio", "share", "percent", "percentage", "pct", "threshold", "allowed", "expected", "max",
    "limit", "check", "verdict", "status", "result", "passed", "pass", "ok",
  ]

  /// Names that say nothing but that a number is what the key above it names.
  static let neutral: Set<String> = ["value", "actual", "measured", "observed"]

  /// Names of the numbers that a report may have of one type.
  static let ofOneType = neutral.union(["count", "share", "ratio", "percentage", "percent", "pct"])

  /// Names beside types that are no type.
  static let noTypes: Set<String> = [
    "total", "sum", "entropy", "distinct", "types", "numtypes", "typecount", "distincttypes", "uniquetypes",
  ]

  /// The unit that the report has a figure in.
  static func unit(of metric: String) -> MetricUnit {
    switch metric {
    case "top1_share", "top5_share": .ratio
    case "p99_to_p50", "diurnal_ratio", "a percentile", "an hour", "a type": .unitless
    default: .count
    }
  }
}

/// A value of a report that is no object and no list.
struct DatasetLeaf {
  /// The keys that lead to it; an element of a list by the name it has.
  let path: [String]
  let value: JSONValue
  /// What it may be called, spelled alike.
  let names: [String]

  init(path: [String], value: JSONValue) {
    (self.path, self.value) = (path, value)
    let own = DatasetLeaf.folded(path.last ?? "")
    let above = path.count > 1 ? DatasetLeaf.folded(path[path.count - 2]) : ""
    names = DatasetSpellings.neutral.contains(own) ? [own, above] : [own, above + own]
  }

  func isNamed(_ known: Set<String>) -> Bool { names.contains(where: known.contains) }

  /// The type that it says something of, and what has the type; nil for a number about all types.
  var typeName: (group: [String], name: String)? {
    let own = DatasetLeaf.folded(path.last ?? "")
    let steps = DatasetSpellings.ofOneType.contains(own) && path.count > 2 ? path.dropLast() : path[...]
    guard let name = steps.last, steps.count > 1, !DatasetSpellings.noTypes.contains(DatasetLeaf.folded(name))
    else { return nil }
    return (Array(steps.dropLast()), name)
  }

  /// A name as spellings are compared.
  static func folded(_ name: String) -> String {
    String(decoding: name.lowercased().utf8.filter { $0.isDigit || $0.isLetter }, as: UTF8.self)
  }
}
