import SLOBudgets

extension Limit {
  /// Where a person can change the limit; nil for the built-in ones, which no file holds.
  var writtenPlace: Place? { place.line == 0 ? nil : place }
}
