internal import SLOModel
internal import SLOSupport

/// The settings of a server that change how fast it is: facts of the sizing of every run in the check, as
/// `pg_shared_buffers=128MB`. From `pg_settings`, or what `SHOW ALL` prints.
struct DatabaseSettings: DatabaseView {
  static let title = "a snapshot of pg_settings"
  static let format = "pg-settings"
  static let query = "SELECT name, setting, unit FROM pg_settings"

  private let table: ViewTable

  init(_ table: ViewTable) { self.table = table }

  static func isOne(ofColumns names: Set<String>) -> Bool { names.isSuperset(of: ["name", "setting"]) }

  static func readings(
    ofSnapshots opened: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var figures = try DatabaseFigures(of: opened.map(\.file), format: format, profile: profile)
    var changed: Set<String> = []
    for (results, _) in opened {
      let settings = try results.settings()
      for (name, value) in settings where figures.reading.sizing[name].map({ $0 != value }) ?? false {
        changed.insert(name)
      }
      figures.reading.sizing.merge(settings) { _, last in last }
    }
    if !changed.isEmpty {
      figures.reading.warnings.append(
        "settings changed between the snapshots (\(changed.sorted().joined(separator: ", "))): the run was measured"
          + " with both, and those of the last count")
    }
    return [figures.reading]
  }

  private func settings() throws(InputError) -> [String: String] {
    var settings: [String: String] = [:]
    try table.forEachRow { row throws(InputError) in
      guard let name = try row.text("name")?.lowercased(), let text = try row.text("setting") else { return }
      if name == "server_version" || name == "server_version_num" {
        settings["pg_version"] = try DatabaseSettings.version(text, row)
      } else if let unit = SettingValue.recorded[name] {
        guard let value = SettingValue.written(text, unit: try row.text("unit") ?? unit) else {
          throw row.error(
            in: "setting", found: "no value of \(name)",
            expected: "a number with or without a unit, or a word")
        }
        settings["pg_" + name] = value
      }
    }
    return settings
  }

  /// The major version: 15 of `15.4 (Debian 15.4-1)` and of `150004`, 9.6 of `9.6.24` and of `90624`.
  private static func version(_ text: String, _ row: ViewRow) throws(InputError) -> String {
    if let number = Int(text), number >= 90_000 {
      return number >= 100_000 ? "\(number / 10_000)" : "\(number / 10_000).\(number / 100 % 100)"
    }
    let parts = text.prefix { $0.isNumber || $0 == "." }.split(separator: ".")
    guard let major = parts.first.flatMap({ Int($0) }), major < 1_000 else {
      throw row.error(in: "setting", found: "no version", expected: "a version such as 15.4")
    }
    return major >= 10 ? "\(major)" : parts.prefix(2).joined(separator: ".")
  }
}

/// The value of a setting in one spelling, whatever unit it came in: `128MB` of 16384 blocks of 8 kB.
enum SettingValue {
  /// The settings that are recorded, and the unit of a number that stands alone
  /// (<https://www.postgresql.org/docs/current/runtime-config.html>).
  static let recorded: [String: String] = [
    "shared_buffers": "8kB", "work_mem": "kB", "maintenance_work_mem": "kB", "effective_cache_size": "8kB",
    "hash_mem_multiplier": "", "temp_buffers": "8kB", "huge_pages": "", "max_connections": "",
    "random_page_cost": "", "seq_page_cost": "", "effective_io_concurrency": "",
    "maintenance_io_concurrency": "", "default_statistics_target": "",
    "max_worker_processes": "", "max_parallel_workers": "", "max_parallel_workers_per_gather": "",
    "max_parallel_maintenance_workers": "",
    "wal_buffers": "8kB", "wal_level": "", "wal_compression": "", "max_wal_size": "MB", "min_wal_size": "MB",
    "checkpoint_timeout": "s", "checkpoint_completion_target": "", "checkpoint_flush_after": "8kB",
    "synchronous_commit": "", "fsync": "", "full_page_writes": "", "commit_delay": "us",
    "jit": "", "autovacuum": "", "autovacuum_max_workers": "", "autovacuum_naptime": "s",
    "autovacuum_vacuum_scale_factor": "", "autovacuum_analyze_scale_factor": "",
    "autovacuum_vacuum_threshold": "",
    "autovacuum_analyze_threshold": "", "autovacuum_vacuum_insert_scale_factor": "",
    "autovacuum_vacuum_insert_threshold": "", "autovacuum_vacuum_cost_limit": "",
    "autovacuum_vacuum_cost_delay": "ms", "autovacuum_work_mem": "kB", "autovacuum_freeze_max_age": "",
    "log_min_duration_statement": "ms", "log_autovacuum_min_duration": "ms", "track_io_timing": "",
    "io_method": "", "io_workers": "",
  ]

  /// A value in the largest unit of which it is a whole number, as the server shows it; nil for what no setting is.
  /// - Parameter unit: that of a number that stands alone, empty for none.
  static func written(_ text: String, unit: String) -> String? {
    let sign = text.hasPrefix("-") ? 1 : 0
    let digits = text.dropFirst(sign).prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard !digits.isEmpty else { return isWord(text) ? text : nil }
    guard let number = Double(text.prefix(sign + digits.count)), number.isFinite else { return nil }
    let own = text.dropFirst(sign + digits.count)
    guard number > 0 else { return number == 0 || own.isEmpty ? shortest(number) : nil }
    let spelled = own.isEmpty ? unit : own.drop { $0 == " " }.description
    if spelled.isEmpty { return shortest(number) }
    for scale in [sizes, times] {
      guard let size = factor(of: spelled, in: scale) else { continue }
      return shown(number * size, scale)
    }
    return nil
  }

  private static let sizes: [(name: String, factor: Double)] = [
    ("TB", 1_099_511_627_776), ("GB", 1_073_741_824), ("MB", 1_048_576), ("kB", 1_024), ("B", 1),
  ]
  private static let times: [(name: String, factor: Double)] = [
    ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000), ("ms", 1_000),
    ("us", 1),
  ]

  /// How many of the smallest unit one is; `8kB` is a block.
  private static func factor(of unit: String, in scale: [(name: String, factor: Double)]) -> Double? {
    let count = unit.prefix { $0.isASCII && $0.isNumber }
    guard let known = scale.first(where: { $0.name == unit.dropFirst(count.count) }) else { return nil }
    return known.factor * (count.isEmpty ? 1 : Double(count) ?? 1)
  }

  private static func shown(_ value: Double, _ scale: [(name: String, factor: Double)]) -> String {
    let unit = scale.first { value.truncatingRemainder(dividingBy: $0.factor) == 0 } ?? scale[scale.count - 1]
    return shortest(value / unit.factor) + unit.name
  }

  /// Whether a value is a word, such as `on` and `remote_apply`.
  private static func isWord(_ text: String) -> Bool {
    text.utf8.count <= 32 && !text.isEmpty && text.utf8.allSatisfy { $0.isLetter || $0 == UInt8(ascii: "_") }
  }
}
