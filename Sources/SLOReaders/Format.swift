internal import SLOModel

/// What an input turned out to be.
enum Format {
  /// Summaries of k6, one or a list of them.
  case k6([K6Summary])
  /// Raw samples. Where the file has another layout than k6's, it knows the samples in k6's.
  case samples(SampleFormat)
  case lighthouse([LighthouseReport])
  case manifest(LighthouseManifest)
  /// A reply of PageSpeed Insights that tells an error in place of a report.
  case failedReply(ErrorReply)
  /// Something else, and what: `an empty JSON object`, `an HTML page`.
  case other(String)
  /// A companion of real results that need not be mentioned.
  case companion

  /// The format name of Lighthouse readings.
  static let lighthouse = "lighthouse"

  /// Recognises an input by its content, never by its name.
  /// - Throws: `malformed` for what is damaged, or is a result in a form that cannot be read.
  init(of file: SourceFile) throws(InputError) {
    let start = try file.textPrefix()
    if let separator = start.withBytes(SpreadsheetCSV.separator) {
      file.relaid = try SpreadsheetCSV.relaid(file.text(), separator: separator, file: file.path)
      self = .samples(.csv)
      return
    }
    if let format = start.withBytes(SampleFormat.init(startOf:)) {
      self = .samples(format)
      return
    }
    if let name = start.withBytes(ForeignText.name) {
      self = .other(name)
      return
    }
    let text = try file.text()
    let whole = Result { () throws(InputError) in try JSONDocument(text, file: file.path) }
    switch whole {
    case .success(let document):
      if document.root.kind == .array,
        let samples = try SampleDocuments.relaid(array: document.root, in: text)
      {
        file.relaid = samples
        self = .samples(.json)
      } else {
        self = try Format(document: document)
      }
    case .failure(let fault): self = try Format(text: text, of: file, noDocument: fault)
    }
  }

  /// Recognises a document that holds no raw samples.
  init(document: JSONDocument) throws(InputError) {
    let root = document.root
    if let container = try LighthouseContainer(root) {
      self = Format(container)
    } else if let locations = try K6Locator.all(in: root) {
      var summaries: [K6Summary] = []
      for found in locations { summaries.append(try K6Summary(found.location, wrapper: found.wrapper)) }
      self = .k6(summaries)
    } else if let reports = try LighthouseUnwrapping.reports(in: root) {
      self = .lighthouse(reports)
    } else if let reply = try ErrorReply.first(in: root) {
      self = .failedReply(reply)
    } else if let error = try PowerShellText.error(in: root) {
      throw error
    } else {
      self = .other(try ForeignJSON.name(of: root))
    }
  }

  private init(_ container: LighthouseContainer) {
    self =
      switch container {
      case .reports(let reports): .lighthouse(reports)
      case .manifest(let manifest): .manifest(manifest)
      case .companion: .companion
      }
  }
}
