import SLOModel

/// Text that strangers chose as character data or an attribute's value of XML, without what a reader could not see.
func xml(_ text: String) -> String {
  VisibleText.escaped(text).unicodeScalars.reduce(into: "") { escaped, scalar in
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
}
