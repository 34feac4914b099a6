import SLOModel
public import SLOStatistics
import SLOSupport

/// The judgements of cases as JSON Lines, one object a case. `p` is the chance of a value this bad if nothing
/// changed, null where nothing could be judged.
public func jsonLines(of judged: [(name: String, judgement: Judgement)]) -> String {
  judged.reduce(into: "") { text, found in
    let isJudged = found.judgement.outcome != .insufficient
    text +=
      JSONText.object([
        ("case", .string(found.name)), ("verdict", .string(verdict(on: found.judgement))),
        ("p", .number(isJudged ? found.judgement.p : nil)),
        ("change", .number(found.judgement.change?.relative)),
      ]).line
  }
}

private func verdict(on judgement: Judgement) -> String {
  switch judgement.outcome {
  case .worse: "regression"
  case .better: "improvement"
  case .none: "ok"
  case .insufficient: "inconclusive"
  }
}
