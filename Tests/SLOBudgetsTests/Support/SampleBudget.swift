/// A budget that uses every part of the language.
let sampleBudget = """
  # yaml-language-server: $schema=./slogate.schema.json
  version: 1
  service: gateway
  owner: payments-team

  environments:
    perf:    { stage: sin-perf, rds_class: db.t4g.large, rds_storage: 100GB, lambda_memory: 1024MB, cloudfront: true }
    staging: { stage: staging,  rds_class: db.t4g.micro, lambda_memory: 512MB,  cloudfront: no }

  repetitions: 3

  defaults:
    baseline: { p95: 400ms, p99: 900ms,  error_rate: 1% }
    spike:    { p95: 500ms, p99: 1200ms, error_rate: 2%, throughput: ">= 230/s" }

  endpoints:
    search.findPrograms:
      match: { endpoint: search }
      owner: search-team
      baseline: { p95: 500ms, p99: 1s }
      spike:    { p95: { block: 800ms, warn: 600ms }, p99: 1500ms }
    payment.createSubscription:
      "*": { p95: 3s, p99: 5s, payment_success.rate: ">= 99.5%" }

  pages:
    "/":        { performance: ">= 0.90", largest-contentful-paint: 2.5s, cumulative-layout-shift: 0.1, resource.script.size: 300KB }
    "/search*": { performance: ">= 0.85", mobile: { performance: ">= 0.70" } }

  regression:
    block: true
    false_discovery_rate: 5%
    min_change: { relative: 5%, absolute: { time: 5ms, ratio: 0.2%, size: 1KB } }
    window: 30
    min_history: 5
    creep: { anchor: v1.4.0, max: 10% }

  waivers:
    - endpoint: auth.login
      metric: p95
      profile: spike
      max: 1.2s
      until: 2026-12-31
      owner: ops
      reason: SRE-812 token cache rollout
  """
