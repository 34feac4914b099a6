/// A table with a caption that can be moved sideways where the screen is too narrow for it.
struct PageTable {
  /// A column with its title.
  struct Column {
    let title: String
    /// What kind of cells it has, as a class: `n` for figures, `wide` for what narrow screens leave out.
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
  /// Whether it fits every screen, because of what it leaves out there.
  var isFitting = false

  /// A table of rows that no title divides.
  init(caption: String, columns: [Column], rows: [[HTML]]) {
    self.init(caption: caption, columns: columns, groups: rows.isEmpty ? [] : [Group(rows: rows)])
  }

  init(caption: String, columns: [Column], groups: [Group], isFitting: Bool = false) {
    self.caption = caption
    self.columns = columns
    self.groups = groups
    self.isFitting = isFitting
  }

  var html: HTML {
    guard !groups.isEmpty else { return .empty }
    let table = HTML.element(
      "table", [:],
      [
        .element("caption", HTML(caption)), .element("thead", .element("tr", [:], columns.map(head))),
      ] + groups.map(body))
    guard !isFitting else { return table }
    return .element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption], table)
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
