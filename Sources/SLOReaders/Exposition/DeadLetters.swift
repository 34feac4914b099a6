internal import SLOModel
internal import SLOStatistics
internal import SLOSupport

/// The series of a run that say how many messages nobody could deliver.
///
/// A metric is one where its name says so (`orders_dlq_size`, `messages_dead_lettered_total`), or where it is the depth of a
/// queue and a label names a dead-letter queue (`rabbitmq_queue_messages{queue="orders.dlq"}`).
struct DeadLetters {
  /// The series of one subject.
  struct Part {
    /// Those that say how many lie there.
    var depths: [Int32] = []
    /// Those that count what came.
    var totals: [Int32] = []
  }

  /// By subject, the run as a whole apart.
  private(set) var parts: [String: Part] = [:]
  /// All of them.
  private(set) var whole = Part()
  /// The series, as people write them.
  private(set) var names: [Int32: String] = [:]

  init(_ metrics: [String: ExposedMetric], _ table: MetricTable) {
    var ranks: [LabelSet: (rank: Int, series: Int32)] = [:]
    for metric in metrics.values.sorted(by: { $0.name < $1.name }) {
      switch metric.kind {
      case .counter where DeadLetterWords.areIn(metric.name) && Self.isNumber(metric.name):
        for series in metric.series { add(series, \.totals, table) }
      case .gauge where DeadLetterWords.areIn(metric.name):
        if Self.isNumber(metric.name) { for series in metric.series { add(series, \.depths, table) } }
      case .gauge:
        let list = Self.depths.firstIndex { metric.name == $0 || metric.name.hasSuffix("_" + $0) }
        guard let rank = list else { continue }
        for series in metric.series {
          let labels = LabelSet(written: table.labelsOfSeries[Int(series)])
          guard labels.labels.contains(where: { DeadLetterWords.areIn($0.value) }) else { continue }
          if let known = ranks[labels], known.rank <= rank { continue }
          ranks[labels] = (rank, series)
        }
      default: break
      }
    }
    for found in ranks.values.sorted(by: { $0.series < $1.series }) {
      let isOffset = found.rank == Self.depths.count - 1
      add(found.series, isOffset ? \.totals : \.depths, table)
    }
  }

  private mutating func add(
    _ series: Int32, _ list: WritableKeyPath<Part, [Int32]>, _ table: MetricTable
  ) {
    let labels = LabelSet(written: table.labelsOfSeries[Int(series)])
    let (name, subject) = (table.names[Int(table.nameOfSeries[Int(series)])], labels.subject)
    whole[keyPath: list].append(series)
    if !subject.isEmpty { parts[subject, default: Part()][keyPath: list].append(series) }
    names[series] = subject.isEmpty ? name : "\(name){\(subject)}"
  }

  /// The ends of names of metrics that are the depth of a queue, the better first: of one queue the first there is counts.
  /// The last is the end of a log, which only grows.
  private static let depths = [
    "queue_messages", "queue_messages_ready", "messages_visible", "number_of_messages_visible",
    "number_of_messages_visible_average", "number_of_messages_visible_sum",
    "number_of_messages_visible_maximum",
    "queue_size", "queuesize", "queue_length", "queue_depth", "message_count", "messages_count",
    "active_messages",
    "deadletter_messages", "msg_backlog", "subscription_back_log", "num_undelivered_messages", "num_pending",
    "queue_jobs", "queue_waiting", "jobs_waiting", "consumergroup_lag", "topic_partition_current_offset",
  ]

  /// Whether a metric counts messages, and not their size, age or handling.
  private static func isNumber(_ name: String) -> Bool {
    let words = Set(DeadLetterWords.words(of: name))
    return SourceUnit(endOf: name) == nil
      && words.isDisjoint(with: [
        "bytes", "seconds", "milliseconds", "ms", "age", "oldest", "timestamp", "time", "consumers", "limit",
        "max",
        "enabled", "ratio", "created", "memory", "duration", "latency",
      ])
  }
}

/// The words that name what nobody could deliver.
enum DeadLetterWords {
  private static let single: Set<String> = [
    "dlq", "dlqs", "dlx", "dlxs", "dlt", "deadletter", "deadletters", "deadlettered", "deadlettering",
    "deadletterqueue", "deadletterexchange",
  ]

  /// Whether a text has them as whole words: `orders.dlq`, `OrdersDeadLetterQueue`, `dead-letter`.
  static func areIn(_ text: String) -> Bool {
    // Nearly no text does: a look at its bytes spares taking it apart.
    let bytes = text.utf8
    let mayBe = zip(bytes, bytes.dropFirst()).contains { pair in
      pair.0.lowercased == UInt8(ascii: "d")
        && [UInt8(ascii: "e"), UInt8(ascii: "l")].contains(pair.1.lowercased)
    }
    guard mayBe else { return false }
    let words = words(of: text)
    return words.contains { single.contains($0) }
      || zip(words, words.dropFirst()).contains { $0 == "dead" && $1.hasPrefix("letter") }
  }

  /// The words of a name in lower case: parted by other characters than letters and digits, and by capitals.
  static func words(of text: String) -> [String] {
    var (words, word): ([String], [UInt8]) = ([], [])
    var isAfterSmall = false
    for byte in text.utf8 {
      let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      if !byte.isLetter && !byte.isDigit || isCapital && isAfterSmall, !word.isEmpty {
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      }
      if byte.isLetter || byte.isDigit { word.append(byte.lowercased) }
      isAfterSmall = byte.isLetter && !isCapital
    }
    return word.isEmpty ? words : words + [String(decoding: word, as: UTF8.self)]
  }
}
