"""Thresholds, by the real k6 against a server on this machine: they cross where slogate blocks, and only there."""
import http.server
import json
import threading
import time
import unittest

from exports import BUDGETS, SLOGATE, Exports

SCRIPT = """
import http from 'k6/http';
import { Trend, Rate } from 'k6/metrics';
import budgets from './thresholds.js';

export const options = { ...budgets.baseline, vus: 4, iterations: 64 };
const paid = new Trend('paid_items');
const settled = new Rate('settled');
const names = JSON.parse(open('./names.json'));

export default function () {
  for (const [endpoint, path] of names) http.get(__ENV.BASE + path, { tags: { endpoint } });
  paid.add(3);
  settled.add(true);
}
"""
ODD = "a\"b\\c\n{{ x }} ${y} [[z]] {id}"
NAMES = [["quick", "/quick"], ["slow", "/slow"], ["failing", "/failing"], [ODD, "/quick"]]
KEPT = "p95: 20s, error_rate: '<= 100%'"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(0.08 if self.path == "/slow" else 0)
        self.send_response(500 if self.path == "/failing" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class K6(Exports):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=cls.server.serve_forever, args=(0.01,), daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def verdicts(self, budget, *arguments):
        """The exit codes of k6 under the exported thresholds and of slogate, of one and the same load."""
        (self.folder / "b.yaml").write_text(budget)
        folder = self.export("k6", self.folder / "b.yaml", *arguments, output="k6")
        (folder / "script.js").write_text(SCRIPT)
        (folder / "names.json").write_text(json.dumps(NAMES))
        samples = self.folder / "samples.json"
        k6 = self.run_tool("k6", "run", "--quiet", "--out", f"json={samples}", "--env",
                           f"BASE=http://127.0.0.1:{self.server.server_port}", folder / "script.js", code=None)
        slogate = self.run_tool(SLOGATE, "check", "--baseline", samples, "--budgets", self.folder / "b.yaml", "--no-record",
                                code=None)
        return k6.returncode, slogate.returncode, k6.stderr + slogate.stdout + slogate.stderr

    def test_k6_and_slogate_come_to_one_verdict(self):
        odd = json.dumps(ODD)
        cases = {
            "everything is kept": (f"defaults: {{ baseline: {{ {KEPT}, throughput: '> 1/s', paid_items.med: '<= 3' }} }}", 0, 0),
            "a percentile of an endpoint": (f"endpoints: {{ slow: {{ baseline: {{ p95: 80ms, error_rate: 1% }} }} }}", 99, 1),
            "an odd name that keeps its limits": (f"endpoints: {{ {odd}: {{ baseline: {{ {KEPT} }} }} }}", 0, 0),
            "an odd name that does not": (f"endpoints: {{ {odd}: {{ baseline: {{ min: 1us }} }} }}", 99, 1),
            "the error rate": ("endpoints: { failing: { baseline: { error_rate: 50% } } }", 99, 1),
            "a default that reaches an endpoint": (
                "defaults: { baseline: { med: 70ms } }\nendpoints: { slow: { baseline: { error_rate: 1% } } }", 99, 1),
            "a limit of its own before the default": (
                "defaults: { baseline: { med: 70ms } }\nendpoints: { slow: { '*': { med: 20s } } }", 0, 0),
            "a waiver": (
                "endpoints: { slow: { baseline: { med: 70ms } } }\nwaivers: [{ endpoint: slow, metric: med, max: 20s, "
                "until: 2999-01-01, owner: ops, reason: known }]", 0, 0),
            "too small a throughput": ("defaults: { baseline: { throughput: '>= 1000000/s' } }", 99, 1),
            "a custom metric": ("defaults: { baseline: { paid_items.avg: '< 3', settled.rate: '>= 50%' } }", 99, 1),
            "a rule": ("defaults: { baseline: { p95: 20s } }\nrules: [vus_max >= 500]", 99, 1),
            "an endpoint that nobody requests": ("endpoints: { gone: { baseline: { p95: 20s } } }", 99, 3),
        }
        for name, (budget, k6, slogate) in cases.items():
            with self.subTest(name):
                found = self.verdicts("version: 1\n" + budget)
                self.assertEqual(found[:2], (k6, slogate), found[2])

    def test_a_glob_is_for_the_endpoints_that_are_named(self):
        budget = "endpoints: { 's*': { baseline: { med: 70ms } } }"
        self.assertEqual(self.verdicts(budget, "--endpoint", "slow")[:2], (99, 1))

    def test_k6_accepts_every_threshold_but_those_on_metrics_it_does_not_have(self):
        for name, budgets in BUDGETS.items():
            folder = self.export("k6", budgets)
            for profile, options in json.loads((folder / "thresholds.json").read_text()).items():
                if all(selector.startswith(("http_", "vus", "checks")) for selector in options["thresholds"]):
                    with self.subTest(f"{name} {profile}"):
                        (folder / "script.js").write_text(
                            f"import budgets from './thresholds.js';\nexport const options = budgets[{json.dumps(profile)}];\n"
                            "export default function () {}\n")
                        found = json.loads(self.run_tool("k6", "inspect", folder / "script.js").stdout)
                        self.assertEqual(set(found["thresholds"]), set(options["thresholds"]))
                        self.run_tool("k6", "run", "--quiet", folder / "script.js", code=99)

    def test_the_module_is_the_json(self):
        for name, budgets in BUDGETS.items():
            with self.subTest(name):
                folder = self.export("k6", budgets)
                (folder / "thresholds.js").rename(folder / "thresholds.mjs")
                (folder / "print.mjs").write_text(
                    "import budgets from './thresholds.mjs';\nprocess.stdout.write(JSON.stringify(budgets));\n")
                self.assertEqual(json.loads(self.run_tool("node", folder / "print.mjs").stdout),
                                 json.loads((folder / "thresholds.json").read_text()))
