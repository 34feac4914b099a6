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
