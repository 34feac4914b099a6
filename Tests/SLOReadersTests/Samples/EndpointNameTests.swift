import SLOModel
import Testing

@testable import SLOReaders

@Suite("Endpoint names from URLs")
struct EndpointNameTests {
  private func name(_ value: String) -> String { EndpointName(collapsing: value).name }

  @Test(
    "A URL is its path; query, fragment and user info are left out",
    arguments: [
      ("http://shop.example/cart", "/cart"), ("https://shop.example:8443/cart/items", "/cart/items"),
      ("https://shop.example/search?q=two words&page=2", "/search"), ("https://shop.example/a#b?c", "/a"),
      ("https://jo:secret@shop.example/cart", "/cart"), ("https://a@b@shop.example/", "/"),
      ("https://shop.example", "/"), ("https://shop.example?q=1", "/"), ("wss://h/live", "/live"),
      ("grpc://h:50051/shop.v1.Cart/AddItem", "/shop.v1.Cart/AddItem"), ("file:///srv/report", "/srv/report"),
      ("/cart", "/cart"), ("/search?q=1", "/search"), ("/", "/"), ("//double//slash", "//double//slash"),
      ("/cart/", "/cart/"), ("https://h/http://other/x?y", "/http://other/x"),
      ("/søk/日本語", "/søk/日本語"), ("/a%20b/%E6%97%A5", "/a%20b/%E6%97%A5"),
    ])
  func addresses(value: String, expected: String) { #expect(name(value) == expected) }

  @Test(
    "The host is kept apart, in lower case and without user info",
    arguments: [
      ("http://Shop.Example:8080/cart", "shop.example:8080"), ("https://jo:secret@h/cart", "h"),
      ("http://[::1]:18080/x", "[::1]:18080"), ("POST https://h/x", "h"), ("http://h?mail=a@b", "h"),
      ("file:///srv/report", nil), ("/cart", nil), ("GET /cart", nil), ("checkout", nil),
    ])
  func hosts(value: String, expected: String?) {
    #expect(EndpointName(collapsing: value).host == expected)
  }

  @Test(
    "Where several hosts have a path, they stand in front of it, without port",
    arguments: [
      ("http://a/users/17", "a/users/{id}"), ("GET http://a:80/users", "GET a/users"),
      ("/users", "/users"), ("GET /users", "GET /users"), ("checkout", nil),
    ])
  func namesWithHosts(value: String, expected: String?) {
    #expect(EndpointAddress(value)?.name(withHost: true) == expected)
  }

  @Test(
    "A method in front stays",
    arguments: [
      ("GET /users/17?x=1", "GET /users/{id}"), ("POST https://h/orders/9", "POST /orders/{id}"),
      ("DELETE https://h", "DELETE /"), ("GET /GET /17", "GET /GET /{id}"),
    ])
  func methods(value: String, expected: String) { #expect(name(value) == expected) }

  @Test(
    "Names that people gave come back byte for byte",
    arguments: [
      "", "search", "checkout step 2", #"say "hi""#, "a/b", "søk/日本語", "users/17", "17", "GET", "GET 17",
      "get /users/17", "LOGIN /users/17", "localhost:8080/users/17", "mailto:jo@example.com", "?q=1", "#top",
      "://h/17", "1http://h/17", "http:/h/17", "http//h/17", " /users/17", "e\u{301}",
    ])
  func otherNames(value: String) {
    #expect(Array(name(value).utf8) == Array(value.utf8))
    #expect(EndpointName(collapsing: value).host == nil)
  }

  @Test(
    "Templates that people wrote stay, and k6's `${}` loses its dollar",
    arguments: [
      ("/users/{id}", "/users/{id}"), ("/users/:id", "/users/:id"), ("/users/<int:id>", "/users/<int:id>"),
      ("/users/{userId12345678}", "/users/{userId12345678}"), ("/users/${id}", "/users/${id}"),
      ("http://h/users/${}", "/users/{}"), ("http://h/users/${}/posts/${}?page=${}", "/users/{}/posts/{}"),
      ("/range/${}-${}", "/range/{}-{}"), ("/$${}", "/{}"), ("/$${}{}", "/{}{}"), ("/$/{}", "/$/{}"),
    ])
  func templates(value: String, expected: String) { #expect(name(value) == expected) }
}

@Suite("Identifiers in paths")
struct IdentifierTests {
  private func segment(_ segment: String) -> String {
    String(EndpointName(collapsing: "/" + segment).name.dropFirst())
  }

  @Test(
    "Numbers",
    arguments: [
      ("17", "{id}"), ("0", "{id}"), ("20261120", "{id}"), ("123456789012345678901234567890", "{id}"),
      ("users/17/posts/3", "users/{id}/posts/{id}"), ("17.json", "{id}.json"), ("17.tar.gz", "{id}.tar.gz"),
      ("items(17)", "items({id})"), ("items(id=17,version=2)", "items(id={id},version={id})"),
      ("17:cancel", "{id}:cancel"), ("1,2,3", "{id},{id},{id}"), ("cars;id=17", "cars;id={id}"),
      ("order-100234", "order-{id}"), ("blue-shoes-98765", "blue-shoes-{id}"), ("a%2012345", "a%20{id}"),
      ("1763650000_photo.jpg", "{id}_photo.jpg"),
    ])
  func numbers(text: String, expected: String) { #expect(segment(text) == expected) }

  @Test(
    "UUIDs",
    arguments: [
      ("550e8400-e29b-41d4-a716-446655440000", "{uuid}"), ("550E8400-E29B-41D4-A716-446655440000", "{uuid}"),
      ("550e8400e29b41d4a716446655440000", "{uuid}"), ("00000000-0000-0000-0000-000000000000", "{uuid}"),
      ("550e8400-e29b-41d4-a716-446655440000.pdf", "{uuid}.pdf"),
      ("user_550e8400-e29b-41d4-a716-446655440000", "user_{uuid}"),
      ("urn:uuid:550e8400-e29b-41d4-a716-446655440000", "urn:uuid:{uuid}"),
      ("%7B550e8400-e29b-41d4-a716-446655440000%7D", "%7B{uuid}%7D"),
    ])
  func uuids(text: String, expected: String) { #expect(segment(text) == expected) }

  @Test(
    "Hashes",
    arguments: [
      ("3f2a9c81", "{hash}"), ("8e68b54c0d", "{hash}"), ("507f1f77bcf86cd799439011", "{hash}"),
      ("2FD4E1C67A2D28FCED849EE1BB76E7391B93EB12", "{hash}"), ("abcdefabcdefabcdef", "{hash}"),
      ("app.3f2a9c81.js", "app.{hash}.js"), ("index-4f9a2b1c.css", "index-{hash}.css"),
      ("sha256:9f86d081884c7d659a2feaa0c55ad015", "sha256:{uuid}"),
    ])
  func hashes(text: String, expected: String) { #expect(segment(text) == expected) }

  @Test(
    "Tokens",
    arguments: [
      ("01ARZ3NDEKTSV4RRFFQ69G5FAV", "{token}"), ("01arz3ndektsv4rrffq69g5fav", "{token}"),
      ("pi_3MtwBwLkdIwHu7ix28a3tqPa", "pi_{token}"), ("cs_test_a1LqZ8mK3vXw9Yt2Bn7RfD", "cs_test_{token}"),
      ("V1StGXR8_Z5jdHi6B-myT", "{token}"), ("cjld2cjxh0000qzrmn831i7rn", "{token}"),
      ("9m4e2mr0ui3e8a215n4g", "{token}"), ("3f2aZ9kQx7LmP0wRtY5v.json", "{token}.json"),
    ])
  func tokens(text: String, expected: String) { #expect(segment(text) == expected) }

  @Test(
    "Dates",
    arguments: [
      ("2026-11-20", "{date}"), ("2026-11-20T23:17:12Z", "{date}"),
      ("2026-11-20T23%3A17%3A12.5%2B05%3A30", "{date}"),
      ("backup-2026-11-20.tar.gz", "backup-{date}.tar.gz"), ("2026-11-20..2026-11-30", "{date}..{date}"),
      ("2026-11-20-release", "{date}-release"), ("2026-13-20", "2026-13-20"), ("2026-11-32", "2026-11-32"),
    ])
  func dates(text: String, expected: String) { #expect(segment(text) == expected) }

  @Test(
    "E-mail addresses",
    arguments: [
      ("jo.doe+test@mail.example.com", "{email}"), ("jo%40example.com", "{email}"),
      ("user17@example.org", "{email}"),
      ("@scope", "@scope"), ("jo@localhost", "jo@localhost"), ("logo@2x.png", "logo@2x.png"),
      ("react@18.2.0", "react@18.2.0"), ("vue@3.5.13.tgz", "vue@3.5.13.tgz"),
      ("a@b@example.com", "a@b@example.com"),
    ])
  func emails(text: String, expected: String) { #expect(segment(text) == expected) }

  @Test(
    "Words, versions and short numbers behind a word are no identifiers",
    arguments: [
      "internationalization", "oauth2callback", "v1", "v2.1", "2024-roadmap", "mp3", "s3",
      "iphone15promaxtitanium",
      "iphone-15-pro-max-titanium-256gb", "step-2", "top-10", "utf-8", "user-17", "1.2.3", "2.0",
      "jquery-3.6.0.min.js",
      "facade", "face2face", "deadbeef", "feedback", "h264", "base64", "ipv6", "x86_64", "0xff", "b2b",
      "web3",
      "GetUserByIdV2WithDetails", "GetUserByIdV2All", "listObjectsV2Paginated", "Office365MailboxSettings",
      "playstation5digitaledition", "base64EncodeToUtf8", "log4jconfiguration2", "windows11proeducationn",
      "sha256WithRSAEncryption", "samsunggalaxys24ultra512gb", "main.FeatureExplorer", "robots.txt",
      "favicon.ico",
      ".well-known", "..", "~jo", "-1", "the-2026-report-on-internationalization", "日本語2026", "søk17",
    ])
  func noIdentifiers(text: String) { #expect(segment(text) == text) }
}
