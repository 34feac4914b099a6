/// A table with a caption that can be moved sideways where the screen is too narrow for it, or whose rows are cards
/// there.
struct PageTable {
  /// A column with its title.
  struct Column {
    let title: String
    /// What kind of cells it has, as a class: `n` for figures.
    var kind = ""
  }

  /// Rows that belong together.
  struct Group {
    /// What is above them; nil for rows that are all of the table.
    var title: HTML?
    /// The cells, the first of each row its head.
    let rows: [[HTML]]
  }

  let caption: String
  let columns: [Column]
  let groups: [Group]
  /// Whether each row is a card on a narrow screen: the table has the columns of `FigureColumns`.
  var isStacked = false

  /// A table of rows that no title divides.
  init(caption: String, columns: [Column], rows: [[HTML]], isStacked: Bool = false) {
    self.init(
      caption: caption, columns: columns, groups: rows.isEmpty ? [] : [Group(rows: rows)],
      isStacked: isStacked)
  }

  init(caption: String, columns: [Column], groups: [Group], isStacked: Bool = false) {
    self.caption = caption
    self.columns = columns
    self.groups = groups
    self.isStacked = isStacked
  }

  var html: HTML {
    guard !groups.isEmpty else { return .empty }
    let parts =
      [
        .element("caption", HTML(caption)), .element("thead", .element("tr", [:], columns.map(head))),
      ] + groups.map(body)
    return .element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
      isStacked ? .element("table", ["class": "stack"], parts) : .element("table", [:], parts))
  }

  private func head(_ column: Column) -> HTML {
    column.kind.isEmpty
      ? .element("th", ["scope": "col"], HTML(column.title))
      : .element("th", ["scope": "col", "class": column.kind], HTML(column.title))
  }

  private func body(_ group: Group) -> HTML {
    let title = group.title.map {
      HTML.element(
        "tr", .element("th", ["scope": "rowgroup", "colspan": "\(columns.count)", "class": "group"], $0))
    }
    return .element("tbody", [:], (title.map { [$0] } ?? []) + group.rows.map(row))
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
