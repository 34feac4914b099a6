/// One thing to know of a finding, under its label.
struct Fact: Equatable {
  /// What a fact is about, in the word that stands before it.
  enum Label: String {
    /// What is behind the value, such as the tests that failed.
    case which
    /// What the comparable commits show.
    case was
    /// With which commit it came.
    case since
    /// Whether it may be chance.
    case noise
    /// What a second measurement shows of it.
    case second
    /// Another load than that of the references.
    case load
    /// What slow drift comes to.
    case drift
    /// The threshold of the load test's script.
    case script
    /// What else moved with it.
    case also
    /// Who let it pass, and until when.
    case waived
    /// Whose it is, and where its limit is written.
    case owner
    /// Why a value could not be judged, and what to do about it.
    case why
  }

  let label: Label
  let text: String

  /// Both in one piece, for renderings without columns.
  var sentence: String { "\(label.rawValue): \(text)" }
}
