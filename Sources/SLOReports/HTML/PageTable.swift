/// A table with a caption that can be moved sideways where the screen is too narrow for it.
struct PageTable {
  /// A column with its title.
  struct Column {
    let title: String
    /// What kind of cells it has, as a class: `n` for figures, `wide` for what narrow screens leave out.
    var kind = ""
  }

  let caption: String
  let columns: [Column]
  /// The cells, the first of each row its head.
  let rows: [[HTML]]
  /// Whether the caption is for those alone who cannot see what stands around it.
  var hidesCaption = false
  /// Whether it fits every screen, because of what it leaves out there.
  var isFitting = false

  var html: HTML {
    guard !rows.isEmpty else { return .empty }
    let table = HTML.element(
      "table", [:],
      [
        .element("caption", hidesCaption ? ["class": "unseen"] : [:], HTML(caption)),
        .element("thead", .element("tr", [:], columns.map(head))),
        .element("tbody", [:], rows.map(row)),
      ])
    guard !isFitting else { return table }
    return .element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption], table)
  }

  private func head(_ column: Column) -> HTML {
    column.kind.isEmpty
      ? .element("th", ["scope": "col"], HTML(column.title))
      : .element("th", ["scope": "col", "class": column.kind], HTML(column.title))
  }

  private func row(_ cells: [HTML]) -> HTML {
    .element(
      "tr", [:],
      zip(cells, columns).enumerated().map { index, cell in
        let kind = cell.1.kind
        if index == 0 { return .element("th", ["scope": "row"], cell.0) }
        return kind.isEmpty ? .element("td", cell.0) : .element("td", ["class": kind], cell.0)
      })
  }
}
