public import SLOSupport

/// What a verification found.
public struct Verification: Sendable, Hashable {
  /// One thing that is not as it should be.
  public struct Finding: Sendable, Hashable {
    /// What is looked at.
    public enum Part: String, Sendable, Hashable {
      /// The database file itself.
      case file
      /// An entry of the journal.
      case journal
      /// A run.
      case run
      /// A verdict.
      case verdict
      /// What is known of a commit.
      case commit
      /// The counts of runs kept beside them.
      case tally
    }

    /// What is looked at.
    public var part: Part
    /// Which one: a run's id, an entry's number, a commit.
    public var name: String
    /// What was found.
    public var found: String
    /// What should be there.
    public var expected: String

    /// Creates a finding.
    public init(_ part: Part, _ name: String, found: String, expected: String) {
      self.part = part
      self.name = name
      self.found = found
      self.expected = expected
    }
  }

  /// What is wrong: of the journal the first entry that does not fit, of everything else all.
  public var findings: [Finding] = []
  /// How many entries the journal has.
  public var entries = 0
  /// How many runs there are.
  public var runs = 0
  /// How many of them were pruned, so that only their headers could be compared.
  public var pruned = 0
  /// How many verdicts there are.
  public var verdicts = 0
  /// The last entries of the journal. Written down elsewhere, they prove all before them.
  public var heads: [SHA256Digest] = []

  /// Creates a verification that has looked at nothing.
  public init() {}

  /// Whether everything is as it was recorded.
  public var isIntact: Bool { findings.isEmpty }
}

extension History {
  /// Recomputes every hash and compares everything with what the journal says was recorded and decided.
  public func verify() throws(HistoryError) -> Verification {
    let source = try upToDate()
    return try attempt(.read, on: path) { () throws(SQLiteError) in
      try source.read { () throws(SQLiteError) in
        var verifier = Verifier(database: source)
        try verifier.verify()
        return verifier.result
      }
    }
  }
}
