internal import SLOModel

/// What is known of the metrics at some time, and the series that follow from it.
struct SamplePlan: Sendable {
  /// What is declared, as it stands in the files.
  let declarations: SampleDeclarations
  let grouping: SampleGrouping

  /// Plans for what is declared, wanted and asked for.
  init(_ declarations: SampleDeclarations, _ demand: SampleDemand, _ options: ReadOptions) {
    let named = SampleGrouping.endpointTags.filter { $0 != options.endpointTag }
    self.declarations = declarations
    grouping = SampleGrouping(
      endpointTags: (options.endpointTag.map { [$0] } ?? []) + named, splitTag: options.splitTag,
      selections: Array(demand.selections.union(declarations.selections)), naming: options.naming,
      discardedGroups: options.discardedGroups)
  }

  /// Whether all is known of a metric that can matter to grouping.
  func knows(_ metric: String) -> Bool { declarations.isEmpty || declarations.kind(of: metric) != nil }
}
