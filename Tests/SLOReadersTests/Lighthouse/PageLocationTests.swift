import Testing

@testable import SLOReaders

@Suite("One page and another")
struct PageLocationTests {
  @Test(
    "What makes no other page: scheme, user, port, query, www., a slash, a locale in front",
    arguments: [
      ("https://shop.example/account", "https://shop.example/account"),
      ("http://shop.example/account", "https://shop.example/account"),
      ("https://shop.example/account", "https://www.shop.example/account/"),
      ("https://WWW.Shop.example", "https://shop.example/"),
      ("https://u:p@shop.example/account?a=1", "https://shop.example:8443/account?b=2#top"),
      ("https://shop.example/", "https://shop.example/en"),
      ("https://shop.example/", "https://shop.example/pt-BR/"),
      ("https://shop.example/cart", "https://shop.example/us/en/cart"),
      ("https://shop.example/cart", "https://shop.example/zh_Hant_TW/cart"),
      ("https://shop.example/en/cart", "https://shop.example/de/cart"),
      ("https://shop.example/en/cart", "https://shop.example/cart"),
      ("https://shop.example/caf%C3%A9", "https://shop.example/café"),
      ("https://shop.example/cart", "https://shop.example/cart;jsessionid=0A1B"),
      ("https://shop.example/", "https://shop.example/#/home"),
      ("http://[::1]:4173/a", "http://[::1]:8080/a"),
    ])
  func same(asked: String, end: String) {
    #expect(PageLocation(url: asked).isSamePage(as: PageLocation(url: end)))
  }

  @Test(
    "Another path, host or route is another page",
    arguments: [
      ("https://shop.example/account", "https://shop.example/login?next=/account"),
      ("https://shop.example/account", "https://shop.example/"),
      ("https://shop.example/account", "https://login.example/account"),
      ("https://shop.example/account", "https://m.shop.example/account"),
      ("https://shop.example/me", "https://shop.example/"),
      ("https://shop.example/account", "https://shop.example/en/login"),
      ("https://shop.example/cart", "https://shop.example/app/cart"),
      ("https://shop.example/#/account", "https://shop.example/#/login"),
      ("https://shop.example/account", "https://shop.example/Account"),
      ("https://shop.example/", "about:blank"),
    ])
  func other(asked: String, end: String) {
    #expect(!PageLocation(url: asked).isSamePage(as: PageLocation(url: end)))
  }

  @Test("For people it is host and path, without anything secret")
  func description() {
    let url = "https://user:secret@Shop.example:8443/login;jsessionid=1?token=secret#secret"
    #expect(PageLocation(url: url).description == "shop.example/login")
  }
}
