public import SLOModel

extension EvidenceKind {
  /// Figures of a team's own, in files that any script can write.
  public static let fact = EvidenceKind(
    id: "fact", source: "a script of the team", profiles: .prefixed("facts-", usual: ["facts"]),
    subject: Noun("subject"), subjectNames: .plain, section: "facts",
    files: Files(
      Noun("file of facts", plural: "files of facts"), title: "a file of facts", option: "--evidence",
      extensions: ["json", "jsonl", "ndjson", "csv"], names: ["facts"]),
    judging: Judging(
      repetition: .none, hasWholeRun: true, boundIsAllowed: false, everySeriesIsWitness: false),
    metrics: MetricFamily([], isDistinctive: false, others: .described(.value)),
    display: Display(
      title: "Facts", caption: "the figures of each subject", columns: [], readingOrder: [], leads: []),
    remedy: {
      let statistic = $0.hasMetric ? ".\($0.series.statistic)" : ""
      return
        "No file of \($0.series.profile) states \($0.series.metric)\(statistic)\($0.ofSubject): did its script run?"
    })
}
