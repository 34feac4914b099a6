// Written by slogate budgets export --to k6: change the budgets, not this file.
//   import budgets from './thresholds.js';
//   export const options = { ...budgets.baseline, scenarios: { … } };
// budgets/shop.yaml:6:43: queue_depth has to be a metric of the script, else k6 does not start
// budgets/shop.yaml:11:3: 'with, comma': k6 cannot select it: a value has no comma, nor blanks or quotes at its ends
// budgets/shop.yaml:21:5: the limit is that of the waiver of search http_req_duration.p95 until 2999-12-31: export again then
// budgets/shop.yaml:9:66: search http_req_duration.p95 < 300 ms: k6 has no thresholds that warn
// budgets/shop.yaml:13:43: payment_success has to be a metric of the script, else k6 does not start
// budgets/shop.yaml:19:5: the rule 'vus_max >= 500' holds the run as a whole, of endpoints slogate alone
// budgets/shop.yaml:4:14: repetitions are counted by slogate alone
// budgets/shop.yaml:22:1: regressions against the history are judged by slogate alone
// budgets/shop.yaml:18:5: the rule 'spike.p95 <= 3 * baseline.p95' is left out: k6 compares with numbers alone, blocks, and knows no pages
// budgets/shop.yaml:12:3: 'api/v(1).*': k6 selects by equality alone; name its endpoints with --endpoint
// defaults reach the endpoints that are named; name others with --endpoint
// pages are for --to lighthouse
export default {
  "baseline": {
    "thresholds": {
      "http_req_duration": ["p(95)<400"],
      "http_req_duration{endpoint:a\"b\\c\n{{ evil }} ${x} [[y]]}": ["p(99.9)<35", "p(95)<400"],
      "http_req_duration{endpoint:search}": ["p(95)<800"],
      "http_req_duration{name:login}": ["p(95)<400"],
      "http_req_failed": ["rate<0.01"],
      "http_req_failed{endpoint:a\"b\\c\n{{ evil }} ${x} [[y]]}": ["rate<0.01"],
      "http_req_failed{endpoint:search}": ["rate<0.01"],
      "http_req_failed{name:login}": ["rate<0.01"],
      "http_reqs": ["count>0"],
      "http_reqs{endpoint:a\"b\\c\n{{ evil }} ${x} [[y]]}": ["count>0"],
      "http_reqs{endpoint:search}": ["count>0"],
      "payment_success{name:login}": ["rate>=0.995"],
      "queue_depth": ["value<=5"],
      "queue_depth{endpoint:a\"b\\c\n{{ evil }} ${x} [[y]]}": ["value<=5"],
      "queue_depth{endpoint:search}": ["value<=5"],
      "queue_depth{name:login}": ["value<=5"],
      "vus_max": ["value>=500"]
    },
    "summaryTrendStats": ["avg", "min", "med", "max", "p(90)", "p(95)", "p(99)", "p(99.9)", "count"]
  },
  "spike": {
    "thresholds": {
      "http_req_duration": ["p(95)<600"],
      "http_req_duration{expected_response:true,name:login}": ["p(99)<1000"],
      "http_req_duration{expected_response:true}": ["p(99)<1000"],
      "http_req_duration{name:login}": ["p(95)<600"],
      "http_reqs": ["rate>=150", "count>0"],
      "payment_success{name:login}": ["rate>=0.995"],
      "vus_max": ["value>=500"]
    },
    "summaryTrendStats": ["avg", "min", "med", "max", "p(90)", "p(95)", "p(99)", "count"]
  },
  "*": {
    "thresholds": {
      "payment_success{name:login}": ["rate>=0.995"],
      "vus_max": ["value>=500"]
    },
    "summaryTrendStats": ["avg", "min", "med", "max", "p(90)", "p(95)", "p(99)", "count"]
  }
};
