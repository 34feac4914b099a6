import SLOBudgets
import SLOGate
import SLOModel
import SLOSupport

/// What every report says of the limits of a finding, whichever kind decided.
extension Finding {
  /// Whether a limit of any kind is exceeded, one that only warns among them.
  var isBeyondLimit: Bool {
    [.over, .warn].contains(budget?.outcome) || [.over, .warn].contains(relative?.outcome)
      || script?.isCrossed == true
  }

  /// Whether it is reported by slow drift alone, which is neither new nor unlike the commits before.
  var isCrept: Bool {
    creep?.outcome == .over && regression?.effect != .blocks && !isBeyondLimit && budget?.outcome != .waived
  }

  /// Where the limit that decided is written; nil where none is.
  var writtenPlace: Place? {
    decidedByChange ? relative?.limit.place : budget?.limit.writtenPlace ?? relative?.limit.place
  }

  /// Who answers for it: the owner of its entry in the budget files, else of the limit that decided.
  var responsible: String? { owner ?? (decidedByChange ? relative?.limit.owner : budget?.limit.owner) }

  /// Why it could not be judged, and what to do about it.
  var remedy: String? { budget?.remedy ?? relative?.remedy }

  /// The limit that is exceeded, where that is none of a budget on the value: the bound that follows for the change,
  /// or the thresholds of the script.
  var otherLimit: String? {
    guard budget?.outcome != .over else { return nil }
    if decidedByChange, let bound = relative?.bound {
      return "\(relative?.limit.change == .increase ? "<=" : ">=") \(quantity(ofLimit: bound, unit))"
    }
    guard let script, script.isCrossed else { return nil }
    return VisibleText.escaped(script.expressions.joined(separator: ", "))
  }

  private var decidedByChange: Bool {
    guard let relative, [.over, .warn, .waived].contains(relative.outcome) else { return false }
    return ![.over, .warn, .waived].contains(budget?.outcome)
  }
}
