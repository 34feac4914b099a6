/// How a text report looks: in colour or not, and how wide.
public struct TextStyle: Sendable {
  /// Whether to write ANSI colours.
  public var isColoured: Bool
  /// Columns of the terminal.
  public var width: Int

  /// Creates a style; widths below 40 columns are taken as 40.
  public init(isColoured: Bool, width: Int) {
    self.isColoured = isColoured
    self.width = max(40, width)
  }

  enum Colour: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case bold = "1"
    case dim = "2"
  }

  func paint(_ text: String, _ colours: Colour...) -> String {
    guard isColoured, !colours.isEmpty else { return text }
    return "\u{1b}[\(colours.map(\.rawValue).joined(separator: ";"))m\(text)\u{1b}[0m"
  }
}
