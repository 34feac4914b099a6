import SLOModel

/// What the subjects of some kinds of evidence are called together: by the noun of their kind; those of several kinds are
/// subjects.
func noun(of kinds: some Sequence<EvidenceKind>) -> EvidenceKind.Noun {
  let nouns = Set(kinds.map(\.subject))
  guard nouns.count == 1, let noun = nouns.first else { return EvidenceKind.Noun("subject") }
  return noun
}

/// A number of subjects: `1 bundle`, `3 more queries`.
/// - Parameter word: what comes before the noun.
func counted(_ number: Int, _ word: String?, _ noun: EvidenceKind.Noun) -> String {
  let before = word.map { $0 + " " } ?? ""
  return counted(number, before + noun.singular, plural: before + noun.plural)
}

/// A number of subjects: `1 bundle`, `3 queries`.
func counted(_ number: Int, _ noun: EvidenceKind.Noun) -> String { counted(number, nil, noun) }
