package import SLOModel

/// Turns what other tools hold releases against into a budget file. Text in, text out.
package struct BudgetImport {
  /// The profile that limits of a load are taken for; nil is every load profile, of baselines `baseline`.
  package let profile: String?
  private var draft = BudgetDraft()
  private var sources: [String] = []

  /// - Parameter profile: the profile of load limits, for most formats do not say it.
  package init(profile: String? = nil) { self.profile = profile }

  /// What is not in the budget as it stood in a file, where, and why: one line each.
  package var remarks: [String] { draft.remarks }

  /// How many limits were taken.
  package var limits: Int { draft.lines.values.reduce(0) { $0 + $1.count } }

  /// How many of them block a release.
  package var blockingLimits: Int {
    draft.lines.values.reduce(0) { $0 + $1.count { $0.bounds[.block] != nil } }
  }

  /// Whether nothing that blocks was taken, though more was asked: a file of warnings alone, all of them taken, is
  /// what it was.
  package var isToothless: Bool { blockingLimits == 0 && (limits == 0 || !remarks.isEmpty) }

  /// The budget file.
  package var text: String { draft.text(from: sources) }

  /// Takes the limits of a document.
  /// - Parameter format: what it is; nil to see that from its content.
  /// - Throws: what makes it no YAML (and so no JSON), no document of the format, or one that holds nothing.
  package mutating func add(
    _ bytes: [UInt8], file: String, format: ImportFormat? = nil
  ) throws(BudgetProblems) {
    let documents = try BudgetImport.documents(bytes, file: file)
    guard let root = documents.first, let format = format ?? ImportFormat(of: documents) else {
      throw BudgetImport.unknown(documents.first, file: file)
    }
    var draft = draft
    switch format {
    case .k6: K6ThresholdImport(profile: profile ?? "*").add(options: root, to: &draft)
    case .baselines: BaselinesImport(profile: profile ?? "baseline").add(root, to: &draft)
    case .lighthouse: LighthouseBudgetImport(profile: profile).add(root, to: &draft)
    case .lighthouseCI: LighthouseCIImport(root, profile: profile).add(to: &draft)
    case .sitespeed: SitespeedImport(profile: profile).add(root, to: &draft)
    case .sizes: SizeLimitsImport().add(root, to: &draft)
    case .openSLO: OpenSLOImport(documents, profile: profile ?? "*").add(to: &draft)
    }
    guard draft.isMore(than: self.draft) else {
      throw BudgetProblems([
        BudgetProblem(
          "holds \(BudgetImport.kind(of: root)), expected \(format.contents)", at: root.place,
          hint: "such as \(format.example)")
      ])
    }
    self.draft = draft
    sources.append(file)
  }

  /// Takes the thresholds that a result of k6's has.
  /// - Throws: that it has none.
  package mutating func add(_ reading: Reading) throws(BudgetProblems) {
    let file = reading.source.path
    guard !reading.thresholds.isEmpty else {
      throw BudgetProblems([
        BudgetProblem(
          reading.source.format.hasPrefix("k6-")
            ? "is a k6 result without thresholds (\(reading.source.format)), expected some"
            : "is a result without thresholds (\(reading.source.format)), expected one of k6 that has some",
          at: Place(file: file),
          hint: reading.source.format.hasPrefix("k6-summary-1")
            ? "k6's machine-readable summary never has them; k6 inspect SCRIPT prints those of the script"
            : "give the result of a script with thresholds, or what k6 inspect SCRIPT prints")
      ])
    }
    K6ThresholdImport(profile: profile ?? "*").add(reading, to: &draft)
    sources.append(file)
  }

  /// Whether a script is one of k6's: it imports its modules, or exports options and a function.
  package static func isK6Script(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes.prefix(65_536), as: UTF8.self)
    return ["'k6", "\"k6", "export const options", "export let options", "export default function"].contains {
      text.contains($0)
    }
  }

  /// Whether bytes are a script, whose limits only an interpreter finds.
  package static func isScript(_ bytes: [UInt8], file: String) -> Bool {
    let text = String(decoding: bytes.prefix(4_096), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline)
    return [".js", ".cjs", ".mjs", ".ts"].contains { file.hasSuffix($0) }
      || lines.contains { line in
        ["module.exports", "export default", "export const", "import ", "'use strict'"].contains {
          line.hasPrefix($0)
        }
      }
  }

  /// Whether bytes are probably meant to be a result of k6's, in whatever state.
  package static func isResult(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
      && String(decoding: bytes, as: UTF8.self).contains("\"metrics\"")
  }

  private static func documents(_ bytes: [UInt8], file: String) throws(BudgetProblems) -> [YAMLNode] {
    var problems: [BudgetProblem] = []
    do throws(BudgetProblem) {
      var composer = try YAMLComposer(YAMLText(bytes: JSONEscapes.asYAML(bytes), file: file))
      let documents = try composer.documents()
      if composer.problems.isEmpty { return documents }
      problems = composer.problems
    } catch {
      problems = [error]
    }
    throw BudgetProblems(problems)
  }

  private static func unknown(_ root: YAMLNode?, file: String) -> BudgetProblems {
    BudgetProblems([
      BudgetProblem(
        "holds \(kind(of: root)), expected limits slogate can read", at: root?.place ?? Place(file: file),
        hint:
          "known are k6 summaries and options, baselines, budget.json of Lighthouse and sitespeed.io, lighthouserc,"
          + " size-limit, bundlesize, bundlewatch and OpenSLO")
    ])
  }

  /// What a document is, in few words.
  private static func kind(of root: YAMLNode?) -> String {
    guard let root else { return "nothing" }
    if root.pairs.isEmpty { return root.items.isEmpty ? "no mapping and no list" : "a list of other things" }
    let keys = root.pairs.prefix(4).map { "'\($0.key.value.prefix(30))'" }
    return "a mapping with " + keys.joined(separator: ", ") + (root.pairs.count > 4 ? " …" : "")
  }
}

extension BudgetDraft {
  /// Whether anything was taken or remarked since.
  fileprivate func isMore(than other: BudgetDraft) -> Bool {
    slots.count + environments.count + remarks.count
      > other.slots.count + other.environments.count + other.remarks.count
      || lines.values.joined().count > other.lines.values.joined().count
  }
}
