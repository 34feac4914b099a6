internal import SLOModel

/// What an input turned out to be.
enum Format {
  /// Results of some format.
  case results(any EvidenceReader)
  /// A list of results that lie next to it.
  case list(ResultList)
  /// A reply that reports an error in place of a report.
  case failedReply(ErrorReply)
  /// Something else, and what: `an empty JSON object`, `an HTML page`.
  case other(String)
  /// A companion of real results that need not be mentioned, and what it is called.
  case companion(String)

  /// Recognises an input by its content, never by its name.
  /// - Throws: `malformed` for what is damaged, or is a result in a form that cannot be read.
  init(of file: SourceFile) throws(InputError) {
    let start = try file.textPrefix()
    for reader in Readers.all {
      if let found = try reader.recognition(of: file, startingWith: start) {
        self = Format(found)
        return
      }
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
        self = .results(SampleResults(format: .json))
      } else {
        self = try Format(document: document)
      }
    case .failure(let fault): self = try Format(text: text, of: file, noDocument: fault)
    }
  }

  /// Recognises a document that holds no raw samples.
  init(document: JSONDocument) throws(InputError) {
    let root = document.root
    for reader in Readers.all {
      if let found = try reader.recognition(of: root) {
        self = Format(found)
        return
      }
    }
    for reader in Readers.all {
      if let found = try reader.recognition(within: root) {
        self = Format(found)
        return
      }
    }
    if let reply = try ErrorReply.first(in: root) {
      self = .failedReply(reply)
    } else if let error = try PowerShellText.error(in: root) {
      throw error
    } else {
      self = .other(try ForeignJSON.name(of: root))
    }
  }

  private init(_ found: Recognition) {
    self =
      switch found {
      case .results(let results): .results(results)
      case .list(let list): .list(list)
      case .companion(let title): .companion(title)
      }
  }

  /// The format as messages name it.
  var name: String {
    switch self {
    case .results(let results): type(of: results).title
    case .list(let list): list.title
    case .companion(let title): title
    case .failedReply: "an error reply"
    case .other(let name): name
    }
  }

  /// The kind of evidence it is, or lists; nil for anything else.
  var kind: EvidenceKind? {
    switch self {
    case .results(let results): type(of: results).kind
    case .list(let list): list.kind
    case .companion, .failedReply, .other: nil
    }
  }
}
