import ArgumentParser
import SLOModel
import SLOReaders

/// A base that was measured in turn with the results judged.
struct PairedOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Results of the base, measured in turn with those judged in the same job (base, candidate, candidate, base), in"
        + " the order in which they ran and as many of each: held against in place of the history.",
      valueName: "[name=]file"), completion: .file())
  var pairedBase: [String] = []

  func validate() throws {
    if pairedBase.contains("-") {
      throw ValidationError("--paired-base takes files, folders and globs; found - (standard input).")
    }
  }

  /// The files that were named, as what must not be overwritten.
  var files: [OutputFile.Used] {
    pairedBase.map { (what: "a result that is read", path: keyAndValue($0)?.value ?? $0) }
  }

  /// The results of the base.
  /// - Parameter measured: the profiles of the check; a load whose file names no profile is of the only one.
  func readings(measured: Set<String>, _ options: ReadOptions) throws -> [Reading] {
    try namedReadings(pairedBase, option: "paired-base", profiles: measured, options)
  }
}
