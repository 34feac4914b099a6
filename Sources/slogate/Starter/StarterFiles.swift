import SLOSupport

/// Writes the files of a starter, and says what became of each: written, replaced, kept as it is.
struct StarterFiles {
  private let files: [Starter.File]
  private let folder: String
  private let replaces: Bool
  private let isDryRun: Bool

  init(_ files: [Starter.File], in folder: String, replaces: Bool, isDryRun: Bool) {
    (self.files, self.folder, self.replaces, self.isDryRun) = (files, folder, replaces, isDryRun)
  }

  func write() throws {
    var written = ""
    var kept = ""
    for file in files {
      let path = StarterFiles.path(file.path, in: folder)
      let isThere = FileSystem.isTaken(path)
      guard let text = try text(of: file, at: path, isThere: isThere) else {
        let hint = file.isAdded ? "it has these lines" : "it is there; --force replaces it"
        kept += "kept \(VisibleText.escaped(path))  \(hint)\n"
        continue
      }
      if !isDryRun { try Files.write(text, to: path) }
      let shown = VisibleText.escaped(path)
      let verb = !isThere ? (isDryRun ? "write" : "wrote") : isDryRun ? "replace" : "replaced"
      let did = isThere && file.isAdded ? (isDryRun ? "add to" : "added to") : verb
      written +=
        isDryRun
        ? "would \(did) \(shown):\n\n\(file.isAdded ? file.text : text)\n"
        : "\(did) \(shown)  \(file.purpose)\n"
    }
    try Terminal.print(written + kept)
  }

  /// What a file is to hold; nil where it is kept as it is.
  private func text(of file: Starter.File, at path: String, isThere: Bool) throws -> String? {
    guard isThere else { return file.text }
    guard file.isAdded else { return replaces ? file.text : nil }
    guard let bytes = try? FileSystem.bytes(of: path, limit: 1 << 20),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw Failure.usage(
        "\(path): is no text of UTF-8 that lines could be added to; add \(file.text.split(separator: "\n"))")
    }
    let there = Set(text.split(whereSeparator: \.isNewline).map { $0.filter { $0 != " " } })
    let missing = file.text.split(separator: "\n").filter { !there.contains(String($0)) }
    guard !missing.isEmpty else { return nil }
    let end = text.isEmpty || text.last?.isNewline == true ? "" : "\n"
    return text + end + missing.map { $0 + "\n" }.joined()
  }

  /// A path of the repository, as seen from where the command runs.
  static func path(_ name: String, in folder: String) -> String {
    folder == "." ? name : FileSystem.join(folder, name)
  }
}
