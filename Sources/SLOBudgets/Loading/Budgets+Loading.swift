public import SLOModel

extension Budgets {
  /// Reads budget files and puts them together.
  /// - Parameters:
  ///   - paths: files, or folders whose `*.yaml` and `*.yml` are read by name, not those of their folders.
  ///   - knownMetrics: the metrics (as in `Series.metric`) the results have, by measured profile: a custom
  ///     metric none of them has is then reported. Nil judges no names; limits of profiles that are not
  ///     among the keys are not judged either.
  ///   - knownUnits: the canonical units the results have of custom metrics, by their name without tags (counts
  ///     and shares aside): a limit in another unit is then reported.
  ///   - endpointTag: a further tag that names endpoints.
  /// - Throws: everything that is wrong in any of the files.
  public static func load(
    paths: [String], knownMetrics: [String: Set<String>]? = nil, knownUnits: [String: Set<MetricUnit>] = [:],
    endpointTag: String? = nil
  ) throws(BudgetProblems) -> Budgets {
    var loader = BudgetLoader(
      vocabulary: Vocabulary(
        knownMetrics: knownMetrics, knownUnits: knownUnits, endpointTag: endpointTag))
    for file in loader.find(paths) { loader.add(file) }
    return try loader.finish()
  }

  /// Reads budget files whose bytes are there already, and puts them together; each is reported under its name.
  /// - Throws: everything that is wrong in any of them.
  public static func load(
    contents: [(file: String, bytes: [UInt8])], endpointTag: String? = nil
  ) throws(BudgetProblems) -> Budgets {
    var loader = BudgetLoader(vocabulary: Vocabulary(knownMetrics: nil, endpointTag: endpointTag))
    for (file, bytes) in contents { loader.add(bytes: bytes, file: file) }
    return try loader.finish()
  }

  /// Reads one budget from text; `file` is the name its problems are reported under. Else as `load`.
  /// - Throws: everything that is wrong in it.
  public static func parse(
    _ text: String, file: String, knownMetrics: [String: Set<String>]? = nil, endpointTag: String? = nil
  ) throws(BudgetProblems) -> Budgets {
    try parse(bytes: Array(text.utf8), file: file, knownMetrics: knownMetrics, endpointTag: endpointTag)
  }

  /// Reads one budget from the bytes of a file. Else as `parse(_:file:)`.
  /// - Throws: everything that is wrong in it.
  public static func parse(
    bytes: [UInt8], file: String, knownMetrics: [String: Set<String>]? = nil, endpointTag: String? = nil
  ) throws(BudgetProblems) -> Budgets {
    var loader = BudgetLoader(vocabulary: Vocabulary(knownMetrics: knownMetrics, endpointTag: endpointTag))
    loader.add(bytes: bytes, file: file)
    return try loader.finish()
  }
}

/// Carries files through reading and merging, and keeps every problem on the way.
///
/// The files are taken apart first: what one of them declares of a metric holds for the limits of all.
struct BudgetLoader {
  private var vocabulary: Vocabulary
  private var documents: [(root: YAMLNode, file: String)] = []
  private var problems: [BudgetProblem] = []

  init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  mutating func find(_ paths: [String]) -> [String] { BudgetFiles.find(paths, problems: &problems) }

  mutating func add(_ file: String) {
    do throws(BudgetProblem) {
      add(bytes: try BudgetFiles.contents(of: file), file: file)
    } catch {
      problems.append(error)
    }
  }

  mutating func add(bytes: [UInt8], file: String) {
    do throws(BudgetProblem) {
      var composer = try YAMLComposer(YAMLText(bytes: bytes, file: file))
      defer { problems += composer.problems }
      let root = try composer.document()
      documents.append((root, file))
      // What is wrong with the declarations is reported when the file is read.
      var reader = BudgetReader(vocabulary: vocabulary)
      guard let section = root["metrics"] else { return }
      vocabulary.declared.merge(reader.metrics(section).mapValues(\.value)) { first, _ in first }
    } catch {
      problems.append(error)
    }
  }

  /// - Throws: the problems, if there are any.
  func finish() throws(BudgetProblems) -> Budgets {
    var merger = BudgetMerger()
    var problems = problems
    for (root, file) in documents {
      var reader = BudgetReader(vocabulary: vocabulary)
      merger.add(reader.read(root, path: file))
      problems += reader.problems
    }
    problems += merger.problems
    guard problems.isEmpty else { throw BudgetProblems(problems) }
    return merger.merged()
  }
}
