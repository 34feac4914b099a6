import Testing

@testable import SLOModel

@Suite("What should not be kept is found by its name or its form")
struct SecretTextTests {
  @Test(
    "Names of secrets in every spelling",
    arguments: [
      "token", "API_TOKEN", "apiToken", "api-token", "ACCESS_TOKEN_PROD", "dbPassword", "DB_PASSWORD2",
      "passwd",
      "client.secret", "SECRET", "secretKey", "api_key", "API-KEY", "apikey", "privateKey",
      "aws_secret_access_key",
      "credentials", "session_cookie", "bearer", "jwt", "ssh-key", "DB_PASS",
    ])
  func names(key: String) { #expect(SecretText.reason(key: key, value: "x1") != nil) }

  @Test(
    "Forms of secrets under any name",
    arguments: [
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln", "Bearer abcdef0123", "postgres://app:pw@db/shop",
      "https://0123456789abcdef0123@host/", "AKIAIOSFODNN7EXAMPLE", "ghp_16C7e42F292c6912E7",
      "sk_live_4eC39HqL",
      "github_pat_11ABCDEFG", "glpat-abcdefghij", "xoxb-1234-abcdef", "-----BEGIN RSA PRIVATE KEY-----",
      "https://h.example/?a=1&access_token=x9", "Server=db;User=a;Password=x9", "x,ghp_16C7e42F292c6912E7",
    ])
  func forms(value: String) { #expect(SecretText.reason(key: "dsn", value: value) != nil) }

  @Test(
    "Settings are taken",
    arguments: [
      ("WEB_CONCURRENCY", "4"), ("stage", "perf"), ("memory", "1Gi"), ("MAX_TOKENS", "4096"),
      ("TOKEN_TTL", "3600"), ("TOKEN_CACHE", "redis"), ("password_hash_rounds", "12"), ("tokenizer", "bpe"),
      ("image", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
      ("url", "https://shop.example/health"), ("repo", "ssh://git@host/x"), ("jdk", "21.0.2"),
      ("commit", "9f3c1ab04d2e77a1c0b59f3c1ab04d2e77a1c0b5"), ("keyspace", "orders"), ("monkey", "on"),
      ("REQUIRE_TOKEN", "true"), ("mail", "ops@example.org"),
    ])
  func settings(key: String, value: String) { #expect(SecretText.reason(key: key, value: value) == nil) }
}
