internal import SLOModel
internal import SLOSupport

/// One row of a view. What is `null` or empty is absent.
///
/// Its messages never show what a row says: in a damaged file any of it may be the text of a query.
struct ViewRow {
  private enum Content {
    case csv(UnsafeRawBufferPointer, [Range<Int>], ViewTable.CSVLayout, start: Int, file: String)
    case object(JSONObject)
  }

  private let content: Content

  /// A row of CSV. It must not be used after the text is gone.
  init(
    _ text: UnsafeRawBufferPointer, _ fields: [Range<Int>], _ layout: ViewTable.CSVLayout, start: Int,
    file: String
  ) {
    content = .csv(text, fields, layout, start: start, file: file)
  }

  /// A row of JSON.
  init(_ object: JSONObject) { content = .object(object) }

  /// The text of the first of some columns that has one.
  func text(_ columns: StaticString...) throws(InputError) -> String? {
    for column in columns {
      switch content {
      case .csv(let text, let fields, let layout, _, _):
        guard let place = layout.places[column.description] else { continue }
        let said = CSVFields.unquoted(text[fields[place]])
        if !said.isEmpty { return said }
      case .object(let object):
        guard let value = object[column] else { continue }
        switch value.kind {
        case .string:
          let said = try value.string()
          if !said.isEmpty { return said }
        case .boolean: return try value.boolean() ? "t" : "f"
        case .number: return value.written
        default: throw error(at: value, found: value.kind.rawValue, expected: "a text")
        }
      }
    }
    return nil
  }

  /// The number in the first of some columns that has one.
  /// - Throws: `malformed` for what is no number, or is none that a value of the unit can be.
  func number(_ unit: MetricUnit, _ columns: StaticString...) throws(InputError) -> Double? {
    for column in columns {
      guard let number = try number(in: column) else { continue }
      guard unit.possibleValues.contains(number) else {
        throw error(
          in: column, found: "\(number) in the column \(column)", expected: ImpossibleValue.expected(unit),
          remedy: "take the snapshot again: an overflow or a damaged file wrote it; it cannot be judged")
      }
      return number
    }
    return nil
  }

  /// An error at a column, or at the row.
  func error(
    in column: StaticString? = nil, found: String, expected: String,
    remedy: String = "write the file again, as in psql --csv -c '…' > FILE"
  ) -> InputError {
    switch content {
    case .csv(let text, let fields, let layout, let start, let file):
      let place = column.flatMap { layout.places[$0.description] }
      let offset = place.flatMap { $0 < fields.count ? fields[$0].lowerBound : nil } ?? start
      let (line, column) = JSONPlace.lineAndColumn(of: offset, in: text)
      return InputError(
        .malformed, file: file, place: .text(line: line, column: column, path: nil), found: found,
        expected: expected, remedy: remedy)
    case .object(let object):
      return error(
        at: column.flatMap { object[$0] } ?? object.value, found: found, expected: expected, remedy: remedy)
    }
  }

  private func error(
    at value: JSONValue, found: String, expected: String,
    remedy: String = "write the file again, as in psql -At -c 'SELECT json_agg(…) …' > FILE"
  ) -> InputError {
    value.error(found: found, expected: expected, remedy: remedy)
  }

  private func number(in column: StaticString) throws(InputError) -> Double? {
    let number: WrittenNumber?
    switch content {
    case .csv(let text, let fields, let layout, _, _):
      guard let place = layout.places[column.description] else { return nil }
      let field = text[fields[place]]
      let isQuoted = field.first == UInt8(ascii: "\"") && field.count > 1
      number = WrittenNumber(
        UnsafeRawBufferPointer(rebasing: isQuoted ? field.dropFirst().dropLast() : field))
    case .object(let object):
      guard let value = object[column] else { return nil }
      if value.kind == .number { return try value.number() }
      // Some clients write whole numbers of 64 bits as text.
      var text = value.kind == .string ? try value.string() : "no number"
      number = text.withUTF8 { WrittenNumber(UnsafeRawBufferPointer($0)) }
    }
    guard let number else {
      throw error(in: column, found: "no number in the column \(column)", expected: "a number, or nothing")
    }
    return number.value.isNaN ? nil : number.value
  }
}

extension JSONValue {
  /// A number as it is written: as a double, an identifier of 64 bits would lose its last digits.
  fileprivate var written: String {
    document.withBytes(offset..<document.end(ofValueAt: offset)) { String(decoding: $0, as: UTF8.self) }
  }
}
