import SLOModel

@testable import SLOReaders

/// Files of a database's views, as small as they can be.
enum DatabaseSnapshots {
  /// A snapshot of `pg_stat_statements` in CSV.
  static func statements(
    _ rows: [String],
    columns: String = "userid,dbid,queryid,query,calls,total_exec_time,max_exec_time,rows"
  ) -> String {
    ([columns] + rows).joined(separator: "\n") + "\n"
  }

  /// The readings of texts, the files of one evidence each; several texts of one are its snapshots.
  static func read(
    _ evidence: [[String]], ext: String = "csv", demand: SampleDemand = SampleDemand(),
    as request: EvidenceRequest = .any()
  ) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      var whole = ReadResult()
      for (index, texts) in evidence.enumerated() {
        let paths = texts.indices.map { "\(folder)/\(index)-\($0).\(ext)" }
        for (path, text) in zip(paths, texts) { try Fixtures.write(text, to: path) }
        let options = ReadOptions(demand: { demand })
        let result =
          texts.count > 1
          ? Readers.read(paths: [], snapshots: [paths], as: request, options: options)
          : Readers.read(paths: paths, as: request, options: options)
        whole.usable += result.usable
        whole.errors += result.errors.map {
          var error = $0
          error.file = String(error.file.split(separator: "/").last ?? "")
          return error
        }
        whole.notices += result.notices
      }
      whole.usable = Readers.settled(whole.usable)
      return whole
    }
  }

  /// The readings of snapshots of one view.
  static func read(
    _ texts: String..., ext: String = "csv", demand: SampleDemand = SampleDemand()
  ) throws -> ReadResult {
    try read([texts], ext: ext, demand: demand)
  }
}

extension ReadResult {
  /// The subject whose name begins so; nil where none or several do.
  func subject(_ start: String) -> String? {
    let found = subjects.filter { $0.hasPrefix(start) }
    return found.count == 1 ? found.first : nil
  }

  /// A figure of the subject whose name begins so.
  func figure(_ metric: String, ofName start: String) -> Double? {
    subject(start).flatMap { figure(metric, of: $0) }
  }

  /// Everything that a person may see of it.
  var shown: String {
    usable.map { "\($0.measurements) \($0.details) \($0.remarks) \($0.failure ?? "") \($0.sizing)" }.joined()
      + errors.map(\.description).joined() + notices.joined() + warnings.joined()
  }
}
