internal import SLOModel

/// What an input turned out to be.
enum Format {
  case k6(K6Summary)
  case samples(SampleFormat)
  case lighthouse([LighthouseReport])
  case manifest(LighthouseManifest)
  /// Something else, and what: `raw k6 samples`, `an HTML page`.
  case other(String)
  /// A companion of real results that need not be mentioned.
  case companion

  /// The format name of Lighthouse readings.
  static let lighthouse = "lighthouse"

  /// Recognises an input by its content, never by its name.
  /// - Throws: `malformed` for what is damaged, or is a result in a form that cannot be read.
  init(of file: SourceFile) throws(InputError) {
    let start = try file.textPrefix()
    if let format = start.withBytes(SampleFormat.init(startOf:)) {
      self = .samples(format)
      return
    }
    if let name = start.withBytes(ForeignText.name) {
      self = .other(name)
      return
    }
    let document = try JSONDocument(try file.text(), file: file.path)
    if let container = try LighthouseContainer(document.root) {
      self =
        switch container {
        case .reports(let reports): .lighthouse(reports)
        case .manifest(let manifest): .manifest(manifest)
        case .companion: .companion
        }
    } else if let location = try K6Locator.find(in: document.root) {
      self = .k6(try K6Summary(location))
    } else {
      self = .other(try ForeignJSON.name(of: document.root))
    }
  }
}
