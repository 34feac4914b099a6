import TestSupport
import Testing

@testable import SLOModel

@Suite("Names of addresses")
struct NamingTests {
  @Test(
    "Neither scheme, user, host, port, query nor fragment is part of a name",
    arguments: [
      "http://shop.example/users/42/orders", "https://shop.example:8443/users/17/orders",
      "http://localhost:43210/users/9/orders?page=2#top", "https://jo:secret@h/users/1/orders?t=x",
      "/users/5/orders", "//h/users/5/orders",
    ])
  func parts(text: String) {
    let name = EndpointAddress(text)?.name()
    #expect(name == (text.hasPrefix("//") ? "//h/users/{id}/orders" : "/users/{id}/orders"))
  }

  @Test("A host that a budget file names is part of the path, by its port before all its ports")
  func hosts() {
    let rules = NamingRules(hosts: ["Admin.example": "admin", "localhost:3001": "api", "shop.example": ""])
    func name(_ text: String) -> String? { EndpointAddress(text, by: rules)?.name() }
    #expect(name("https://admin.example:8443/health") == "admin/health")
    #expect(name("http://localhost:3001/health") == "api/health")
    #expect(name("http://localhost:3002/health") == "/health")
    #expect(name("https://shop.example/health") == "/health")
  }

  @Test("Of a page a budget file may keep parameters, in its own order; of requests none is kept")
  func queries() {
    let rules = NamingRules(queries: ["/search": ["q", "lang"], "/s*": ["page"]])
    let url = "https://h/search?utm=x&lang=de&q=shoes#top"
    #expect(EndpointAddress(url, by: rules, isPage: true)?.name() == "/search?q=shoes&lang=de")
    #expect(EndpointAddress(url, by: rules)?.name() == "/search")
    #expect(EndpointAddress("https://h/shop?page=2&q=x", by: rules, isPage: true)?.name() == "/shop?page=2")
    #expect(EndpointAddress("https://h/search?quiet=1", by: rules, isPage: true)?.name() == "/search")
  }

  @Test(
    "What gives access is an identifier",
    arguments: [
      "/reset/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
      "/cart;jsessionid=A1", "/cart;jsessionid=1F2E3D4C5B6A.node1", "/v1/AKIAIOSFODNN7EXAMPLE",
      "/hook/sk_live_abcdefgh", "/hook/ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    ])
  func secrets(path: String) throws {
    let name = try #require(EndpointAddress(path)).name()
    #expect(name.hasSuffix("{token}"), "\(name)")
    #expect(EndpointAddress(name)?.name() == name)
  }

  @Test(
    "Addresses that two hosts have carry their host, those of two methods their method, however many there are"
  )
  func book() throws {
    func address(_ text: String, _ method: String? = nil) throws -> EndpointAddress {
      var address = try #require(EndpointAddress(text))
      address.method = method
      return address
    }
    let addresses = try [
      address("http://a.example/x", "GET"), address("http://b.example/x", "GET"),
      address("http://b.example/x", "POST"), address("http://b.example/y", "POST"),
      address("http://a.example/z", "GET"), address("http://a.example/z", "PUT"),
    ]
    let names = [
      "a.example/x", "GET b.example/x", "POST b.example/x", "/y", "GET /z", "PUT /z",
    ]
    for order in [addresses, addresses.reversed(), addresses + addresses.reversed()] {
      #expect(addresses.map(AddressBook(order).name) == names)
    }
    #expect(AddressBook(addresses).sharedHosts == ["a.example", "b.example"])
  }

  @Test("An unrelated address changes the name of no other", arguments: 1...8 as ClosedRange<UInt64>)
  func unrelated(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func address() -> EndpointAddress {
      EndpointAddress(
        method: ["GET", "POST", nil].randomElement(using: &random) ?? nil,
        host: ["a", "b", nil].randomElement(using: &random) ?? nil,
        path: "/\(Int.random(in: 0..<4, using: &random))")
    }
    for _ in 0..<200 {
      let addresses = (0..<6).map { _ in address() }
      let other = EndpointAddress(method: "GET", host: "c", path: "/other")
      let (before, after) = (
        AddressBook(addresses), AddressBook(addresses.shuffled(using: &random) + [other])
      )
      #expect(addresses.map(before.name) == addresses.map(after.name))
    }
  }

  @Test("Canonically equal names are one text, byte for byte")
  func composed() {
    let forms = ["caf\u{e9}", "cafe\u{301}"]
    #expect(
      forms.map { Array(ComposedText.composed($0).utf8) } == [Array(forms[0].utf8), Array(forms[0].utf8)])
    #expect(
      Array(ComposedText.composed("\u{212A} \u{2126} \u{1100}\u{1161}").unicodeScalars) == [
        "K", " ", "\u{3A9}", " ", "\u{AC00}",
      ])
    #expect(EndpointPattern("caf*e\u{301}").text.utf8.elementsEqual("caf*\u{e9}".utf8))
  }

  @Test("What a history keeps of an endpoint comes back as it was")
  func recordedTags() {
    var reading = Reading(profile: "p", source: .init(path: "", format: "", sha256: ""))
    reading.endpointTags = [
      "/x": "name", "POST a.example/y": "url", "search": "endpoint", "odd": "my tag", "n": "",
    ]
    reading.addresses = [
      "/x": EndpointAddress(method: "GET", host: "a.example", path: "/x"),
      "admin/z": EndpointAddress(method: "PUT", path: "admin/z"),
      "/w": EndpointAddress(host: "", path: "/w"),
    ]
    var other = Reading(profile: "p", source: .init(path: "", format: "", sha256: ""))
    other.recordedTags = reading.recordedTags
    #expect(other.endpointTags == reading.endpointTags && other.addresses == reading.addresses)
    #expect(reading.recordedTags["/x"] == "name GET @a.example")
    for text in ["POST", "@host", "a @b", " @h", "x GET", ""] {
      other.recordedTags = ["e": text]
      #expect(other.recordedTags == ["e": text])
    }
  }
}

@Suite("Addresses in untrusted texts")
struct AddressTextTests {
  @Test(
    "Users, queries and fragments are left out, and the rest stays",
    arguments: [
      ("see (https://jo:pw@h.example/a?t=SECRET#SECRET), then", "see (https://h.example/a), then"),
      ("https://h/a?t=SECRET.", "https://h/a."), ("h/a?token=SECRET", "h/a"), ("/a?b", "/a"),
      ("jo:SECRET@db.example:5432", "db.example:5432"), ("jo@example.com", "jo@example.com"),
      ("really? yes", "really? yes"), ("a#b", "a#b"), ("p(95)<500", "p(95)<500"), ("search", "search"),
      ("postgres://u:SECRET@h/db?x=SECRET", "postgres://h/db"),
      ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_", "Bearer {token}"),
      ("say \"https://h/?q=SECRET\"", "say \"https://h/\""), ("søk/日本?", "søk/日本?"),
    ])
  func cleaned(text: String, expected: String) {
    #expect(AddressText.cleaned(text) == expected)
    #expect(AddressText.cleaned(expected) == expected)
  }
}

@Suite("Names by which budgets speak of endpoints")
struct BudgetNamesTests {
  @Test(
    "An entry for a path reaches its methods, kept queries and hosts without a name",
    arguments: [
      ("search", ["search"]), ("/orders", ["/orders"]), ("POST /orders", ["POST /orders", "/orders"]),
      ("shop.example/x", ["shop.example/x", "/x"]), ("localhost/x", ["localhost/x", "/x"]),
      ("POST shop.example/x", ["POST shop.example/x", "shop.example/x", "POST /x", "/x"]),
      ("admin/health", ["admin/health"]), ("GET admin/health", ["GET admin/health", "admin/health"]),
      ("eu.admin/health", ["eu.admin/health"]), ("/search?q=a", ["/search?q=a", "/search"]),
      ("a/b", ["a/b"]), ("POST orders", ["POST orders"]), ("Checkout / Pay", ["Checkout / Pay"]),
    ])
  func names(endpoint: String, expected: [String]) {
    #expect(BudgetNames.names(of: endpoint, hosts: ["admin", "eu.admin"]) == expected)
  }
}
