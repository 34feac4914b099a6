/// Aligned cells no wider than a terminal.
/// - Parameter giving: the columns that can give way, the first to do so first; those that rows lack are left out. By
///   default metric and endpoint, which come after a mark.
func fitted(
  _ rows: [[String]], right: Set<Int>, to width: Int, giving: [Int] = [2, 1]
) -> [String] {
  var rows = rows
  for column in giving where rows.allSatisfy({ $0.count > column }) {
    let excess = (aligned(rows, right: right).map(columns).max() ?? 0) - width
    guard excess > 0 else { break }
    let room = max(16, (rows.map { columns(of: $0[column]) }.max() ?? 0) - excess)
    for index in rows.indices { rows[index][column] = shortened(rows[index][column], to: room) }
  }
  return aligned(rows, right: right)
}
