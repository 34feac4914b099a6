import Foundation
import SLOModel

@testable import SLOBudgets

/// Every part of the language, and names that formats have to escape.
let exportedBudget = #"""
  version: 1
  service: shop
  owner: platform {{ .Team }}
  repetitions: 3
  defaults:
    baseline: { p95: 400ms, error_rate: 1%, queue_depth.value: "<= 5" }
    spike: { p95: 600ms, throughput: ">= 150/s", "http_req_duration{expected_response:true}.p99": 1s }
  endpoints:
    search: { owner: search-team, baseline: { p95: { block: 500ms, warn: 300ms } } }
    "a\"b\\c\n{{ evil }} ${x} [[y]]": { baseline: { p99.9: 35ms } }
    "with, comma": { baseline: { p95: 1s } }
    "api/v(1).*": { baseline: { error_rate: 3% } }
    login: { match: { name: login }, "*": { payment_success.rate: ">= 99.5%" } }
  pages:
    "/": { performance: ">= 0.90", lcp: 2.5s, cls: "< 0.1", resource.script.size: 300KB, mobile: { lcp: 4s } }
    "/search*": { resource.total.count: 80 }
  rules:
    - spike.p95 <= 3 * baseline.p95
    - vus_max >= 500
  waivers:
    - { endpoint: search, metric: p95, max: 800ms, until: 2999-12-31, owner: ops, reason: "SRE-812 }}" }
  regression: { block: true }
  """#

/// What an export of a budget is.
func exported(
  _ target: ExportTarget, _ text: String = exportedBudget, _ change: (inout ExportOptions) -> Void = { _ in }
) throws -> BudgetExport {
  var options = ExportOptions(now: Timestamp(milliseconds: 1_780_000_000_000))
  change(&options)
  return exportBudgets(try Budgets.parse(text, file: "budgets/shop.yaml"), to: target, options)
}

extension BudgetExport {
  /// The main file as JSON.
  func json() throws -> Any { try JSONSerialization.jsonObject(with: Data((files.first?.text ?? "").utf8)) }
}
