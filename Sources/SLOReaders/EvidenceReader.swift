public import SLOModel
internal import SLOSupport

/// The results that one file holds, in one format: a conforming type is the reader of that format.
///
/// `Readers.all` lists them. A reader recognises a file by its content, never by its name, and turns it into readings.
protocol EvidenceReader: SendableMetatype {
  /// The kind of evidence the results are.
  static var kind: EvidenceKind { get }
  /// What messages call a file of the format, with its article: `a test report`.
  static var title: String { get }

  /// Recognises a file that is no JSON by its first 16 KiB; nil for any other.
  /// - Throws: what is wrong with a file that is of the format.
  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition?

  /// Recognises a JSON document by its own keys; nil for any other.
  /// - Throws: what is wrong with a document that is of the format.
  static func recognition(of root: JSONValue) throws(InputError) -> Recognition?

  /// Finds results inside a document that no reader recognises, as a script of a team's own may wrap them.
  static func recognition(within root: JSONValue) throws(InputError) -> Recognition?

  /// The results of two documents of one text as those of one; nil where they do not belong together.
  func joined(with next: any EvidenceReader) -> (any EvidenceReader)?

  /// Why the options cannot be applied to such results, and what a folder calls them then; nil where they can.
  func obstacle(to options: ReadOptions, in path: String) -> (title: String, error: InputError)?

  /// The readings of the file the results are in.
  /// - Parameter profile: the profile they are of; nil where the results say it, or have the kind's usual one.
  /// - Throws: `malformed` for values that cannot be, and for results of another profile.
  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading]

  /// What distinguishes measurements where copies of a result differ in their bytes; nil where nothing does.
  static func identity(of reading: Reading) -> [String]?

  /// The readings of the files of one profile that were given together, of a kind whose files are parts of one run.
  static func joined(_ readings: [Reading]) -> [Reading]
}

extension EvidenceReader {
  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    nil
  }

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? { nil }

  static func recognition(within root: JSONValue) throws(InputError) -> Recognition? { nil }

  func joined(with next: any EvidenceReader) -> (any EvidenceReader)? { nil }

  func obstacle(to options: ReadOptions, in path: String) -> (title: String, error: InputError)? { nil }

  static func identity(of reading: Reading) -> [String]? { nil }

  static func joined(_ readings: [Reading]) -> [Reading] { Reading.joined(readings) }
}

/// What a reader finds in a file.
enum Recognition {
  /// Results.
  case results(any EvidenceReader)
  /// A list of results that lie next to it.
  case list(ResultList)
  /// A companion of results that need not be mentioned, and what it is called.
  case companion(String)
}

/// A list of results that lie next to it.
struct ResultList: Sendable {
  /// What messages call it: `a list of reports`.
  var title: String
  /// The kind of evidence of what it lists.
  var kind: EvidenceKind
  /// The names of the files, each once.
  var fileNames: [String]
  /// The names that several entries share: a result was overwritten by the next, and its figures are lost.
  var repeated: [String]

  /// The results, which lie next to the list, packed or not.
  func paths(beside list: String) -> [String] {
    let folder = list == "-" ? "" : String(list.reversed().drop { $0 != "/" }.reversed())
    return fileNames.map { name in
      let plain = folder + name
      return !FileSystem.exists(plain) && FileSystem.exists(plain + ".gz") ? plain + ".gz" : plain
    }
  }
}

/// Which results are asked for, and the profile they are of.
///
/// ```swift
/// let load = Readers.read(paths: ["load.json"], as: .profile("baseline"))
/// let pages = Readers.read(paths: ["pages"], as: .kind(.page))
/// ```
public enum EvidenceRequest: Sendable, Hashable {
  /// Those of a profile, of the kind of evidence it is of.
  case profile(String)
  /// Those of any kind, under a name: a load's profile, or what follows the prefix of a kind that has one.
  case named(String)
  /// Those of a kind, which say their profile themselves.
  case kind(EvidenceKind)
  /// Any that can be recognised. What is of a kind whose profiles have free names is of the profile that its file is
  /// named for, else of this one; nil makes it an error.
  case any(load: String? = nil)

  /// What a profile's name asks for: the family of a kind stands for all of its profiles.
  public init(ofProfile name: String) {
    let kind = EvidenceKind.sectioned.first { $0.profiles.family == name && !$0.profiles.claims(name) }
    self = kind.map { .kind($0) } ?? .profile(name)
  }

  /// The profile; nil where it depends on what the results are.
  public var profile: String? {
    if case .profile(let name) = self { return name }
    return nil
  }

  /// The profile of the results in a file; nil where they say it themselves, or are of the kind's usual one.
  /// - Throws: that nothing says the profile, or that a kind has none of the name.
  func profile(of path: String, _ kind: EvidenceKind) throws(InputError) -> String? {
    switch self {
    case .profile(let name): return name
    case .named(let name):
      guard let prefix = kind.profiles.prefix, !kind.profiles.claims(name) else { return name }
      let profile = prefix + name
      guard kind.profiles.isClosed, !kind.profiles.usual.contains(profile) else { return profile }
      throw EvidenceRequest.noProfile(
        path, "\(kind.files.title) under the name \(UntrustedText.quoted(name))",
        "leave the name out, or write one of "
          + kind.profiles.usual.map(kind.profiles.shortName).joined(separator: ", "))
    case .kind: return nil
    case .any(let load):
      guard kind.profiles.prefix == nil else { return nil }
      if let profile = ProfileOfName.profile(in: path) ?? load { return profile }
      throw EvidenceRequest.noProfile(
        path, "\(kind.files.title) whose name says no profile",
        "pass it with \(kind.files.option), or name it as in --evidence NAME=FILE")
    }
  }

  private static func noProfile(_ path: String, _ found: String, _ remedy: String) -> InputError {
    InputError(.malformed, file: path, found: found, expected: "the profile it is of", remedy: remedy)
  }

  /// Whether results of a kind are asked for.
  func admits(_ kind: EvidenceKind) -> Bool {
    switch self {
    case .profile(let name): EvidenceKind.of(profile: name) == kind
    case .kind(let own): own == kind
    // `tests=FILE` is tests, and never a load that is called so.
    case .named(let name): (EvidenceKind.all.first { $0.profiles.claims(name) } ?? kind) == kind
    case .any: true
    }
  }

  /// The kinds asked for.
  var kinds: [EvidenceKind] { EvidenceKind.all.filter(admits) }

  /// What messages say was expected.
  var wanted: String {
    let titles = kinds.map(\.files.title)
    return titles.count == 1 ? titles[0] : "a result that slogate reads"
  }
}
