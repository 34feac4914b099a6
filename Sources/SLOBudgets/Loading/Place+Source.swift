extension Place {
  /// The line of the file that the place names, as it is written, without the blanks around it.
  ///
  /// Nil where the place is a file as a whole, or the file cannot be read, has no such line any more, or is a link to a
  /// place outside its folder.
  public var sourceLine: String? {
    guard line > 0, BudgetLinks.refusal(of: file) == nil, let bytes = try? BudgetFiles.contents(of: file)
    else { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return nil }
    return String(Substring(decoding: lines[line - 1], as: UTF8.self).trimmingBlanks)
  }
}
