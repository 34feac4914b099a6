import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel

/// Words of others that would act on a terminal, a build server, a browser, or a parser, and the places of a
/// verdict that hold words of others.
enum Hostile {
  static let texts = terminals + servers + markdown + markup + syntax + lookalikes

  private static let terminals = [
    "\u{1b}[2J\u{1b}[31mred", "\u{9b}31m", "\u{1b}]0;title\u{7}", "\u{1b}]8;;http://evil.example\u{1b}\\x",
    "line\nPASS", "line\r\nPASS", "\rPASS", "a\u{2028}b\u{2029}c", "a\u{85}b\u{b}c\u{c}d", "\t x", "nul\0l",
    "\u{1}", "\u{7f}", "\u{8}\u{8}", String(repeating: "x", count: 10_000),
    String(repeating: "<|@", count: 3_400),
  ]

  private static let servers = [
    "::error::x", "::stop-commands::t", "::add-mask::x", "##[error]x", "##vso[task.setvariable]x",
    "%0A::error::", "%0D%0A", "%25", "${{ github.token }}", "$(id)", "'\u{301}; id #", "a,b;c:d%25",
    "name<<EOF\nx\nEOF",
  ]

  private static let markdown = [
    "a|b", "||", "\\|", "|\u{301}", "| - |", "`rm`", "```\n```", "~~~", "~~s~~", "**b**", "__b__", "*", "# h",
    "- l", "+ l", "1. x", "> q", "- [ ] x", "---", "===", "    code", "[a](http://b)", "[a]: http://b",
    "[^1]",
    "![i](http://x)", "[x](javascript:alert(1))", "javascript:alert(1)", "](\u{301}", "http://evil.example/x",
    "<http://evil.example>", "ftp://evil.example", "mailto:a@b.example", "www.evil.example", "a@b.example",
    "@everyone", "@org/team", "#123", "o/r#1", "GH-12", "!12", "%12", "&12", "~label", ":smile:", ":+1:",
    ":100:",
    "$x$", "{0}", "{12}", "{1\u{301}}", "\\",
  ]

  private static let markup = [
    "<script>alert(1)</script>", "<a href=\"javascript:alert(1)\">x</a>", "<img src=x onerror=alert(1)>",
    "<svg/onload=x>", "x\" onload=\"y", "' or", "</code><b>", "</details>", "</sub>", "<br>", "<!-- x", "-->",
    "--><script>", "<!-- slogate:sticky -->", "]]>", "<![CDATA[x", "<?xml?>", "<!DOCTYPE x>", "<\u{301}b>",
    "&amp;", "&lt;script&gt;", "&#64;a", "&\u{301}amp;",
  ]

  private static let syntax = [
    "\"quoted\\\"", "\"\u{301}", "\\\u{301}", "{}[],:", "=1+1", "\\n", "\\u0022", "# EOF", "} 1\n# EOF", "",
  ]

  private static let lookalikes = [
    "\u{202e}gpj.exe", "\u{2066}x\u{2069}", "\u{200f}", "\u{61c}", "sea\u{200d}rch", "\u{feff}bom",
    "\u{FFFE}",
    "tag\u{E0041}", "z\u{300}\u{301}\u{302}\u{334}", "\u{301}", "👩‍💻🚀🇩🇪", "日本語",
  ]

  /// A blocked release with findings of every kind.
  private static let base = Result { () throws -> Verdict in
    var verdict = try Scenes.blocked.verdict()
    let (drifted, unruly) = (try Scenes.drifted.verdict(), try Scenes.unruly.verdict())
    verdict.findings += drifted.findings.filter { $0.outcome == .regressed }.map { finding in
      var finding = finding
      finding.series.profile = "soak"
      return finding
    }
    verdict.rules = unruly.rules
    verdict.commonFactors = unruly.commonFactors
    verdict.comparisons += unruly.comparisons.filter { $0.obstacle != nil }
    verdict.budgetReview = drifted.budgetReview
    return verdict
  }

  /// That release with the same words everywhere, each with the name of its spot behind it.
  static func verdict(_ text: String, at spots: [Spot] = Spot.allCases) throws -> Verdict {
    var verdict = try base.get()
    for spot in spots { spot.put(text + spot.rawValue, into: &verdict) }
    return verdict
  }

  /// That release with a text in one spot.
  static func verdict(_ text: String, in spot: Spot) throws -> Verdict {
    var verdict = try base.get()
    spot.put(text, into: &verdict)
    return verdict
  }

  /// Where a verdict holds words of others.
  enum Spot: String, CaseIterable {
    case endpoint, metric, profile, branch, sha, reference, service, environment, sizing, sizingKey, setting
    case settingKey, path, limitFile, limitOwner, waiverOwner, waiverReason, waivedKey, notice, warning, gap,
      remedy
    case runFailure, rule, ruleEndpoint, ruleFile, ruleOwner, ruleRemedy, unbudgeted, obstacle, anchor
    case acceptedBy, level, seenBefore, changedOwner, commitSubject, commitAuthor

    func put(_ text: String, into verdict: inout Verdict) {
      switch self {
      case .branch: verdict.commit.branch = text
      case .sha: verdict.commit.sha = text
      case .reference: verdict.reference = text
      case .service: verdict.service = text
      case .environment: verdict.environment.name = text
      case .sizing: verdict.environment.sizing["stage"] = text
      case .sizingKey: verdict.environment.sizing[text] = "1"
      case .setting: verdict.runs[0].run.settings["pool"] = text
      case .settingKey: verdict.runs[0].run.settings[text] = "1"
      case .path: verdict.runs[0].run.reading.source.path = text
      case .waivedKey:
        for index in verdict.waivers.unused.indices { verdict.waivers.unused[index].endpoint = text }
      case .notice: verdict.notices = ["results/run-1.json: \(text)", text]
      case .warning: verdict.warnings = ["results/run-1.json: \(text)", text]
      case .gap: verdict.gaps.append(text)
      case .runFailure: verdict.runs[0].run.reading.failure = text
      case .obstacle:
        if !verdict.comparisons.isEmpty { verdict.comparisons[verdict.comparisons.count - 1].obstacle = text }
      case .commitSubject, .commitAuthor: putCommit(text, into: &verdict)
      case .changedOwner: putChange(text, into: &verdict)
      case .rule, .ruleEndpoint, .ruleFile, .ruleOwner, .ruleRemedy: putRule(text, into: &verdict)
      default: putFinding(text, into: &verdict)
      }
    }

    /// What git says of the commit judged, which is a story's beginning.
    private func putCommit(_ text: String, into verdict: inout Verdict) {
      let sha = verdict.commit.sha
      var commit = verdict.context.commits[sha] ?? CommitDescription(subject: "", author: "")
      if self == .commitSubject { commit.subject = text } else { commit.author = text }
      verdict.context.commits = [sha: commit]
    }

    private func putChange(_ text: String, into verdict: inout Verdict) {
      guard var change = verdict.budgetReview?.diff.limits.first else { return }
      change.before?.owner = text
      change.after?.owner = text
      change.limit.owner = text
      verdict.budgetReview?.diff.limits[0] = change
    }

    private func putRule(_ text: String, into verdict: inout Verdict) {
      func first(_ outcome: Finding.Outcome) -> Int? { verdict.rules.firstIndex { $0.outcome == outcome } }
      guard let over = first(.over), let missing = first(.missing) else { return }
      switch self {
      case .rule: verdict.rules[over].rule.text = text
      case .ruleEndpoint: verdict.rules[over].endpoint = text
      case .ruleFile: verdict.rules[over].rule.place.file = text
      case .ruleOwner: verdict.rules[over].rule.owner = text
      default: verdict.rules[missing].remedy = text
      }
    }

    private func putFinding(_ text: String, into verdict: inout Verdict) {
      func first(_ holds: (Finding) -> Bool) -> Int { verdict.findings.firstIndex(where: holds) ?? 0 }
      let over = first { $0.outcome == .over }
      let stepped = first { $0.regression?.level?.acceptance != nil }
      switch self {
      case .endpoint: verdict.findings[over].series.endpoint = text
      case .metric: verdict.findings[over].series.metric = text
      case .profile: verdict.findings[over].series.profile = text
      case .limitFile: verdict.findings[over].budget?.limit.place.file = text
      case .limitOwner:
        verdict.findings[over].budget?.limit.owner = text
        verdict.findings[over].owner = nil
      case .waiverOwner: verdict.findings[first { $0.outcome == .waived }].budget?.waiver?.owner = text
      case .waiverReason: verdict.findings[first { $0.outcome == .waived }].budget?.waiver?.reason = text
      case .remedy: verdict.findings[first { $0.outcome == .missing }].budget?.remedy = text
      case .unbudgeted:
        verdict.findings[first { $0.budget == nil && $0.series.endpoint != "*" }].series.endpoint = text
      case .anchor: verdict.findings[first { $0.creep?.outcome == .over }].creep?.anchor = text
      case .seenBefore:
        let index = first { $0.outcome == .warn && $0.regression?.outcome == RegressionFinding.Outcome.none }
        verdict.findings[index].regression?.seenBefore = [text]
        verdict.findings[index].past?.novelty = .seenBefore([text])
      case .level: verdict.findings[stepped].regression?.level?.since?.sha = text
      case .acceptedBy:
        guard var acceptance = verdict.findings[stepped].regression?.level?.acceptance else { return }
        acceptance.by = text
        verdict.findings[stepped].regression?.level?.ground = .accepted(acceptance)
      default: break
      }
    }

    /// Whether no more than its beginning is ever shown.
    var isAbbreviated: Bool { [.sha, .level, .seenBefore].contains(self) }
  }
}
