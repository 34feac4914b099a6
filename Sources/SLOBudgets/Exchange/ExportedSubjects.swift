import SLOModel
import SLOReaders

/// The entries of a section, such as pages, for tools that hold each of them to numbers of its own, the general ones
/// first: of several that match, the last is the most specific and has every limit that holds.
struct ExportedSubjects {
  struct Subject {
    /// The pattern of the entry.
    var pattern: String
    var limits: [LimitInForce]
    var place: Place
  }

  private let budgets: Budgets
  private let options: ExportOptions
  private let kind: EvidenceKind
  /// The profile whose limits are written: the one asked for, else the last that the files name.
  private let profile: String

  init(_ kind: EvidenceKind, _ budgets: Budgets, _ options: ExportOptions) {
    (self.kind, self.budgets, self.options) = (kind, budgets, options)
    profile = options.profile ?? budgets.profiles(of: kind).last ?? ""
  }

  /// What is not of the section, and which of several profiles it is.
  /// - Parameter file: what the target's file is called.
  func addNotes(to notes: inout ExportNotes, of file: String) {
    notes.addGeneral(of: budgets, options)
    notes.add(rulesOf: budgets, "\(file) has no relations")
    guard options.profile == nil else { return }
    let profiles = budgets.profiles(of: kind)
    if !budgets.profiles(of: .load).isEmpty { notes.add("loads are for --to k6") }
    if profiles.count > 1 {
      notes.add("the limits are those of \(profile); --profile takes \(profiles.joined(separator: ", "))")
    }
  }

  var all: [Subject] {
    guard budgets.profiles(of: kind).contains(profile) else { return [] }
    return budgets.targets(profile: profile).reversed().map { target in
      // As an endpoint, * would be the run as a whole.
      let example = target.pattern == Series.wholeRun ? BudgetSubject.anyEndpoint : target.pattern
      return Subject(
        pattern: target.pattern,
        limits: budgets.limitsInForce(profile: profile, endpoint: example, at: options.now),
        place: target.place)
    }
  }
}
