import SLOGate
import SLOStatistics

extension Finding {
  /// Whether anything was said of it: it has a budget, or was held against its history.
  var isJudged: Bool { budget != nil || regression?.judgement?.p != nil || creep?.judgement.p != nil }
}
