internal import SLOModel

import SLOReaders

extension Budgets {
  /// The profiles that limits are written for, `*` aside.
  public var profiles: Set<String> {
    let entries = exactEntries.values.joined() + globEntries
    let all = [defaults, wholeRun] + entries.map(\.limits)
    return Set(all.flatMap(\.profiles).filter { !EvidenceKind.isEvery($0) })
  }

  /// Whether a folder holds a budget file.
  public static func hasFiles(in folder: String) -> Bool {
    (try? BudgetFiles.entries(of: folder))?.isEmpty == false
  }
}
