internal import SLOModel

/// sitespeed.io's budget.json: sections of figures for every page, and such sections under the address or the alias of
/// a page, which go before the general ones figure by figure, as entries of `pages` do.
struct SitespeedImport {
  /// The form factor they are limits of.
  let profile: String

  /// - Parameter profile: a profile of pages or a form factor; nil or any other is both.
  init(profile: String?) { self.profile = FormFactor.group(of: profile) }

  /// Whether a document is such a budget: sections with numbers, for every page or for one.
  static func recognises(_ root: YAMLNode) -> Bool {
    guard let budget = root["budget"] else { return false }
    return hasFigures(budget) || budget.pairs.contains { hasFigures($0.value) }
  }

  private static func hasFigures(_ sections: YAMLNode) -> Bool {
    sections.pairs.contains { section in
      SitespeedFigure.sections.contains(section.key.value)
        && section.value.pairs.contains { $0.value.number != nil }
    }
  }

  /// Takes all sections.
  func add(_ root: YAMLNode, to draft: inout BudgetDraft) {
    for pair in root["budget"]?.pairs ?? [] {
      let name = pair.key.value
      if SitespeedFigure.sections.contains(name) {
        add(pair, of: "*", to: &draft)
      } else if pair.value.pairs.contains(where: { !$0.value.pairs.isEmpty }) {
        let page = page(pair.key, &draft)
        for section in pair.value.pairs { add(section, of: page, to: &draft) }
      } else {
        draft.remark("'\(SitespeedImport.shown(name))' has no counterpart", at: pair.key.place)
      }
    }
    for pair in root.pairs where pair.key.value != "budget" {
      draft.remark("'\(pair.key.value)' has no counterpart", at: pair.key.place)
    }
  }

  /// The path of an address, without its query, which may hold secrets; an alias as it is.
  private func page(_ key: Placed<String>, _ draft: inout BudgetDraft) -> String {
    let address = URLPattern.withoutHost(key.value)
    let path = String(address.prefix { $0 != "?" && $0 != "#" })
    if path != address {
      draft.remark("\(path): the page is taken whatever its query or fragment", at: key.place)
    }
    if !path.hasPrefix("/") {
      draft.remark(
        "'\(path)' is taken for the name of a page; where it is an alias, write the path of the page instead",
        at: key.place)
    }
    return path
  }

  private func add(_ section: YAMLNode.Pair, of page: String, to draft: inout BudgetDraft) {
    let name = section.key.value
    guard SitespeedFigure.sections.contains(name), !section.value.pairs.isEmpty else {
      return draft.remark("'\(SitespeedImport.shown(name))' is no section of figures", at: section.key.place)
    }
    for pair in section.value.pairs {
      let place = pair.key.place
      guard let value = pair.value.number else {
        draft.remark("\(name).\(pair.key.value): no number, found \(pair.value.kind)", at: place)
        continue
      }
      guard let figure = SitespeedFigure.figure(name, pair.key.value) else {
        draft.remark("\(name).\(pair.key.value): pages have no such figure", at: place)
        continue
      }
      draft.add(
        BudgetDraft.Wish(
          target: .page(page), profile: profile, key: figure.key,
          comparison: figure.isScore ? .atLeast : nil, value: figure.bound(of: value),
          origin: "\(name).\(pair.key.value) \(BoundText.decimal(value))", place: place))
    }
  }

  /// A key for a message: of an address the path alone.
  private static func shown(_ key: String) -> Substring {
    URLPattern.withoutHost(key).prefix { $0 != "?" && $0 != "#" }
  }
}
