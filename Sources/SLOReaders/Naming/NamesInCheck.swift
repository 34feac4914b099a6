internal import SLOModel
internal import SLOSupport

/// Gives the addresses of all results of a check their names.
///
/// Names are distinguished within a profile, whose results are held against one another: what another profile
/// measured changes none of them.
enum NamesInCheck {
  /// The readings under the names they have together; the first of a profile whose hosts share a path says how to
  /// name these for good.
  static func settled(_ readings: [Reading]) -> [Reading] {
    var books: [String: AddressBook] = [:]
    for reading in readings {
      for address in reading.addresses.values {
        books[reading.profile, default: AddressBook()].insert(address)
      }
    }
    var told: Set<String> = []
    return readings.map { reading in
      guard let book = books[reading.profile], !reading.addresses.isEmpty else { return reading }
      var settled = reading
      settled.rename(reading.addresses.mapValues(book.name))
      let hosts = book.sharedHosts.sorted()
      if !hosts.isEmpty, told.insert(reading.profile).inserted { settled.notices.append(notice(hosts)) }
      return settled
    }
  }

  private static func notice(_ hosts: [String]) -> String {
    let shown = hosts.prefix(6).map { UntrustedText.escaped($0) }
    let names = zip(shown, names(of: Array(shown))).map { "\(quoted($0)): \(quoted($1))" }
    let more = hosts.count > 6 ? " and \(hosts.count - 6) more" : ""
    return
      "\(shown.joined(separator: ", "))\(more) have paths in common, so that their host is put in front of these;"
      + " a budget file names them for good with hosts: { \(names.joined(separator: ", ")) }"
  }

  /// A short name for each host: its first label where that is a word of its own, else all of it.
  private static func names(of hosts: [String]) -> [String] {
    let labels = hosts.map { String($0.prefix { $0 != "." }) }
    return zip(hosts, labels).map { host, label in
      let isWord = label.utf8.first?.isLetter == true && label != "www"
      return isWord && labels.count { $0 == label } == 1 ? label : host
    }
  }

  private static func quoted(_ text: String) -> String {
    let isPlain =
      text.utf8.first?.isLetter == true
      && text.utf8.allSatisfy {
        $0.isLetter || $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
      }
    return isPlain ? text : "\"\(text)\""
  }
}
