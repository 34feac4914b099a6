import SLOModel
import SLOReaders

/// The results that entries `[NAME=]FILE` of an option name, as those of one check.
/// - Parameters:
///   - profiles: those that the results may be of; a load whose file is named for no profile is of the only load among
///     them.
/// - Throws: every error of every file at once; a run without traffic is one.
func namedReadings(
  _ entries: [String], option: String, profiles: Set<String>, _ options: ReadOptions
) throws -> [Reading] {
  let loads = profiles.filter { EvidenceKind.of(profile: $0) == .load }
  let unnamed = EvidenceRequest.any(load: loads.count == 1 ? loads.first : nil)
  var failures = Failure.Collected()
  var readings: [Reading] = []
  for entry in entries {
    let entry = EvidenceEntry(entry)
    let request = entry.name.map { EvidenceRequest(ofProfile: $0) } ?? unnamed
    let (paths, snapshots) = entry.files.count > 1 ? ([], [entry.files]) : (entry.files, [])
    let result = Readers.read(paths: paths, snapshots: snapshots, as: request, options: options)
    failures.add(result.errors)
    for reading in result.usable {
      readings.append(reading)
      guard let reason = reading.failure else { continue }
      failures.add("--\(option) \(reading.source.path): \(reason)", Failure.malformedInput)
    }
  }
  try failures.report()
  return Readers.settled(readings)
}
