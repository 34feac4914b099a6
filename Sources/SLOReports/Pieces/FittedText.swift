/// Aligned cells no wider than a terminal, where the columns after the mark, endpoint and metric, can give way.
func fitted(_ rows: [[String]], right: Set<Int>, to width: Int) -> [String] {
  var rows = rows
  for column in [2, 1] {
    let excess = (aligned(rows, right: right).map(columns).max() ?? 0) - width
    guard excess > 0 else { break }
    let room = max(16, (rows.map { columns(of: $0[column]) }.max() ?? 0) - excess)
    for index in rows.indices { rows[index][column] = shortened(rows[index][column], to: room) }
  }
  return aligned(rows, right: right)
}
