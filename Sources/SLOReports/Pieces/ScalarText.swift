/// A text with some scalars written otherwise.
///
/// It goes by scalars and not by characters: a mark on a bracket makes another character of it, and markup all the same.
/// - Parameter replacement: what stands for a scalar; nil where it stays.
func replacingScalars(in text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
  text.unicodeScalars.reduce(into: "") { written, scalar in
    if let other = replacement(scalar) { written += other } else { written.unicodeScalars.append(scalar) }
  }
}
