// What both profiles request: one entry an endpoint. Its name is the tag that budgets and history know it by.
import http from 'k6/http';
import { check } from 'k6';

const base = (__ENV.PERF_BASE_URL || '{{url}}').replace(/\/+$/, '');

const endpoints = {
  home: '/',
  // search: '/search?q=performance',
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
};

/** Requests every endpoint once. */
export function visit() {
  for (const [name, path] of Object.entries(endpoints)) {
    const reply = http.get(base + path, { tags: { endpoint: name, name }, timeout: '30s' });
    check(reply, { 'status is 2xx': ({ status }) => status >= 200 && status < 300 }, { endpoint: name });
  }
}
