/// One kind of evidence: what its subjects are, how its runs count, how it is judged and shown.
///
/// A kind is defined once, next to the readers of its results, and listed in `EvidenceKind.all`; all else asks it.
/// A class, because all series of a kind share one.
///
/// ```swift
/// let kind = EvidenceKind.of(profile: "baseline")
/// print(kind.subject.plural, kind.section)  // endpoints endpoints
/// ```
public final class EvidenceKind: Sendable {
  /// Its name in verdicts: `load`, `page`.
  public let id: String
  /// Who measures it, as messages name the tool.
  public let source: String
  /// The profiles its results have.
  package let profiles: ProfileNames
  /// What a series is of.
  public let subject: Noun
  /// How its subjects are named.
  public let subjectNames: SubjectNames
  /// Its section in a budget file.
  public let section: String
  /// How its files are named and distinguished.
  public let files: Files
  /// How its results count and are held against limits.
  public let judging: Judging
  /// What is known of its metrics.
  package let metrics: MetricFamily
  /// What reports show of it.
  public let display: Display
  /// The parts that figures are made of.
  public let breakdowns: [Breakdown]
  /// The keys that an editor offers first in a budget file, and what it says of them.
  public let keys: [Key]
  /// The limits that hold without being written; nil where there are none.
  public let policy: BuiltInPolicy?
  /// Whether a subject may have a metric: where a kind has subjects of several forms, such as queries and tables, no
  /// limit on all of them asks a table for the time it took.
  package let mayHave: MayHave
  /// What to do about a figure that is missing, as a sentence.
  package let remedy: @Sendable (MissingFigure) -> String
  /// What another version of the tool than the one compared with changes, as a clause; nil where it changes nothing
  /// that is known. The kind has none where versions are conditions that runs have to share.
  public let versionNote: VersionNote?

  /// Takes the releases measured by now and before, such as `2.3`, and the metrics measured.
  public typealias VersionNote =
    @Sendable (_ now: Set<String>, _ before: Set<String>, _ metrics: Set<String>) -> String?

  /// Takes a metric and the name of a subject.
  package typealias MayHave = @Sendable (_ metric: String, _ subject: String) -> Bool

  /// Defines a kind.
  package init(
    id: String, source: String, profiles: ProfileNames, subject: Noun, subjectNames: SubjectNames,
    section: String, files: Files, judging: Judging, metrics: MetricFamily, display: Display,
    breakdowns: [Breakdown] = [], keys: [Key] = [], policy: BuiltInPolicy? = nil,
    versionNote: VersionNote? = nil, mayHave: @escaping MayHave = { _, _ in true },
    remedy: @escaping @Sendable (MissingFigure) -> String
  ) {
    (self.id, self.source, self.profiles, self.section) = (id, source, profiles, section)
    (self.subject, self.subjectNames, self.files, self.judging) = (subject, subjectNames, files, judging)
    (self.metrics, self.display, self.breakdowns, self.keys) = (metrics, display, breakdowns, keys)
    (self.policy, self.versionNote, self.mayHave, self.remedy) = (policy, versionNote, mayHave, remedy)
  }
}

extension EvidenceKind {
  /// How the files of a kind are named and distinguished.
  public struct Files: Sendable {
    /// What one is called where they are counted: `result`.
    public let noun: Noun
    /// The same with the tool and an article: `a test report`.
    public let title: String
    /// The options that take them, as remedies name them.
    public let option: String
    /// The ends of their names.
    public let extensions: [String]
    /// The beginnings of names that say that a file in a folder of results is one; where profiles have free names, each
    /// is the profile of what begins so.
    public let names: [String]

    /// Describes files.
    public init(_ noun: Noun, title: String, option: String, extensions: [String], names: [String]) {
      (self.noun, self.title, self.option) = (noun, title, option)
      (self.extensions, self.names) = (extensions, names)
    }
  }

  /// How the results of a kind count and are held against limits.
  public struct Judging: Sendable {
    /// How several results of one profile count.
    public let repetition: Repetition
    /// Whether figures of the run as a whole exist, so that defaults may ask for them.
    public let hasWholeRun: Bool
    /// Whether a bound that stands alone is the largest value allowed; else values have to stay below it.
    public let boundIsAllowed: Bool
    /// Whether all series speak for the host they ran on, where a common factor is estimated; else the medians alone.
    public let everySeriesIsWitness: Bool
    /// Whether measuring again gives the same values: there is no noise, and equal results of two commits are no mistake.
    public let isExact: Bool

    /// Describes how results are judged.
    public init(
      repetition: Repetition, hasWholeRun: Bool, boundIsAllowed: Bool, everySeriesIsWitness: Bool,
      isExact: Bool = false
    ) {
      (self.repetition, self.hasWholeRun, self.isExact) = (repetition, hasWholeRun, isExact)
      (self.boundIsAllowed, self.everySeriesIsWitness) = (boundIsAllowed, everySeriesIsWitness)
    }
  }

  /// What reports show of a kind.
  public struct Display: Sendable {
    /// What reports head its subjects with.
    public let title: String
    /// What a table of its subjects shows.
    public let caption: String
    /// What tables show of a subject, in this order.
    public let columns: [Column]
    /// The figures that say how a run went as a whole, in the order in which they are read.
    package let headline: [MetricFigure]
    /// The figures by which one subject is looked at first, in the order in which they are read.
    package let readingOrder: [MetricFigure]
    /// The figures that stand for a subject in a line, best first: one of a later group counts where none of an earlier
    /// one was measured.
    package let leads: [[MetricFigure]]

    /// Describes what is shown.
    package init(
      title: String, caption: String, columns: [Column], headline: [MetricFigure] = [],
      readingOrder: [MetricFigure], leads: [[MetricFigure]]
    ) {
      (self.title, self.caption, self.columns) = (title, caption, columns)
      (self.headline, self.readingOrder, self.leads) = (headline, readingOrder, leads)
    }

    /// What a table calls a figure; nil for one that it does not show.
    package func columnTitle(of figure: MetricFigure) -> String? {
      columns.first { $0.figure == figure }?.title
    }
  }
}

extension EvidenceKind {
  /// How several results of one profile count.
  public enum Repetition: Sendable, Hashable {
    /// Each is a repetition of the profile; one that failed spoils them all.
    case ofProfile
    /// Each is a repetition for its subject; one that failed is left out where another is good.
    case ofSubject
    /// They are parts of one run.
    case none
  }

  /// How subjects are named.
  public enum SubjectNames: Sendable, Hashable {
    /// By addresses without their queries, or by names of the team's own.
    case addresses
    /// By addresses, of which the parameters that a budget names count.
    case addressesWithQueries
    /// By names as they are.
    case plain
  }

  /// A noun for people.
  public struct Noun: Sendable, Hashable {
    /// `page`.
    public let singular: String
    /// `pages`.
    public let plural: String

    /// Names something; the plural ends in `s` by default.
    public init(_ singular: String, plural: String? = nil) {
      (self.singular, self.plural) = (singular, plural ?? singular + "s")
    }

    /// The singular with its article: `a page`, `an endpoint`.
    package var withArticle: String { ("aeiou".contains(singular.prefix(1)) ? "an " : "a ") + singular }

    /// The singular with a capital, as the head of a column.
    package var title: String { singular.prefix(1).uppercased() + singular.dropFirst() }
  }

  /// A column of a table.
  public struct Column: Sendable, Hashable {
    /// Its head.
    public let title: String
    /// What it shows.
    package let figure: MetricFigure

    /// Describes a column.
    public init(_ title: String, _ metric: String, _ statistic: Statistic) {
      (self.title, figure) = (title, MetricFigure(metric: metric, statistic: statistic))
    }
  }

  /// A key of a budget file that an editor offers.
  public struct Key: Sendable, Hashable {
    /// As it is written.
    public let name: String
    /// What it limits, as a sentence.
    public let summary: String

    /// Describes a key.
    public init(_ name: String, _ summary: String) { (self.name, self.summary) = (name, summary) }
  }

  /// Metrics, and what they are made of or depend on that is measured by itself.
  public struct Breakdown: Sendable, Hashable {
    /// The metrics.
    public let wholes: Set<String>
    /// The parts, in the order in which they happen.
    public let parts: [Part]
    /// The parts that the metrics are the sum of, sample by sample.
    public let summands: Set<String>

    /// One part.
    public struct Part: Sendable, Hashable {
      /// The metric.
      public let metric: String
      /// The statistic; nil for the one of the whole.
      public let statistic: Statistic?

      /// Names a part.
      public init(_ metric: String, _ statistic: Statistic? = nil) {
        (self.metric, self.statistic) = (metric, statistic)
      }
    }

    /// Describes a breakdown.
    public init(of wholes: Set<String>, parts: [Part], summands: Set<String> = []) {
      (self.wholes, self.parts, self.summands) = (wholes, parts, summands)
    }

    /// Whether a figure is one of the parts of another.
    package func has(_ part: Series, of whole: Series) -> Bool {
      wholes.contains(whole.metric)
        && parts.contains { $0.metric == part.metric && $0.statistic ?? whole.statistic == part.statistic }
    }
  }

  /// Limits that hold without being written in a budget file.
  public struct BuiltInPolicy: Sendable, Hashable {
    /// What places of its limits are called: `built-in policy tests`.
    public let title: String
    /// A budget file.
    public let text: String
    /// Whether it holds besides budget files, as the layer that each of them may replace; else without one alone.
    public let holdsBesideFiles: Bool

    /// What a requirement calls it: `tests` of `built-in policy tests`.
    package var name: String { title.split(separator: " ").last.map(String.init) ?? title }

    /// Describes a policy.
    public init(title: String, text: String, holdsBesideFiles: Bool) {
      (self.title, self.text, self.holdsBesideFiles) = (title, text, holdsBesideFiles)
    }
  }
}

extension EvidenceKind: Hashable {
  /// Kinds of one id are the same.
  public static func == (left: EvidenceKind, right: EvidenceKind) -> Bool { left.id == right.id }

  /// Hashes the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
