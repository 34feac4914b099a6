import SLOSupport

/// What one value of an option for evidence names: `FILE`, `NAME=FILE`, or snapshots of one run, `NAME=BEFORE,AFTER`.
///
/// A file whose own name has a `=` or a comma is one file.
struct EvidenceEntry {
  /// The name of the profile; nil where none was given.
  let name: String?
  /// The files, more than one of snapshots.
  let files: [String]

  /// Reads a value.
  init(_ text: String) {
    let named = FileSystem.exists(text) ? nil : keyAndValue(text).flatMap { $0.value.isEmpty ? nil : $0 }
    self.init(files: named?.value ?? text, name: named?.key)
  }

  /// Takes files, which commas separate where there is no file of the whole name.
  init(files: String, name: String? = nil) {
    self.name = name
    self.files = FileSystem.exists(files) ? [files] : files.split(separator: ",").map(String.init)
  }
}
