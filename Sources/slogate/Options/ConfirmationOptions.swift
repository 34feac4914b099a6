import ArgumentParser
import SLOModel
import SLOReaders

/// A check in two steps: what is suspect, and the second measurement that decides it.
struct ConfirmationOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "What one run cannot tell from a spike is suspect (exit code 5): measure once more in a new job, and pass that to"
        + " --confirm."))
  var twoStep: Bool?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Results of the second measurement, which decides the suspects of the check alone. Without further results the"
        + " check is the one recorded of this commit.", valueName: "[name=]file"), completion: .file())
  var confirm: [String] = []

  func validate() throws {
    if twoStep == false, !confirm.isEmpty {
      throw ValidationError("--confirm decides what --two-step found suspect; leave --no-two-step out.")
    }
    if confirm.contains("-") {
      throw ValidationError("--confirm takes files, folders and globs; found - (standard input).")
    }
  }

  /// The files that were named, as what must not be overwritten.
  var files: [OutputFile.Used] {
    confirm.map { (what: "a result that is read", path: keyAndValue($0)?.value ?? $0) }
  }

  /// The results of the second measurement.
  /// - Parameter suspect: the profiles that have suspects; a load whose file names no profile is of the only one.
  func readings(suspect: Set<String>, _ options: ReadOptions) throws -> [Reading] {
    try namedReadings(confirm, option: "confirm", profiles: suspect, options)
  }
}
