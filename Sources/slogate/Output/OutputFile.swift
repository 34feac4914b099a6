import SLOSupport

/// A file that a command is going to write.
struct OutputFile {
  /// The option that names it, as it is before the path.
  let option: String
  let path: String

  /// What a command reads or keeps, by a word for it.
  typealias Used = (what: String, path: String)

  /// Refuses files that would take the place of something, makes the folders of the others, and tries to write them:
  /// before anything is measured, judged or recorded.
  /// - Parameter used: what must not be overwritten.
  /// - Throws: a usage error for a path that is taken, the exit code for one that cannot be written.
  static func prepare(_ files: [OutputFile], beside used: [Used]) throws {
    var taken: [String: String] = [:]
    for file in used { taken[FileSystem.resolved(file.path)] = file.what }
    for file in files {
      let place = FileSystem.resolved(file.path)
      if let what = taken[place] {
        throw Failure.usage("\(file.option)\(file.path) is \(what); name another file")
      }
      if !place.hasPrefix("/dev/") { taken[place] = "the file of another report" }
    }
    for file in files {
      do { try FileSystem.tryToWrite(to: file.path) } catch { throw Files.refused(file.path, error) }
    }
  }
}
